"""The digits of all scripts as ASCII, and Chinese numerals in dates.

`western` prepares a printed date for reading: decimal digits of every script (Unicode category Nd)
become 0-9, full-width forms ASCII, invisible direction marks and joiners go, white space is one
space.
"""

from __future__ import annotations

import re
import sys
import unicodedata

_INVISIBLE = (
    "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d"
    "\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
)
_SAME = {
    "：": ":", "／": "/", "．": ".", "，": ",", "－": "-", "～": "~", "（": "(", "）": ")",
    "〔": "(", "〕": ")", "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "−": "-", "٫": ".",
    "⁄": "/", "∕": "/", "။": " ", "၊": ",", "،": ",", "、": ",", "’": "'", "＋": "+", "｜": "|",
}  # fmt: skip


def _table() -> dict[int, str | None]:
    table: dict[int, str | None] = {ord(c): None for c in _INVISIBLE}
    table |= {ord(a): b for a, b in _SAME.items()}
    for code in range(0x80, sys.maxunicode + 1):
        if 0x3400 <= code <= 0xA000:  # no decimal digits among ideographs
            continue
        value = unicodedata.decimal(chr(code), None)
        if value is not None:
            table[code] = str(value)
    for code in range(0xFF21, 0xFF3B):  # full-width Latin letters
        table[code] = chr(code - 0xFEE0)
        table[code + 0x20] = chr(code + 0x20 - 0xFEE0)
    return table


_TABLE = _table()
# The Burmese letter wa is typed for zero.
_WA_AS_ZERO = re.compile("(?<=[၀-၉])ဝ|ဝ(?=[၀-၉])")
_NUMERALS = {c: n for n, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0, "元": 1}
_CHINESE_DATE = re.compile("([〇零○一二三四五六七八九十元]{1,4})(?=\\s*[年月日号號])")


def western(text: str) -> str:
    """A printed date with ASCII digits, without invisible characters, white space made single."""
    if not text.isascii():
        if "ဝ" in text:
            text = _WA_AS_ZERO.sub("၀", text)
        text = text.translate(_TABLE)
        if "月" in text or "年" in text:
            text = _CHINESE_DATE.sub(lambda m: str(_chinese_number(m[1])), text)
    return " ".join(text.split())


def _chinese_number(numeral: str) -> int:
    """``二〇二二`` is 2022, ``十一`` 11, ``二十五`` 25, ``元`` 1."""
    if "十" in numeral:
        tens, _, ones = numeral.partition("十")
        return 10 * _NUMERALS.get(tens, 1) + _NUMERALS.get(ones, 0)
    value = 0
    for c in numeral:
        value = value * 10 + _NUMERALS.get(c, 0)
    return value
