"""The writing system of a text, by ISO 15924 code."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter

# First character of each block and its script; "" for what belongs to none.
_BLOCKS: tuple[tuple[int, str], ...] = (
    (0x0000, ""), (0x0041, "Latn"), (0x005B, ""), (0x0061, "Latn"), (0x007B, ""),
    (0x00C0, "Latn"), (0x02B9, ""), (0x0370, "Grek"), (0x0400, "Cyrl"), (0x0530, "Armn"),
    (0x0590, "Hebr"), (0x0600, "Arab"), (0x0700, "Syrc"), (0x0750, "Arab"), (0x0780, "Thaa"),
    (0x07C0, ""), (0x0870, "Arab"), (0x0900, "Deva"), (0x0964, ""), (0x0966, "Deva"),
    (0x0980, "Beng"), (0x0A00, "Guru"), (0x0A80, "Gujr"), (0x0B00, "Orya"), (0x0B80, "Taml"),
    (0x0C00, "Telu"), (0x0C80, "Knda"), (0x0D00, "Mlym"), (0x0D80, "Sinh"), (0x0E00, "Thai"),
    (0x0E80, "Laoo"), (0x0F00, "Tibt"), (0x1000, "Mymr"), (0x10A0, "Geor"), (0x1100, "Hang"),
    (0x1200, "Ethi"), (0x13A0, "Cher"), (0x1400, "Cans"), (0x1680, ""), (0x1780, "Khmr"),
    (0x1800, "Mong"), (0x18B0, "Cans"), (0x1900, "Limb"), (0x1950, "Tale"), (0x1980, "Talu"),
    (0x19E0, "Khmr"), (0x1A00, "Bugi"), (0x1A20, "Lana"), (0x1AB0, ""), (0x1B00, "Bali"),
    (0x1B80, "Sund"), (0x1BC0, ""), (0x1C80, "Cyrl"), (0x1C90, "Geor"), (0x1CC0, ""),
    (0x1E00, "Latn"), (0x1F00, "Grek"), (0x2000, ""), (0x2C60, "Latn"), (0x2C80, ""),
    (0x2D00, "Geor"), (0x2D30, ""), (0x2DE0, "Cyrl"), (0x2E00, ""), (0x2E80, "Hani"),
    (0x3000, ""), (0x3005, "Hani"), (0x3008, ""), (0x3041, "Hira"), (0x30A0, "Kana"),
    (0x30FB, ""), (0x30FD, "Kana"), (0x3100, "Bopo"), (0x3130, "Hang"), (0x3190, ""),
    (0x31F0, "Kana"), (0x3200, ""), (0x3400, "Hani"), (0x4DC0, ""), (0x4E00, "Hani"),
    (0xA000, "Yiii"), (0xA4D0, ""), (0xA640, "Cyrl"), (0xA6A0, ""), (0xA720, "Latn"),
    (0xA800, ""), (0xA8E0, "Deva"), (0xA900, ""), (0xA960, "Hang"), (0xA980, "Java"),
    (0xA9E0, "Mymr"), (0xAA00, ""), (0xAA60, "Mymr"), (0xAA80, ""), (0xAB30, "Latn"),
    (0xAB70, ""), (0xAC00, "Hang"), (0xD800, ""), (0xF900, "Hani"), (0xFB00, "Latn"),
    (0xFB13, ""), (0xFB1D, "Hebr"), (0xFB50, "Arab"), (0xFE00, ""), (0xFE70, "Arab"),
    (0xFEFF, ""), (0xFF21, "Latn"), (0xFF3B, ""), (0xFF41, "Latn"), (0xFF5B, ""),
    (0xFF66, "Kana"), (0xFFA0, "Hang"), (0xFFE0, ""), (0x1B000, "Kana"), (0x1B170, ""),
    (0x20000, "Hani"), (0x323B0, ""),
)  # fmt: skip
_STARTS = [start for start, _ in _BLOCKS]
_NAMES = [name for _, name in _BLOCKS]
_ASCII = bytes(range(0x80))
_ASCII_LETTERS = bytes([*range(0x41, 0x5B), *range(0x61, 0x7B)])


def script_of(character: str) -> str:
    """The script of a character, or an empty string for digits, marks and symbols."""
    return _NAMES[bisect_right(_STARTS, ord(character)) - 1]


def script_counts(text: str) -> Counter[str]:
    """How many letters (and vowel signs) of each script a text has.

    A Latin letter is worth less than an ideograph or a syllable, so it counts a third of one: a
    Korean paragraph with company names in Latin letters is Korean.
    """
    counts: Counter[str] = Counter()
    # ASCII, most of most texts, is counted as bytes, which takes a tenth of the time
    data = text.encode("utf-8", "replace")
    beyond = data.translate(None, _ASCII)
    latin = len(data) - len(data.translate(None, _ASCII_LETTERS))
    for character, count in Counter(beyond.decode("utf-8")).items():
        name = _NAMES[bisect_right(_STARTS, ord(character)) - 1]
        if name == "Latn":
            latin += count
        elif name:
            counts[name] += count
    if latin:
        dense = sum(counts[s] for s in ("Hani", "Hira", "Kana", "Hang"))
        counts["Latn"] = latin // 3 if dense else latin
    return counts
