"""Everything on a page that says when it was published or changed.

Declared values (JSON-LD, meta, microdata) come in as plain pairs; the visible dates are read from
the page's arrays around its headline; the URL, the feed and the sitemap add theirs. Nothing is
decided here: `newscrawl.extract.dates.dossier` weighs the evidence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal
from urllib.parse import unquote, urlsplit

from newscrawl.extract.dates.fields import Declared, Kind
from newscrawl.extract.dates.parse import DateContext, ParsedDate, parse_date, same_day
from newscrawl.extract.dom import Document
from newscrawl.extract.roles import Role
from newscrawl.extract.survey import Survey, survey
from newscrawl.items import Candidate, Precision, Via

Source = Literal["jsonld", "meta", "time", "feed", "sitemap", "url", "text"]


@dataclass(frozen=True, slots=True)
class DateEvidence:
    """One statement about when the article was published or changed.

    ``weight`` orders statements (higher is better), ``name`` says which field or place it is from.
    ``parsed`` is the date if it was read already.
    """

    kind: Kind
    source: Source
    raw: str
    weight: float
    name: str = ""
    parsed: ParsedDate | None = None


def collect_dates(
    document: Document,
    declared: Iterable[Declared],
    context: DateContext,
    *,
    url: str = "",
    candidate: Candidate | None = None,
    seen: Survey | None = None,
    headline: int | None = None,
) -> list[DateEvidence]:
    """All evidence of a page, in no order.

    ``headline`` is the index of the element that holds the title if it is known, ``seen`` the
    page's survey if it was made already.
    """
    found = [
        DateEvidence(d.kind, d.source, d.raw, d.weight, d.name) for d in declared if d.raw.strip()
    ]
    found += _hints(candidate)
    if (day := url_day(url or document.url)) is not None:
        raw, parsed = day
        found.append(DateEvidence("published", "url", raw, 50, "url", parsed))
    sure = any(e.kind == "published" and e.source in {"jsonld", "meta"} for e in found)
    found += _visible(document, seen or survey(document), context, headline, sure)
    return found


def _hints(candidate: Candidate | None) -> list[DateEvidence]:
    if candidate is None:
        return []
    source: Source = "feed" if candidate.via in {Via.FEED, Via.API} else "sitemap"
    weight = 78 if candidate.via in {Via.FEED, Via.API, Via.NEWS_SITEMAP} else 40
    if candidate.via is Via.SECTION:
        source, weight = "text", 45
    found = []
    if candidate.published_raw:
        found.append(
            DateEvidence("published", source, candidate.published_raw, weight, str(candidate.via))
        )
    if candidate.modified_raw:
        found.append(
            DateEvidence(
                "modified", source, candidate.modified_raw, weight - 10, str(candidate.via)
            )
        )
    return found


_MM, _DD = "(?P<m>0[1-9]|1[0-2])", "(?P<d>0[1-9]|[12][0-9]|3[01])"
_URL_DAYS = (
    # 20221115, 202211151019, 20221115101930; 2022/1115; 202211/15
    re.compile(
        rf"(?<![0-9])(?P<y>(?:19|20)[0-9]{{2}}){_MM}{_DD}(?:[0-9]{{4}}|[0-9]{{6}})?(?![0-9])"
    ),
    re.compile(rf"(?<![0-9])(?P<y>20[0-9]{{2}})/?{_MM}/?{_DD}(?![0-9])"),
    re.compile(
        r"(?<![0-9])(?P<y>(?:19|20)[0-9]{2})(?P<s>[/_.-])(?P<m>0?[1-9]|1[0-2])(?P=s)"
        r"(?P<d>0?[1-9]|[12][0-9]|3[01])(?![0-9])"
    ),
    re.compile(
        r"(?<![0-9a-z])(?P<y>20[0-9]{2})/(?P<m>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
        r"[a-z]*/(?P<d>[0-9]{1,2})(?![0-9])"
    ),
    re.compile(r"(?<![0-9])(?P<d>[0-3]?[0-9])[-/](?P<m>[01]?[0-9])[-/](?P<y>20[0-9]{2})(?![0-9])"),
    re.compile(
        r"(?<![0-9])(?P<d>[0-3]?[0-9])-(?P<m>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
        r"[a-z]*-(?P<y>20[0-9]{2})(?![0-9])"
    ),
)
_SHORT_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def url_day(url: str) -> tuple[str, ParsedDate] | None:
    """The day that a URL's path holds, as written there, and read: always the site's local day."""
    try:
        path = unquote(urlsplit(url).path).lower()
    except ValueError:
        return None
    for pattern in _URL_DAYS:
        for found in pattern.finditer(path):
            month = found["m"]
            number = _SHORT_MONTHS.index(month[:3]) + 1 if month[0].isalpha() else int(month)
            day = same_day(int(found["y"]), number, int(found["d"]))
            if day is not None and day.year >= 1995:
                parsed = parse_date(day.isoformat(), DateContext())
                if parsed is not None:
                    return found[0].strip("/"), parsed
    return None


# What the class and id words of an element say about a date in it.
_DATE_WORDS = re.compile(
    r"date|time(?!line)|publi|posted|pubd|pub-|pubt|stamp|datum|fecha|tanggal|ngay|entry-meta|post-meta|"
    r"article-meta|story-meta|news-meta|meta-info|art-info|newsinfo|news-info|article-info|byline|dateline|published|created|"
    r"info|source|clock|hora|zeit|day\b"
)
_MODIFIED_WORDS = re.compile(r"modif|updat|lastmod|edited|revis|aktualisi")
_PUBLISHED_WORDS = re.compile(r"publish|entry-date|posted|created", re.IGNORECASE)
_BAD_WORDS = re.compile(
    r"comment|related|recommend|popular|most-?read|trending|latest|weather|copyright|ticker|breaking|event|"
    r"current-?(?:date|time)|today|todaysdate|sidebar|widget|footer|ad-|promo|teaser|more-|header-date|"
    r"top-?bar|site-?header|masthead|duration|reading|read-?time|video|expire|(?<!up)countdown|live-?blog"
)
_SAYS_MODIFIED = re.compile(
    r"updat|modif|aktualisi|actualiz|actualis|mis à jour|aggiornat|diperbarui|dikemas|cập nhật|"
    r"อัปเดต|อัพเดต|แก้ไข|수정|更新|修改|編集|अद्यतन|अपडेट|ताजा|আপডেট|হালনাগাদ|изменен|обновл|zaktualiz|aktualiz|güncel|atualiz|"
    r"edited|revised|geändert|opdateret|oppdatert|uppdaterad|laatst bij|ပြင်ဆင်|ធ្វើ​បច្ចុប្បន្នភាព",
    re.IGNORECASE,
)
_SAYS_PUBLISHED = re.compile(
    r"publi|posted|pubdate|veröffentlich|erstellt|erschienen|first|created|(?<!up)date(?!n)|dipublikasi|terbit|đăng|"
    r"เผยแพร่|โพสต์|입력|등록|승인|作成|公開|配信|掲載|发布|發布|发表|時間|时间|प्रकाशित|প্রকাশ|опубликован|dodan|opublik|yayın|"
    r"written|stand:|vom|artikel wurde am|pubbl|fecha|mise en ligne|geplaatst|ထုတ်ဝေ|ចុះផ្សាយ|ផ្សាយ|පළ|வெளியிட|شائع|نشر|تاريخ|اشاعت",
    re.IGNORECASE,
)
_HAS_NUMBER = re.compile(r"\d")
_NOT_HERE = int(Role.ASIDE | Role.TEASER | Role.BIO | Role.BRAND)
_CAPTION = int(Role.CAPTION)
_COMMENTED = re.compile(r"©|copyright|\(c\)|all rights", re.IGNORECASE)
_MAX_TEXT = 160


@lru_cache(maxsize=8192)
def _class_says(words: str) -> tuple[bool, bool, bool]:
    """(about a date, about a change, not about this article)."""
    words = words.lower()
    return (
        bool(_DATE_WORDS.search(words)),
        bool(_MODIFIED_WORDS.search(words)),
        bool(_BAD_WORDS.search(words)),
    )


def _visible(
    document: Document, seen: Survey, context: DateContext, headline: int | None, sure: bool
) -> list[DateEvidence]:
    if not document.tags:
        return []
    if headline is None:
        headline = main_heading(document, seen)
    found: list[DateEvidence] = []
    done: set[int] = set()
    for i in seen.times:
        done.add(i)
        if len(done) > (12 if sure else 40):
            continue
        found += _of_time(document, seen, i, headline, context)
    found += _of_texts(document, seen, headline, context, done, 14 if sure else 40)
    if not any(e.weight >= 30 for e in found) and not sure:
        found += _far(document, seen, context, done, headline)
    return found


_IN_SCRIPT = re.compile(
    r"(?:datePublished|publishedAt|published_at|publishDate|publish_date|publishedDate|published_date|"
    r"firstPublished|createdAt|dateCreated)(?:\\*\"|&quot;)\s*:\s*(?:\\*\"|&quot;)([^\"\\&]{8,40})"
)


def _far(
    document: Document, seen: Survey, context: DateContext, done: set[int], headline: int
) -> list[DateEvidence]:
    """Where nothing stands near the headline: dates with a label or a class of their own anywhere,
    and the first one that a script's data calls the publication."""
    found: list[DateEvidence] = []
    looked = 0
    near = document.text_end[headline] if headline >= 0 else 0
    for at, piece in enumerate(document.texts):
        if len(piece) > 2000:
            continue
        i = document.text_owner[at]
        tag = document.tags[i]
        if not _HAS_NUMBER.search(piece) or tag in _NO_DATES or (i in done and tag != "time"):
            continue
        text = " ".join(piece.split())
        if not 6 <= len(text) <= _MAX_TEXT:
            continue
        words = _words_above(document, i)
        dated, _, bad = _class_says(words)
        labelled = _SAYS_PUBLISHED.search(text) is not None
        bare = len(text) <= 20 and abs(at - near) < 60
        if not ((dated or labelled) and len(text) <= 90 or bare) or _COMMENTED.search(text):
            continue
        looked += 1
        if looked > 40:
            break
        parsed = parse_date(text, context)
        if parsed is None or parsed.vague:
            continue
        weight = 12 + 4 * labelled + 4 * dated - 4 * (len(text) > 60) - 5 * bad - 0.01 * at
        if seen.zone[i] & _NOT_HERE:
            weight -= 6
        kind = _kind(document, i, words, text)
        found.append(DateEvidence(kind, "text", text, weight, "far", parsed))
    for i in seen.scripts:
        for piece in document.texts[document.text_start[i] : document.text_end[i]]:
            if "ublish" not in piece and "createdAt" not in piece:
                continue
            for match in _IN_SCRIPT.finditer(piece):
                parsed = parse_date(match[1], context)
                if parsed is not None:
                    found.append(DateEvidence("published", "text", match[1], 20, "script", parsed))
                    return found
    return found


