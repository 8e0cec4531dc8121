"""The text-only path: an article from the bare text of a page, as a naive scraper leaves it.

Headline, standfirst, byline, source, picture and date stand above the story, one a paragraph. The
head ends with the last line that can be nothing but such a line; a long paragraph or a dateline
ends the search.
"""

from __future__ import annotations

import re
from datetime import datetime

from newscrawl.clean.article import HEAD, clean
from newscrawl.clean.bylines import byline_of, clean_authors
from newscrawl.clean.captions import is_file_name, split_caption
from newscrawl.clean.datelines import find_dateline
from newscrawl.clean.furniture import Zone, shape_reason
from newscrawl.clean.removals import BREAK, Cutter
from newscrawl.clean.sources import known_source
from newscrawl.items import Article, Dated, Image
from newscrawl.site import Site

LONGEST_HEADLINE = 220  # characters
_LONGEST_HEAD_LINE = 400
_SENTENCE_END = re.compile(r"[.!?。！？။។।]['\"”’»)]*$")
_DAY = re.compile(
    r"\W*(?:[^\W\d_]{3,12},?\s+)?(?:[^\W\d_]{3,12}\.?\s+[0-9]{1,2},?\s+[0-9]{4}"
    r"|[0-9]{1,2}\s+[^\W\d_]{3,12}\.?,?\s+[0-9]{4}"
    r"|[0-9]{1,4}[./-][0-9]{1,2}[./-][0-9]{1,4}|[0-9]{4}\s?[年년]\s?[0-9]{1,2}\s?[月월]\s?[0-9]"
    r"{1,2}\s?[日일])"
    r"(?:[\s,|@-]+(?:at\s+)?[0-9]{1,2}[:.][0-9]{2}.{0,12})?\W*"
)


_PARTICLES = frozenset(
    {"al", "bin", "binti", "da", "de", "del", "der", "di", "dos", "la", "van", "von"}
)
# what stands beside a date is not the story: "INQUIRER.net / 08:20 PM December 04, 2023"
_DAY_AND_TIME = re.compile(
    r"(?=.*\b[0-9]{1,2}[:.][0-9]{2})(?:.*\b(?:19|20)[0-9]{2}[./-][0-9]{1,2}[./-][0-9]{1,2}\b"
    r"|.*\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?\s[0-9]{1,2},?\s"
    r"(?:19|20)[0-9]{2}\b"
    r"|.*\b[0-9]{1,2}\s(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?,?\s"
    r"(?:19|20)[0-9]{2}\b)",
    re.IGNORECASE,
)
_GAPS = re.compile(r"\n[^\S\n]*\n\s*")
_UPDATED = re.compile(r"\b(?:last\s+)?(?:updated|modified)\b", re.IGNORECASE)
# no words of a person's name, but of a paper's
_OF_PAPERS = frozenset(
    {"the", "agency", "daily", "gazette", "herald", "mirror", "news", "online", "post", "press"}
    | {"times", "today", "tribune", "weekly"}
)
_BELOW_SOURCE = frozenset({"file_name", "caption", "date"})


def from_text(
    text: str, site: Site | None = None, *, url: str = "", fetched_at: datetime | None = None
) -> Article:
    """A clean article from bare text; what moved to fields or was dropped is in ``removed``.

    ``restore(article.body, article.removed)`` is the whole text again, with paragraphs parted by
    one blank line. Text without blank lines is read with one paragraph a line. ``fetched_at``
    (aware) is what relative and yearless dates are read against.
    """
    article = Article(
        url=url, site=site.name if site else "", country=site.country if site else None
    )
    cutter = _repaired(article, text.replace("\r\n", "\n").replace("\r", "\n"))
    article.fetched_at = fetched_at
    _read_head(article, cutter, site, fetched_at)
    article.body, article.removed = cutter.body, cutter.removed
    article = clean(article, site)
    _detect_language(article, site)
    return article


def _repaired(article: Article, text: str) -> Cutter:
    """The paragraphs, those of broken encodings put right."""
    from newscrawl.extract import repair_paragraphs  # it imports this package in its turn

    found = repair_paragraphs(_GAPS.split(text) if _GAPS.search(text.strip()) else text.split("\n"))
    for kind in found.kinds:
        article.flag(f"repaired_{kind}")
    return Cutter(BREAK.join(found.paragraphs), found.originals)


def _read_head(
    article: Article, cutter: Cutter, site: Site | None, fetched_at: datetime | None
) -> None:
    lines = cutter.paragraphs[: HEAD + 5]
    kinds = [_kind(line, lines[:at], site) for at, line in enumerate(lines)]
    for at in range(1, len(lines) - 1):
        # who wrote it, printed as text and as a link
        line = lines[at]
        doubled = line == lines[at + 1] and len(line) <= 60 and not _SENTENCE_END.search(line)
        if doubled and kinds[at] is None:
            kinds[at] = kinds[at + 1] = "byline"
    for at, line in enumerate(lines):
        if at and (len(line) > _LONGEST_HEAD_LINE or find_dateline(line)):
            del lines[at:], kinds[at:]
            break
    if lines and len(lines) == len(cutter.paragraphs):
        del lines[-1], kinds[-1]  # the story itself
    ends = (at for at in range(1, len(lines) - 1) if _both_text(lines, kinds, at))
    end = next(ends, len(lines))
    last = max((at for at, kind in enumerate(kinds[:end]) if kind and at), default=0)
    if not lines or not (last or _like_title(lines[0], cutter.paragraphs)):
        return
    moved: list[str | None] = ["title", *kinds[1 : last + 1]]
    for at in range(1, last + 1):
        if moved[at] is None:
            after_file = moved[at - 1] == "file_name"
            follows = kinds[at + 1] if at < last else None
            above = moved[at - 1] in {"byline", "source"}
            if above and len(lines[at]) <= 48 and follows in _BELOW_SOURCE:
                moved[at] = "source"  # a paper that no list knows, between reporter and picture
            elif after_file or (follows == "date" and at > 1):
                moved[at] = "caption"
            elif at == 1 or (at == 2 and moved[1] not in {"standfirst", None}):
                moved[at] = "standfirst"
    # a caption without its file name looks like a standfirst only below one
    _fill(article, lines, moved, site, fetched_at)
    for at in reversed(range(len(moved))):
        if (reason := moved[at]) is not None:
            cutter.drop(at, reason)


