"""Datelines: the place, day and agency printed before the first sentence.

``PHNOM PENH – The``, ``SEOUL, Aug. 20 (Yonhap) -- ``, ``新华社北京4月24日电（记者甲、乙）``,
``(서울=연합뉴스) 홍길동 기자 = ``. It stands in the first characters of the text only, and its
place is in capitals or known; the dashes that part clauses in a sentence are never touched.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from newscrawl.clean.sources import KnownSource, known_place, known_source

REACH = 80  # a dateline ends within so many characters of the start


@dataclass(frozen=True, slots=True)
class Dateline:
    """``end`` is where the first sentence begins; ``place`` as printed, or None."""

    end: int
    place: str | None = None
    sources: tuple[KnownSource, ...] = ()
    authors: tuple[str, ...] = ()  # reporters named inside it, as printed
    credited: str | None = None  # a source in brackets that is not a known one, as printed


_UPPER = r"A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĘĚĞĢĪİĶĹĻĽŁŃŅŇŌŐŔŘŚŞŠŢŤŪŮŰŲŹŻŽƠƯẠ-ỹА-ЯЁ"
_WORD = rf"[{_UPPER}][\w'’.\-]*"
_PLACE = rf"{_WORD}(?:[ /-]{{1,3}}(?:{_WORD}|[a-z]{{2,3}}(?= )))*"
_MONTH = (
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mei|agu|okt|des|mac|ogos|dis)[a-z]{0,6}\.?"
)
_DAY = (
    rf"(?:{_MONTH}\s?[0-9]{{1,2}}(?:st|nd|rd|th)?|[0-9]{{1,2}}(?:st|nd|rd|th)?\s{_MONTH})"
    r"(?:,?\s?[0-9]{4})?"
)
_MARK = r"(?:\s*(?:[–—―]|-{1,3}[–—]?)\s*[–—-]?\s*|\s*:\s+|\s*\n\s*)"
_LATIN = re.compile(
    rf"(?P<site>(?:{_WORD}\.(?:com|co\.id|net|id)|(?i:antara)),\s)?"
    rf"(?P<place>{_PLACE}(?:,\s(?!(?i:{_MONTH})\s?[0-9]){_PLACE})?)?"
    rf"(?:,?\s*(?P<day>(?i:{_DAY})))?"
    r"(?:\s?\((?P<source>[^()\n]{2,48}(?:\([^()]{2,20}\))?[^()\n]{0,24})\)"
    r"|\s/(?P<slashed>[^/\n]{2,30})/)?"
    rf"(?P<mark>{_MARK}|(?<=\))\s+|(?<=/)\.?\s+)(?=\S)"
)
_CREDITED = re.compile(r"(?P<name>[^\n:]{2,40})/(?:ANN|(?i:asia news network))(?: Desk)?\s*:\s+")
_LABELS = frozenset(
    [
        "READ",
        "WATCH",
        "RELATED",
        "UPDATE",
        "UPDATED",
        "BREAKING",
        "EXCLUSIVE",
        "ANALYSIS",
        "OPINION",
        "EDITORIAL",
        "COMMENTARY",
        "LIVE",
        "VIDEO",
        "PHOTO",
        "PHOTOS",
        "FILE",
        "NOTE",
        "NEWS",
        "INTERVIEW",
        "FEATURE",
        "REVIEW",
        "EXPLAINER",
        "EXPLAINED",
        "FACTBOX",
        "CORRECTION",
        "ALSO",
        "LISTEN",
        "WARNING",
        "SPOILER",
        "QUESTION",
        "ANSWER",
        "TIP",
        "TIPS",
        "NEW",
        "TODAY",
    ]
)
_CHINESE = re.compile(
    r"(?:据)?(?P<agency>[\u3400-\u9fff]{1,6}?(?:社|网|網|报|報))"
    r"(?P<place>[\u3400-\u9fff]{2,9}?)?"
    r"(?:[0-9０-９]{1,2}月)?(?P<day>[0-9０-９]{1,2}日)?(?:电|電|讯|訊)"
    r"(?:[\s\u3000]*[（(](?:实习|實習|见习)?(?:记者|記者|通讯员)[\s:：]*(?P<authors>[^（）()]"
    r"{2,40})[）)])?"
    r"(?:[\s\u3000]+|[，,：:][\s\u3000]*|(?=\S))"
)
_BRACKETED = re.compile(
    r"[（(【]"
    r"(?:(?P<agency>中央社|[\u3400-\u9fff]{2,5}[社报報])?(?:记者|記者)(?P<author>"
    r"[\u3400-\u9fff]{2,4}?))?"
    r"(?P<place>[\u3400-\u9fff]{2,6}?)"
    r"(?:[0-9０-９一二三四五六七八九十]{1,2}月)?[0-9０-９一二三四五六七八九十]{1,3}日"
    r"(?:专电|綜合外電報導|综合)?[电電讯訊][）)】][\s\u3000]*"
)
_JAPANESE = re.compile(
    r"【(?P<place>[\u30a0-\u30ff\u3400-\u9fff・]{2,12}?)"
    r"(?:＝(?P<author>[\u30a0-\u30ff\u3040-\u309f\u3400-\u9fff々・\s]{2,14})"
    r"|(?P<own>支局|共同|時事))】[\s\u3000]*"
)
_JAPANESE_END = re.compile(
    r"【(?P<place>[\u30a0-\u30ff・]{2,12}?|[\u3400-\u9fff]{2,4}?)(?P<author>[\u3400-\u9fff々]"
    r"{3,5})】$"
)
_KOREAN = re.compile(
    r"[(\[【](?P<place>[가-힣·\s]{2,15})=(?P<agency>[가-힣A-Za-z0-9]{2,10})[)\]】]\s*"
    r"(?:(?P<authors>[가-힣·\s]{2,24}?)\s*(?:인턴|선임|전문|특파원|통신원)*\s*(?:기자"
    r"|특파원|통신원)\s*)?(?:=\s*)?"
)
_VIETNAMESE = re.compile(r"\(?(?P<name>[A-ZĐ][\wÀ-ỹ+.]{1,12}(?: [\wÀ-ỹ]{1,8})?)\)?\s?[-–—]\s(?=\S)")
_SPEAKER = re.compile(rf"^[{_UPPER}][{_UPPER} .'’-]{{2,40}}:\s", re.MULTILINE)
_MARKS = " \t\n–—―:-"


def bare_dateline(text: str) -> str:
    """A dateline as an element of the page holds it, without the dash before the text."""
    return text.strip().rstrip(_MARKS)


def find_dateline(text: str, country: str | None = None, *, story: str = "") -> Dateline | None:
    """The dateline at the start of a text, or None.

    ``country`` decides between agencies of the same name. ``story`` is the whole text: a name in
    capitals before a colon, which no list knows, is a place if the story tells what is "in" it.
    """
    first = text[:1]
    if not first:
        return None
    if first in "([【（":
        return _bracketed(text, country)
    if "\u3400" <= first <= "\u9fff":
        return _chinese(text)
    if first.isalpha() and (first.isupper() or first.istitle()):
        return _latin(text, country, story)
    return None


def find_closing_dateline(text: str) -> Dateline | None:
    """The dateline that Mainichi prints after the last sentence; ``end`` is where it starts."""
    if not text.endswith("】"):
        return None
    match = _JAPANESE_END.search(text, max(0, len(text) - 24))
    if match is None or not known_place(match["place"]):
        return None
    return Dateline(match.start(), match["place"], authors=(match["author"],))


def _credits(raw: str, country: str | None) -> tuple[KnownSource, ...]:
    """The sources of ``The Phnom Penh Post/ANN``; empty unless one of them is known."""
    whole = known_source(raw, country)
    if whole is not None:
        return (whole,)
    parts = (part.strip() for part in re.split(r"[/,;&]| and ", raw))
    return tuple(s for s in (known_source(part, country) for part in parts if part) if s)


def _latin(text: str, country: str | None, story: str) -> Dateline | None:
    credited = _CREDITED.match(text, 0, REACH)
    if credited and (sources := _credits(credited["name"] + "/ANN", country)):
        return Dateline(credited.end(), None, sources)
    match = _LATIN.match(text, 0, REACH + 60)
    if match is None or match.end() > REACH:
        return None
    place, day, mark = match["place"], match["day"], match["mark"]
    source = match["source"] or match["slashed"]
    by = sources = _credits(source, country) if source else ()
    if (
        source
        and not sources
        and not (place and known_place(place.partition(",")[0]) and mark.strip(" .\n"))
    ):
        return None
    if match["site"]:
        named = known_source(match["site"].strip(" ,"), country)
        sources = (*sources, named) if named else sources
    if place is None:
        # a day alone, "OCT 25 - ", is a dateline in capitals only
        return Dateline(match.end(), None) if day and not source and day.isupper() else None
    mark = mark.strip(" .\n\t\u00a0\u3000")
    if not mark and not sources and not (day and "\n" in match["mark"]):
        return None
    # the site's name may stand before or after the place
    parts = [part.strip() for part in place.split(",")]
    named_parts = [known_source(part, country) for part in parts]
    places = [p for p, s in zip(parts, named_parts, strict=True) if s is None or known_place(p)]
    inner = tuple(s for p, s in zip(parts, named_parts, strict=True) if s and not known_place(p))
    if not places:
        # a paper's own mark, "ECONOMYNEXT – "; a colon after a name introduces a speaker
        own = bool(inner) and mark != ":" and parts[0].isupper()
        return Dateline(match.end(), None, (*inner, *sources)) if own else None
    head = places[0]
    known = all(known_place(part) for part in re.split(r"\s?/\s?", head))
    shouted = _shouted(head)
    evidence = bool(sources or inner or day)
    if mark == ":":
        accepted = shouted and (known or evidence or _told_of(head, story))
        accepted = accepted or (evidence and known)
    elif shouted:
        accepted = evidence or known or len(places) > 1 or _opens_sentence(text, match.end(), head)
    else:
        accepted = known and (evidence or _opens_sentence(text, match.end(), head))
        accepted = accepted and (evidence or mark not in {"-", ""} or match["mark"].startswith(" "))
        # an agency in brackets says what the name before it is
        bracketed = bool(by) and bool(mark or match["slashed"])
        brief = all(len(part.split()) <= 4 for part in places) and not head.startswith("The ")
        accepted = accepted or (bracketed and brief)
    if not accepted or head in _LABELS:
        return None
    return Dateline(
        match.end(),
        ", ".join(places),
        (*inner, *sources),
        credited=source if source and not sources else None,
    )


def _shouted(place: str) -> bool:
    """In capitals, with particles such as "de" allowed; at least three letters."""
    words = re.split(r"[\s/-]+", place)
    big = [w for w in words if not (w.islower() and len(w) <= 3)]
    return bool(big) and all(w.isupper() for w in big) and sum(map(len, big)) >= 3


def _told_of(place: str, story: str) -> bool:
    """Whether a story says "in Gujrat" of GUJRAT, and is no talk of speakers in capitals."""
    if len(place) < 4 or not all(word.isalpha() for word in place.split()):
        return False
    name = re.escape(place.title())
    told = re.search(rf"\b(?:in|at|from|near|to|of|around|outside|across)\s+{name}\b", story)
    return told is not None and len(_SPEAKER.findall(story)) < 2


def _opens_sentence(text: str, at: int, head: str) -> bool:
    first = text[at : at + 1]
    opens = first.isupper() or first.isdigit() or first in "\"'“‘«「(["
    named = known_place(head) or (len(head) > 4 and len(head.split()) <= 3)
    return opens and named and head.split()[0] not in _LABELS


def _chinese(text: str) -> Dateline | None:
    match = _CHINESE.match(text, 0, REACH + 40)
    if match is None or match.end() > REACH:
        return None
    agency, place = match["agency"], match["place"]
    source = known_source(agency)
    if source is None and not agency.startswith("本"):
        return None
    if place is None and not (agency.startswith("本") or match["authors"] or match["day"]):
        return None
    sources = (source,) if source else ()
    return Dateline(match.end(), place, sources, _names(match["authors"]))


def _bracketed(text: str, country: str | None) -> Dateline | None:
    if match := _BRACKETED.match(text, 0, REACH):
        source = known_source(match["agency"]) if match["agency"] else None
        author, place = match["author"] or "", match["place"]
        if author:  # nothing parts reporter and place: 記者王大明台北15日電
            run = author + place
            cut = next((n for n in (3, 2, 4) if known_place(run[n:])), 3)
            author, place = run[:cut], run[cut:]
        return Dateline(
            match.end(), place or None, (source,) if source else (), (author,) if author else ()
        )
    if match := _JAPANESE.match(text, 0, REACH):
        if not known_place(match["place"]) and not match["author"]:
            return None
        source = known_source(match["own"]) if match["own"] else None
        return Dateline(
            match.end(), match["place"], (source,) if source else (), _names(match["author"])
        )
    if match := _KOREAN.match(text, 0, REACH):
        source = known_source(match["agency"])
        sources: tuple[KnownSource, ...] = (source,) if source else ()
        if not (known_place(match["place"]) or match["authors"]):
            return None
        return Dateline(match.end(), match["place"].strip(), sources, _names(match["authors"]))
    if (
        text[0] == "("
        and (match := _VIETNAMESE.match(text, 0, 30))
        and (named := known_source(match["name"], country))
    ):
        return Dateline(match.end(), None, (named,))
    if text[0] == "(" and (match := re.match(r"\(([^()\n]{3,48})\)\s?[-–—:]{1,2}\s*(?=\S)", text)):
        sources = _credits(match[1], country)
        return Dateline(match.end(), None, sources) if sources else None
    return None


def _names(raw: str | None) -> tuple[str, ...]:
    if not raw:
        return ()
    return tuple(name for part in re.split(r"[、，,·]", raw) if (name := part.strip()))
