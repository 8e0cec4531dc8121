"""Credits at the end of a story: agencies, partner papers, reporters, end marks.

``- AFP``, ``(Xinhua)``, ``./. VNA``, ``— The Straits Times/ANN``, ``(Reporting by A)``,
``Published in Dawn, November 15th, 2022``, ``（完）``. A credit is the last lines of a text or the
end of its last paragraph; the same words inside a story are never looked at.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from newscrawl.clean.sources import KnownSource, known_source


@dataclass(frozen=True, slots=True)
class Credit:
    """``start`` is where it begins in the paragraph (0: all of it), ``people`` as printed."""

    start: int
    sources: tuple[KnownSource, ...] = ()
    people: tuple[str, ...] = ()


LONGEST = 300  # characters of a credit line

_DASH = r"(?:[-–—―]{1,3}|－)"
_END_MARK = re.compile(
    rf"[(（\[【]?\s*{_DASH}*\s*(?:ends?|enditem|end\s?item|the\s+end|more\s+to\s+(?:follow"
    rf"|come)|完|全文完|終|了|###|tamat|hết)\s*{_DASH}*\s*[)）\]】]?"
    r"(?:/[A-Za-z]{1,4})?\.?|\./\.?",
    re.IGNORECASE,
)
# told by how it begins; a sentence that merely holds such a word is longer or begins otherwise
_LABELLED = re.compile(
    rf"{_DASH}?\s?[(（\[【]?\s*(?:"
    r"(?:additional\s+|with\s+)?report(?:ing|s|ed)?\s+(?:by|from)\b|additional\s+(?:reporting"
    r"|research|writing)\b"
    r"|(?:with\s+)?(?:an?\s+)?(?:additional\s+)?(?:reports?|inputs?|reporting)\s+from\b"
    r"|with\s+(?:agency\s+)?inputs\b|with\s+agenc(?:y|ies)\b"
    r"|(?:written|writing|edited|editing|compiled|translated|translation|photographs?"
    r"|photos?)\s+by\s+(?-i:[A-ZÀ-Þ])"
    r"|by\s+xinhua\s+writers?\b"
    r"|(?:editors?|writers?|reporters?|translators?|pewarta|penulis|penyunting"
    r"|sunting(?:an)?|redaktur|source|sources|sumber|nguồn|theo)\s*[:：]"
    r"|published\s+in\s+(?:the\s+)?(?-i:[A-Z])"
    r"|(?:this|the)\s+(?:article|story|piece|report|op-ed|commentary)\s+(?:was\s+"
    r"|has\s+been\s+|is\s+|has\s+)?"
    r"(?:(?:first|originally|previously|initially)\s+)?(?:published|appeared"
    r"|posted|produced|republished|reproduced|translated|syndicated)\b"
    r"|(?:first|originally)\s+(?:published|appeared)\b"
    r"|(?:artikel|berita)\s+ini\s+(?:sudah|telah)\s+(?:pernah\s+)?(?:tayang|terbit|dimuat)\b"
    r"|except\s+for\s+the\s+headline\b"
    r"|(?:©|\(c\)|（Ｃ）|ⓒ|copyright\s*(?:©|\(c\)|ⓒ|[0-9]{4}|by\b|:))"
    r"|(?:责任编辑|責任編輯|责编|責編|编辑|編輯|来源|來源|原标题|原標題|校对"
    r"|校對|审核|稿件来源|新闻来源|文章来源|资料来源|本文来源|记者|記者|通讯员"
    r"|"
    r"作者|文|图|监制|策划|统筹|制作|编审|终审|初审|复审|值班编辑|值班主任)\s*[:：／/丨|]"
    r"|【纠错】|【糾錯】"
    r"|[\[(<]?\s*(?:사진|영상|편집|출처|자료)\s*[=:：ⓒ]"
    r")",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"[A-ZÀ-ÞĐ][\w'’.\-]*(?:\s+(?:[A-ZÀ-ÞĐ][\w'’.\-]*|bin|binti|de|la|van"
    r"|al)){1,4}"
)
_INITIALS = re.compile(r"[A-Za-z]{1,5}(?:\([a-z]{1,4}\))?|[A-Z]-?[0-9]")
_SUB_EDITOR = re.compile(
    r"[/][A-Za-z]{2,5}(?:/[A-Za-z]{2,5})*|\[[A-Za-z/]{2,8}\]|\([a-z]{2,4}(?:/[a-z]{2,4})+\)"
    r"|burs[/\-][a-z/]*|\([A-Z]-?[0-9]{1,2}\)|\(\*\)"
    r"|\([A-Z][\w ]+/[A-Z][a-z]{2,8}\s?[0-9]{1,2}/[0-9]{4}\)|[A-Z]{2,4}"
)
_ENDITEM = re.compile(r"\s*\b(?i:enditem)(?:/[A-Za-z]{1,4})?$")
_SPLIT = re.compile(r"\s*[/,;&]\s*|\s+(?:and|with)\s+|\s*[–—]\s*|(?<=[A-Z]{3})-(?=[A-Z][a-z])")
_OPEN = re.compile(rf"\s*{_DASH}\s*")
_TERMINAL = ".!?…。！？॥।။។\"'”’)）」』»"
_TAIL = re.compile(
    r"(?P<credit>"
    r"\./\.?\s*(?P<wire>[A-Za-z]{2,6}(?:/[A-Za-z]{2,6})?)?"
    r"|\s(?P<end>(?i:enditem)(?:/[A-Za-z]{1,4})?)"
    r"|\s?[(（\[](?P<inside>[^()（）\[\]]{1,60})[)）\]]\.?"
    rf"|\s{_DASH}\s*(?P<dashed>[^–—\n.]{{2,60}}(?:\.net|\.com)?)\.?"
    rf"|(?<=[.!?”\"’]){_DASH}\s*(?P<tight>[^–—\n.]{{2,40}})\.?"
    r"|[=＝](?P<equals>[ＡＰＦ共同時事ロイター]{2,5})"
    r"|\s(?P<bare>[A-Z][A-Za-z/ ]{1,30})"
    r"|\s?(?P<mark>/[A-Za-z]{2,5})"
    r")$"
)


def credit_line(line: str, country: str | None = None) -> Credit | None:
    """What a last line credits, or None if it is not only a credit."""
    size = len(line)
    if size > LONGEST:
        return None
    if size <= 24 and (_END_MARK.fullmatch(line) or _SUB_EDITOR.fullmatch(line)):
        return _names(line.strip("/[]()"), country) or Credit(0)
    if mark := _ENDITEM.search(line):
        return credit_line(line[: mark.start()], country) if mark.start() else Credit(0)
    if _LABELLED.match(line) and _one_statement(line):
        return _labelled(line, country)
    if line[0] in "(（[" and line.rstrip(".")[-1] in ")）]" and size <= 90:
        return _inside(line.rstrip(".")[1:-1], country)
    if size > 90:
        return None
    if opening := _OPEN.match(line):
        rest = line[opening.end() :].strip()
        by = re.match(r"by\s+", rest, re.IGNORECASE)
        bare = (rest[by.end() :] if by else rest).rstrip(".")
        if found := _names(bare, country):
            return found
        return Credit(0, (), (bare,)) if by or _NAMED.fullmatch(bare) else None
    named = _names(line.rstrip("."), country)
    return named if named and (named.people or _stands_alone(line, named)) else None


def site_credit(text: str, patterns: Sequence[str], country: str | None = None) -> Credit | None:
    """The credit at the end of a text that one of a site's own patterns knows, or None.

    Before a credit inside a paragraph there is white space or the end of a sentence.
    """
    at = max(0, len(text) - LONGEST)
    for pattern in patterns:
        for match in re.finditer(rf"(?:{pattern})\s*$", text[at:]):
            start = at + match.start()
            if start == 0 or text[start - 1].isspace() or text[start - 1] in _TERMINAL:
                found = _labelled(text[start:], country)
                return Credit(len(text[:start].rstrip()), found.sources)
    return None


def _stands_alone(text: str, named: Credit) -> bool:
    """A paper's name may be a word ("Dawn"); without a mark it must look like a credit."""
    return named.sources[0].kind != "paper" or text.isupper() or " " in text.strip() or "/" in text