def _both_text(lines: list[str], kinds: list[str | None], at: int) -> bool:
    """Two sentences that nothing parts: the story has begun. A standfirst stands alone."""
    return all(kinds[n] is None and bool(_SENTENCE_END.search(lines[n])) for n in (at, at + 1))


def _kind(line: str, above: list[str], site: Site | None) -> str | None:
    """What a head line is, if it can be nothing else: byline, source, file_name, date, ..."""
    if is_file_name(line, head=True):
        return "file_name"
    if above and is_file_name(above[-1], head=True) and not _DAY.fullmatch(line):
        return "caption"
    if len(line) > 120:
        return None
    if _DAY.fullmatch(line):
        return "date"
    if above and _DAY_AND_TIME.search(line) and not _SENTENCE_END.search(line):
        return "date"
    if reason := shape_reason(line, Zone.HEAD):
        return reason
    if known_source(line, site.country if site else None) and above:
        return "source"
    if byline_of(line, site) or (above and _like_name(line, site)):
        return "byline"
    if above and clean_authors([line], site).desks == (line,):
        return "byline"
    if above and len(line) <= 60 and "/" in line and not _SENTENCE_END.search(line):
        named = clean_authors([line], site)  # "Sok Dara / Khmer Times"
        if named.people and (named.agencies or site is not None):
            return "byline"
    return None


def _like_name(line: str, site: Site | None) -> bool:
    """A short line of capitalised words that reads as a person: "Vann Sak"."""
    words = line.split()
    if not 2 <= len(words) <= 5 or len(line) > 48 or _SENTENCE_END.search(line):
        return False
    if not all(word[0].isupper() or word in _PARTICLES for word in words if word.isalpha()):
        return False
    if not words[0][0].isupper() or any(ch.isdigit() for ch in line):
        return False
    if not _OF_PAPERS.isdisjoint(word.casefold() for word in words):
        return False
    return clean_authors([line], site).people == (line,)


def _like_title(line: str, paragraphs: list[str]) -> bool:
    return (
        len(paragraphs) > 1
        and len(line) <= LONGEST_HEADLINE
        and len(line) < max(len(p) for p in paragraphs[1:])
        and (not _SENTENCE_END.search(line) or line[-1] in "?!？！")
        and find_dateline(line) is None
    )


def _fill(
    article: Article,
    lines: list[str],
    moved: list[str | None],
    site: Site | None,
    fetched_at: datetime | None,
) -> None:
    bylines: list[str] = []
    files: list[str] = []
    captions: list[str] = []
    sources: list[str] = []
    for line, kind in zip(lines, moved, strict=False):
        if kind == "title":
            article.title = line
        elif kind == "standfirst":
            article.standfirst = line
        elif kind == "byline":
            bylines.append(line)
        elif kind == "source":
            sources.append(line)
        elif kind == "file_name":
            files.append(line)
        elif kind == "caption":
            captions.append(line)
        elif kind == "date":
            if article.published_raw is None:
                article.set_published(_dated(line, site, article.url, fetched_at))
            # "Amin Ahmed Published December 4, 2023"
            bylines += (x for x in clean_authors([line], site).people if _like_name(x, site))
    named = clean_authors(bylines, site)
    article.authors = list(named.people)
    article.byline_raw = named.raw
    # of an agency's name in the byline and a paper below it, the paper is whose story it is
    agencies = [name for name in sources if _is_agency(name, site)]
    papers = [name for name in sources if name not in agencies]
    article.source_name = next(iter([*papers, *agencies, *named.agencies]), None)
    if papers and agencies:
        article.byline_raw = article.byline_raw or agencies[0]
    for at in range(max(len(files), len(captions))):
        caption, credit = split_caption(captions[at]) if at < len(captions) else (None, None)
        article.images.append(Image(files[at] if at < len(files) else "", caption, credit))


def _is_agency(name: str, site: Site | None) -> bool:
    known = known_source(name, site.country if site else None)
    return known is not None and known.kind == "agency"


def _dated(line: str, site: Site | None, url: str, fetched_at: datetime | None) -> Dated | None:
    from newscrawl.extract import date_context, resolve_date  # it imports this package in its turn

    published = _UPDATED.split(line)[0].strip() or line.strip()
    return resolve_date(published, date_context(site, url, (), fetched_at))


def _detect_language(article: Article, site: Site | None) -> None:
    from newscrawl.extract import detect_language

    text = article.body or article.title
    if text:
        found = detect_language(text, prior=site.languages if site else ())
        article.language, article.language_score = found.tag, found.score
        article.script = found.script
