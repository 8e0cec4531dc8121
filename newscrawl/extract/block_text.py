"""What is measured of the text of each block.

Lengths are in characters, with the bytes of UTF-8 beside them so that scripts with few characters a
sentence are known as such; no words are counted, so that scripts without spaces are treated alike.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import islice
from typing import Final

from newscrawl.extract.blocks import Blocks
from newscrawl.extract.lexicon import line_kind

TEXT: Final = (
    "chars", "bytes", "links", "link_share", "bold_share", "stops", "commas", "digits", "upper",
    "marks", "end", "start", "kind", "breaks", "title_like", "description_like",
    "title_share", "in_article_body", "holds_lead", "repeated", "times", "title_hits", "privacy",
    "cut_off",
)  # fmt: skip

# characters are counted without regular expressions, which is several times faster: ASCII ones by
# deleting them from the bytes, others one by one
_STOPS: Final = b".!?;"
_COMMAS: Final = b",:"
_DIGITS: Final = b"0123456789"
_UPPER: Final = bytes(range(0x41, 0x5B))
_MARKS: Final = b"|@/#>_%+=*[]{}"
# of scripts with ideographs, and of the others beyond ASCII
_OTHERS: Final = {
    True: ("。！？…；", "，、：", "»©→•·"),
    False: ("।॥။។؟۔…", "،၊", "»›©®→•·"),
}
_WIDE_UPPER: Final = re.compile("[À-ÞΑ-ΩА-Я]")
_END_STOPS: Final = frozenset(".!?。！？।॥။។؟۔…;；")
_END_QUOTES: Final = frozenset("\"'”’»」』）)］]")
_ENDS: Final = (
    dict.fromkeys(_END_STOPS, 1) | dict.fromkeys(":：", 2) | dict.fromkeys(_END_QUOTES, 3)
)
_SHAPE: Final = re.compile(r"[\W_]+")
_SAMPLE: Final = 400  # characters of a block that are looked at
_TOLD: Final = 40  # characters: from so many on a block can tell what the headline tells
_RECURRING: Final = 12  # characters: shorter lines recur by chance
_PRIVACY: Final = ("cookie", "privacy", "consent")  # in notices of nearly all languages
_CUT_OFF: Final = ("…", "...", "… »", "[...]", "[…]")  # ends of teasers
_MOST_KEYS: Final = 24
_MEMO_SIZE: Final = 5_000  # labels
_LABEL: Final = 40  # characters: a shorter block that is all link is a label of the navigation

# bytes, stops, commas, digits, upper, marks, end, start, kind, privacy and cut_off of a text
_Shape = tuple[float, float, float, float, float, float, int, int, int, bool, bool]
_shapes: dict[str, _Shape] = {}


@dataclass(frozen=True, slots=True)
class Hints:
    """What the page says of its article elsewhere: headline, summary, the text in JSON-LD.

    ``declared`` tells that the headline stands in metadata, not only in the title of the window;
    ``modern`` that the page has declarations that came into use in 2012 or later.
    """

    title: str = ""
    description: str = ""
    article_body: str = ""
    declared: bool = False
    modern: bool = False


@dataclass(frozen=True, slots=True)
class _Likeness:
    """A text to compare blocks with: they are first tried for pieces of it, which is cheap."""

    key: str
    grams: set[str]
    low: float
    high: float
    pieces: tuple[str, ...]

    @classmethod
    def of(cls, text: str, step: int, size: int) -> _Likeness:
        text = text[:600]
        key = _key(text)
        pieces = [text[k : k + size] for k in range(0, max(len(text) - size, 0) + 1, step)][:16]
        return cls(key, _grams(key), len(text) * 0.4, len(text) * 2.5, tuple(filter(None, pieces)))

    def to(self, text: str) -> float:
        """Share of the trigrams in common (Dice), 0 where lengths are far apart."""
        if not self.low <= len(text) <= self.high or not any(map(text.__contains__, self.pieces)):
            return 0.0
        key = _key(text[:600])
        if key == self.key:
            return 1.0
        mine = _grams(key)
        return 2 * len(mine & self.grams) / (len(mine) + len(self.grams))


def headline_keys(title: str, size: int) -> tuple[str, ...]:
    """Pieces from within the words of a headline: a text on the same matter holds some of them.

    ``size`` is 5 characters, which leaves out the short words that stand everywhere, or 2 in
    scripts without spaces.
    """
    text = title.casefold()
    pieces = [text[k : k + size] for k in range(0, len(text) - size + 1, 1 + size // 4)]
    inner = dict.fromkeys(
        p for p in pieces if p.isalpha() or not (p.isascii() or any(map(str.isspace, p)))
    )
    every = -(-len(inner) // _MOST_KEYS)
    return tuple(inner)[:: max(every, 1)]


def _key(text: str) -> str:
    return _SHAPE.sub("", text).casefold()


def _grams(key: str) -> set[str]:
    return {key[i : i + 3] for i in range(len(key) - 2)} or {key}


def text_rows(blocks: Blocks, hints: Hints) -> list[tuple[float, ...]]:
    """One row a block, of the measures that `TEXT` names."""
    title = hints.title
    unspaced = len(title.encode("utf-8", "replace")) > 2.5 * len(title)
    piece = 2 if unspaced else 5
    headline = _Likeness.of(title, piece, piece)
    summary = _Likeness.of(hints.description, 40, 3 * piece)
    lead = hints.description[:40].rstrip(" .…") if len(hints.description) >= 20 else ""
    told = hints.article_body
    keys = headline_keys(title, piece)
    all_keys = max(len(keys), 1)
    times = Counter(blocks.texts)
    seen: set[str] = set()
    rows: list[tuple[float, ...]] = []
    all_breaks, bold, links = blocks.breaks, blocks.bold_chars, blocks.links
    known = _shapes.get
    for k, (text, link_chars) in enumerate(zip(blocks.texts, blocks.link_chars, strict=True)):
        n = len(text)
        shape = known(text) or _shape_of(text)
        width, stops, commas, digits, upper, marks, end, start, kind, privacy, cut_off = shape
        if n < _LABEL and link_chars >= n:
            rows.append((
                n, width, links[k], 1.0, min(1.0, bold[k] / n), 0, 0, 0, 0, 0, end, start, kind,
                all_breaks[k], headline.to(text), 0, 0, 0, 0, 0,
                times[text] if n >= _RECURRING else 0, 0, 0, 0,
            ))  # fmt: skip
            continue
        sample = text if n <= _SAMPLE else text[:_SAMPLE]
        if n > _TOLD:
            low = sample.casefold()
            hits = sum(map(low.__contains__, keys)) / all_keys
        else:
            hits = 0.0
        rows.append((
            n,
            width,
            links[k],
            min(1.0, link_chars / n),
            min(1.0, bold[k] / n),
            stops,
            commas,
            digits,
            upper,
            marks,
            end,
            start,
            kind,
            all_breaks[k],
            headline.to(text),
            summary.to(text) if lead else 0.0,
            sum(map(sample.__contains__, headline.pieces)) / 16 if n > 60 else 0.0,
            0.0 if not told else 1.0 if sample[:200] in told else -1.0,
            bool(lead) and lead in sample,
            text in seen,
            times[text] if n >= _RECURRING else 0,
            hits,
            privacy,
            cut_off,
        ))  # fmt: skip
        seen.add(text)
    return rows


def _shape_of(text: str) -> _Shape:
    """What a block's text tells on its own; that of labels is kept, as they recur on every page."""
    n = len(text)
    last = text[-1]
    end = _ENDS.get(last, 0)
    if end == 3 and n > 1 and text[-2] in _END_STOPS:
        end = 5
    elif not end and last.isdigit():
        end = 4
    first = text[0]
    start = (
        1 if first.isupper() else 2 if first.islower() else 3 if first.isdigit()
        else 4 if first.isalpha() else 5
    )  # fmt: skip
    sample = text if n <= _SAMPLE else text[:_SAMPLE]
    size = len(sample)
    scale = n / size
    data = sample.encode("utf-8", "replace")
    width = len(data)
    stops = width - len(data.translate(None, _STOPS))
    commas = width - len(data.translate(None, _COMMAS))
    upper = width - len(data.translate(None, _UPPER))
    marks = width - len(data.translate(None, _MARKS))
    if width != size:
        count = sample.count
        other_stops, other_commas, other_marks = _OTHERS[width > 2.4 * size]
        stops += sum(map(count, other_stops))
        commas += sum(map(count, other_commas))
        marks += sum(map(count, other_marks))
        if width < 2.2 * size:  # scripts that have capitals
            upper += len(_WIDE_UPPER.findall(sample))
    shape = (
        width * scale,
        stops * scale,
        commas * scale,
        (width - len(data.translate(None, _DIGITS))) / size,
        upper / size,
        marks / size,
        end,
        start,
        line_kind(text) if n < _SAMPLE else 0,
        n > _TOLD // 2 and any(map(sample.casefold().__contains__, _PRIVACY)),
        text.endswith(_CUT_OFF),
    )
    if n < _LABEL:
        if len(_shapes) >= _MEMO_SIZE:
            for old in list(islice(_shapes, _MEMO_SIZE // 2)):
                del _shapes[old]
        _shapes[text] = shape
    return shape