def main_heading(document: Document, seen: Survey) -> int:
    """The index of the heading that is likeliest the article's title; -1 if there is none."""
    title = document.text(seen.title) if seen.title >= 0 else ""
    best, best_score = -1, 0.0
    for i in seen.headings[:60]:
        if document.tags[i] == "h3":
            continue
        text = document.text(i)
        if len(text) < 4:
            continue
        score = 2.0 if document.tags[i] == "h1" else 0.0
        if text and (text in title or (len(title) > 15 and title in text)):
            score += 3 + min(len(text), 60) / 60
        if seen.zone[i] & _NOT_HERE:
            score -= 2
        if score > best_score:
            best, best_score = i, score
    return best


def _kind(document: Document, i: int, words: str, text: str) -> Kind:
    """Whether the words around a date say that it is the day of a change.

    The words before the date count, those of the pieces of text before it where they hold no date
    themselves, then those behind it (``更新`` stands there), then the class words.
    """
    first = next((n for n, c in enumerate(text) if c.isdigit()), len(text))
    before = text[:first]
    at = document.text_start[i] - 1
    while at >= 0 and len(before) < 30 and not _HAS_NUMBER.search(document.texts[at]):
        before = document.texts[at][-40:] + before
        at -= 1
        if len(before.strip()) > 3:
            break
    last = next((n for n in range(len(text), 0, -1) if text[n - 1].isdigit()), 0)
    for label in (before, text[last:][:12]):
        changed = [m.start() for m in _SAYS_MODIFIED.finditer(label)]
        published = [m.start() for m in _SAYS_PUBLISHED.finditer(label)]
        if changed and (not published or label is not before or published[-1] < changed[-1]):
            return "modified"
        if published:
            return "published"
    _, changed_words, _ = _class_says(words)
    return "modified" if changed_words and not _PUBLISHED_WORDS.search(words) else "published"