def credit_tail(text: str, country: str | None = None) -> Credit | None:
    """The credit after the last sentence of a paragraph, or None."""
    at = max(0, len(text) - 72)
    for match in re.finditer(r"[(（\[\s./=＝–—―-]", text[at:]):
        start = at + match.start()
        if start < 20 or (text[start - 1] not in _TERMINAL and text[start : start + 3] != "./."):
            continue
        if found := _TAIL.match(text, start):
            credit = _tail(found, start, country)
            if credit is not None:
                return credit
    return None


def _tail(found: re.Match[str], start: int, country: str | None) -> Credit | None:
    if found["credit"].startswith("./"):
        named = _names(found["wire"], country) if found["wire"] else Credit(0)
        return named and Credit(start + 1, named.sources)  # the full stop is the sentence's
    if found["end"]:
        return Credit(start)
    if found["inside"]:
        inside = _inside(found["inside"], country)
        return inside and Credit(start, inside.sources, inside.people)
    if found["mark"]:
        named = _names(found["mark"][1:], country)
        return Credit(start, named.sources if named else ())
    name = found["dashed"] or found["tight"] or found["equals"] or found["bare"]
    named = _names(name, country)
    if named is None:
        return None
    if found["bare"]:
        # "Chea Vannak/AKP/KT" is a credit, "Chea Vannak and AKP" may be a sentence that goes on
        joined = "/" in name and len(named.sources) > 1
        if (named.people and not joined) or not _stands_alone(name, named):
            return None
    return Credit(start, named.sources, named.people)


