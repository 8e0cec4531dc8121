"""The dates that readers see: time elements and texts around the headline.

Where the page declares its dates they confirm or correct; where it does not they are all there is,
and if nothing stands near the headline the rest of the page is searched for labelled dates.
"""

from __future__ import annotations

import re
from dataclasses import replace

from newscrawl.extract.dates.labels import (
    HAS_NUMBER,
    SAYS_PUBLISHED,
    class_says,
    kind_of,
    words_above,
)
from newscrawl.extract.dates.parse import DateContext, ParsedDate, parse_date
from newscrawl.extract.dates.statement import DateEvidence
from newscrawl.extract.dom import Document
from newscrawl.extract.roles import Role
from newscrawl.extract.survey import Survey
from newscrawl.items import Precision

_NOT_HERE = int(Role.ASIDE | Role.TEASER | Role.BIO | Role.BRAND)
_CAPTION = int(Role.CAPTION)
_COMMENTED = re.compile(r"©|copyright|\(c\)|all rights", re.IGNORECASE)
_MAX_TEXT = 160


def visible_dates(
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


_IN_SCRIPT = (
    "datePublished", "publishedAt", "published_at", "publishDate", "publish_date", "publishedDate",
    "published_date", "firstPublished", "createdAt", "dateCreated",
)  # fmt: skip
_SCRIPT_VALUE = re.compile(r"(?:\\*\"|&quot;)\s{0,3}:\s{0,3}(?:\\*\"|&quot;)([^\"\\&]{8,40})")
# a script that only writes a date where it stands
_WRITTEN = re.compile(r"""\s*[\w.]{3,30}\(\s*["']([^"']{8,40})["']\s*\)\s*;?\s*""")
_MOST_SCRIPT = 2_000_000  # characters of scripts that are looked through
_MOST_NUMBERS = 2_000  # texts with a number that are looked at far from the headline
_MOST_TEXT = 600  # characters of a small element


def short_text(document: Document, i: int) -> str:
    """The text of an element if it is a short one, else an empty string."""
    first, last = document.text_start[i], document.text_end[i]
    if last - first > 24 or sum(map(len, document.texts[first:last])) > _MOST_TEXT:
        return ""
    return document.text(i)


def _far(
    document: Document, seen: Survey, context: DateContext, done: set[int], headline: int
) -> list[DateEvidence]:
    """Where nothing stands near the headline: dates with a label or a class of their own anywhere,
    and the first one that a script's data calls the publication."""
    found: list[DateEvidence] = []
    places: list[int] = []
    looked = numbers = 0
    near = document.text_end[headline] if headline >= 0 else 0
    for at, piece in enumerate(document.texts):
        if len(piece) > 2000:
            continue
        i = document.text_owner[at]
        tag = document.tags[i]
        if not HAS_NUMBER.search(piece) or tag in _NO_DATES or (i in done and tag != "time"):
            continue
        text = " ".join(piece.split())
        if not 6 <= len(text) <= _MAX_TEXT:
            continue
        numbers += 1
        if numbers > _MOST_NUMBERS:
            break
        words = words_above(document, i)
        dated, _, bad = class_says(words)
        labelled = SAYS_PUBLISHED.search(text) is not None
        short = len(text) <= 20 and (headline < 0 or abs(at - near) < 60)
        if not (((dated or labelled) and len(text) <= 90) or short) or _COMMENTED.search(text):
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
        kind = kind_of(document, i, words, text)
        found.append(DateEvidence(kind, "text", text, weight, "far", parsed))
        places.append(i)
    bare = [n for n, e in enumerate(found) if e.parsed and e.parsed.precision is Precision.DAY]
    timed = [e for n, e in enumerate(found) if n not in bare]
    days = _less_for_lists(document, [found[n] for n in bare], [places[n] for n in bare], headline)
    return timed + days + _in_scripts(document, seen, context)


def _in_scripts(document: Document, seen: Survey, context: DateContext) -> list[DateEvidence]:
    """The first date that the data of a script calls the publication."""
    left = _MOST_SCRIPT
    for i in seen.scripts:
        for piece in document.texts[document.text_start[i] : document.text_end[i]]:
            left -= len(piece)
            if left < 0:
                return []
            if len(piece) < 100 and (call := _WRITTEN.fullmatch(piece)) is not None:
                parsed = parse_date(call[1], context)
                if parsed is not None and not seen.zone[i] & _NOT_HERE:
                    return [DateEvidence("published", "text", call[1], 18, "script", parsed)]
            for name in _IN_SCRIPT:
                at = piece.find(name)
                value = _SCRIPT_VALUE.match(piece, at + len(name)) if at >= 0 else None
                parsed = parse_date(value[1], context) if value else None
                if value is not None and parsed is not None:
                    return [DateEvidence("published", "text", value[1], 20, "script", parsed)]
    return []


def main_heading(document: Document, seen: Survey) -> int:
    """The index of the heading that is likeliest the article's title; -1 if there is none."""
    title = short_text(document, seen.title) if seen.title >= 0 else ""
    best, best_score = -1, 0.0
    for i in seen.headings[:60]:
        if document.tags[i] == "h3":
            continue
        text = short_text(document, i)
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
    text = short_text(document, i)
    stamp = (attrs.get("datetime") or attrs.get("content") or attrs.get("title") or "").strip()
    words = words_above(document, i)
    _, _, bad = class_says(words)
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
    kind = kind_of(document, i, words, text)
    if (attrs.get("itemprop") or "").lower() == "datemodified":
        kind = "modified"
    found = []
    parsed = parse_date(stamp, context) if stamp else None
    if parsed is not None:
        found.append(DateEvidence(kind, "time", stamp, weight, "time[datetime]", parsed))
    if text and text != stamp and HAS_NUMBER.search(text):
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
    places: list[int] = []
    looked = 0
    for at in range(first, last):
        piece = texts[at]
        if not HAS_NUMBER.search(piece):
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
            places.append(i)
        looked += 1
        if looked > most:
            break
    return _less_for_lists(document, found, places, headline)


def _less_for_lists(
    document: Document, found: list[DateEvidence], places: list[int], headline: int
) -> list[DateEvidence]:
    """Dates that stand in elements alike, three or more of them, are those of a list of stories.

    The first one right behind the headline may be the article's own in the same dress.
    """
    kinds = [
        (
            document.tags[i],
            (document.attrs[i] or {}).get("class"),
            document.tags[document.parent[i]],
        )
        for i in places
    ]
    out: list[DateEvidence] = []
    for entry, i, kind in zip(found, places, kinds, strict=True):
        days = {e.parsed.local for e, k in zip(found, kinds, strict=True) if k == kind and e.parsed}
        if len(days) >= 3 and not (_near(document, i, headline) and kinds.index(kind) == len(out)):
            out.append(replace(entry, weight=entry.weight - 12))
        else:
            out.append(entry)
    return out


_NO_DATES = frozenset(
    {"script", "style", "noscript", "template", "svg", "option", "button", "title", "textarea",
     "code", "iframe"}
)  # fmt: skip


# Two numbers near each other, one long one, or a number and a word that counts back from now.
_TWO_NUMBERS = re.compile(
    r"[0-9][^0-9]{1,14}[0-9]|[0-9]{8}|ago\b|lalu\b|lepas\b|nakalipas|\bvor |il y a"
)


def _may_hold_date(text: str) -> bool:
    """A quick look that spares most texts the reading; other scripts are always read."""
    return not text.isascii() or _TWO_NUMBERS.search(text) is not None


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
    if 6 <= len(text) <= _MAX_TEXT and _may_hold_date(text):
        parsed = parse_date(text, context)
    if parsed is None or parsed.vague:
        for _ in range(3):
            whole = short_text(document, element)
            if len(whole) > _MAX_TEXT:
                break
            if whole and whole != text and element not in done:
                done.add(element)
                wider = parse_date(whole, context) if _may_hold_date(whole) else None
                if wider is not None and not (wider.vague and parsed is not None):
                    parsed, text = wider, whole
                    break
            element = document.parent[element]
            if element <= 0:
                break
    if parsed is None:
        return None
    done.add(i)
    words = words_above(document, element)
    dated, _, bad = class_says(words)
    labelled = SAYS_PUBLISHED.search(text) is not None and len(text) <= 80
    weight = 16 + _place(document, seen, i, headline)
    if dated:
        weight += 8
    if bad:
        weight -= 14
    if len(text) <= 40:
        weight += 6
    elif len(text) > 80:
        weight -= 8
    elif not (dated or labelled) and sum(map(str.isalpha, text)) > 30:
        weight -= 14  # a sentence with a date in it
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
    kind = kind_of(document, element, words, text)
    return DateEvidence(kind, "text", text, weight, "text", parsed)