def _words_above(document: Document, i: int) -> str:
    words = []
    for _ in range(3):
        if i < 0:
            break
        attrs = document.attrs[i]
        if attrs:
            words.append(f"{attrs.get('class') or ''} {attrs.get('id') or ''}")
        i = document.parent[i]
    return " ".join(words)


def _place(document: Document, seen: Survey, i: int, headline: int) -> float:
    """How good the place of an element is, 0 to 30: near and behind the headline is best."""
    if headline < 0:
        return 8.0 if document.text_start[i] < 150 else 2.0
    gap = document.text_start[i] - document.text_end[headline]
    if document.text_start[headline] <= document.text_start[i] < document.text_end[headline]:
        gap = 0
    if gap >= 0:
        return max(0.0, 30.0 - gap * 0.4)
    return max(0.0, 24.0 + gap * 0.5)


def _of_time(
    document: Document, seen: Survey, i: int, headline: int, context: DateContext
) -> list[DateEvidence]:
    attrs = document.attrs[i]
    text = document.text(i)
    stamp = (attrs.get("datetime") or attrs.get("content") or attrs.get("title") or "").strip()
    words = _words_above(document, i)
    _, _, bad = _class_says(words)
    weight = 34 + _place(document, seen, i, headline)
    if seen.zone[i] & _NOT_HERE:
        weight -= 30
    if bad:
        weight -= 14
    if document.tags[document.parent[i]] == "a" or _inside(document, i, "a"):
        weight -= 8
    if _inside(document, i, "blockquote"):  # an embedded post has its own date
        weight -= 24
    if "pubdate" in attrs or (attrs.get("itemprop") or "").lower() == "datepublished":
        weight += 12
    if weight < 12:
        return []
    kind = _kind(document, i, words, text)
    if (attrs.get("itemprop") or "").lower() == "datemodified":
        kind = "modified"
    found = []
    parsed = parse_date(stamp, context) if stamp else None
    if parsed is not None:
        found.append(DateEvidence(kind, "time", stamp, weight, "time[datetime]", parsed))
    if text and text != stamp and _HAS_NUMBER.search(text):
        shown = parse_date(text, context)
        if shown is not None:
            # A full date that readers see is right where its own attribute tells another day.
            odd = parsed is not None and not shown.vague and _days_apart(parsed, shown) > 1
            found.append(
                DateEvidence(kind, "text", text, weight + (4 if odd else -4), "time", shown)
            )
    return found