def _inside(text: str, country: str | None) -> Credit | None:
    """What stands in brackets: an end mark, a sub-editor's mark, or names."""
    text = text.strip()
    if _END_MARK.fullmatch(text) or _SUB_EDITOR.fullmatch(f"({text})"):
        return Credit(0)
    if _LABELLED.match(text):
        return _labelled(text, country)
    if by := re.match(r"by\s+(?=[A-Z])", text, re.IGNORECASE):
        return Credit(0, (), (text[by.end() :],))
    if reporter := re.match(r"(?:本报|本報)?(?:记者|記者|通讯员)\s*[:：]?\s*", text):
        return Credit(0, (), (text[reporter.end() :],)) if len(text) <= 30 else None
    return _names(text, country)


def _labelled(line: str, country: str | None) -> Credit:
    """The sources that a labelled line names after its label."""
    text = re.sub(r"[()（）\[\]©]|[0-9]{4}", " ", line)
    pieces = re.split(r"[:：,，;；/|]|\b(?:by|from|in|on)\b", text)
    found = (known_source(piece.strip(" .-–—"), country) for piece in pieces if piece.strip())
    return Credit(0, tuple(source for source in found if source))


def _one_statement(line: str) -> bool:
    """A credit may have abbreviations in it, but not go on to tell something."""
    if line[-1] in ":：":
        return False  # a heading
    if re.search(r"\b(?:updated|corrected|amended|clarified)\b", line):
        return False  # what was changed is for the reader
    return len(re.findall(r"[.!?。！？]\s+[\w“\"]{2,}", line)) <= 2


def _names(text: str, country: str | None) -> Credit | None:
    """Names parted by slashes, commas or dashes, of which at least one is a known source."""
    text = text.strip()
    if not 2 <= len(text) <= 70:
        return None
    whole = known_source(text, country)
    if whole is not None:
        return Credit(0, (whole,))
    sources: list[KnownSource] = []
    people: list[str] = []
    parts = [part for part in _SPLIT.split(text) if part]
    if len(parts) < 2:
        return None
    for part in parts:
        bare = re.sub(r"\s*\([A-Za-z ]{2,20}\)$", "", part)
        source = known_source(part, country) or known_source(bare, country)
        if source is not None:
            sources.append(source)
        elif _NAMED.fullmatch(part):
            people.append(part)
        elif not _INITIALS.fullmatch(part):
            return None
    return Credit(0, tuple(sources), tuple(people)) if sources else None