def _days_apart(one: ParsedDate, other: ParsedDate) -> int:
    return abs((one.local.date() - other.local.date()).days)


def _inside(document: Document, i: int, tag: str) -> bool:
    for _ in range(4):
        i = document.parent[i]
        if i < 0:
            return False
        if document.tags[i] == tag:
            return True
    return False


def _of_texts(
    document: Document,
    seen: Survey,
    headline: int,
    context: DateContext,
    done: set[int],
    most: int,
) -> list[DateEvidence]:
    """Dates in the text around the headline, in up to ``most`` elements."""
    texts, owners = document.texts, document.text_owner
    if headline >= 0:
        first = max(0, document.text_start[headline] - 2 * most)
        last = min(len(texts), document.text_end[headline] + 3 * most)
    else:
        first, last = 0, min(len(texts), 240)
    found: list[DateEvidence] = []
    looked = 0
    for at in range(first, last):
        piece = texts[at]
        if not _HAS_NUMBER.search(piece):
            continue
        i = owners[at]
        tag = document.tags[i]
        if tag in _NO_DATES or i in done or tag == "time" or seen.zone[i] & _CAPTION:
            continue
        if seen.zone[i] & _NOT_HERE and not _near(document, i, headline):
            continue
        entry = _of_element(document, seen, i, piece, headline, context, done)
        if entry is not None:
            found.append(entry)
        looked += 1
        if looked > most:
            break
    return found


_NO_DATES = frozenset(
    {"script", "style", "noscript", "template", "svg", "option", "button", "title", "textarea",
     "code", "iframe"}
)  # fmt: skip


def _near(document: Document, i: int, headline: int) -> bool:
    return headline >= 0 and 0 <= document.text_start[i] - document.text_end[headline] < 12


def _of_element(
    document: Document,
    seen: Survey,
    i: int,
    piece: str,
    headline: int,
    context: DateContext,
    done: set[int],
) -> DateEvidence | None:
    """The date in an element's text: of the piece itself, or of the small element around it."""
    parsed: ParsedDate | None = None
    text = piece.strip()
    element = i
    if 6 <= len(text) <= _MAX_TEXT:
        parsed = parse_date(text, context)
    if parsed is None or parsed.vague:
        for _ in range(3):
            whole = (
                document.text(element)
                if document.text_end[element] - document.text_start[element] < 24
                else ""
            )
            if len(whole) > _MAX_TEXT:
                break
            if whole and whole != text and element not in done:
                done.add(element)
                wider = parse_date(whole, context)
                if wider is not None and not (wider.vague and parsed is not None):
                    parsed, text = wider, whole
                    break
            element = document.parent[element]
            if element <= 0:
                break
    if parsed is None:
        return None
    done.add(i)
    words = _words_above(document, element)
    dated, _, bad = _class_says(words)
    labelled = _SAYS_PUBLISHED.search(text) is not None and len(text) <= 80
    weight = 16 + _place(document, seen, i, headline)
    if dated:
        weight += 8
    if bad:
        weight -= 14
    if len(text) <= 40:
        weight += 6
    elif len(text) > 80:
        weight -= 8
    if labelled:
        weight += 4
    if _COMMENTED.search(text):
        weight -= 12
    if seen.zone[i] & _NOT_HERE:
        weight -= 12
    if parsed.vague:
        timed = parsed.precision is not Precision.DAY and len(text) <= 40
        if not (dated or labelled or timed) or len(text) > 60:
            return None
        weight -= 14
    if (
        document.tags[i] in {"h1", "h2", "h3"}
        or _inside(document, i, "a")
        or document.tags[i] == "a"
    ):
        weight -= 10
    if weight < 8:
        return None
    kind = _kind(document, element, words, text)
    return DateEvidence(kind, "text", text, weight, "text", parsed)


def days_of(evidence: Sequence[DateEvidence]) -> dict[date, float]:
    """How much weight stands behind each day."""
    days: dict[date, float] = {}
    for entry in evidence:
        if entry.parsed is not None:
            day = entry.parsed.local.date()
            days[day] = days.get(day, 0.0) + entry.weight
    return days
