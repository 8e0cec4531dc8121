"""The two forms of text: the stored form, which is the author's, and the matching form.

Stored text is NFC with joiners (ZWJ, ZWNJ) and zero-width spaces kept. The matching form serves
comparison only and never reaches a reader. NFKC is not used for stored text: it splits Thai and
Lao SARA AM.
"""

from __future__ import annotations

import re
import unicodedata

# C0 and C1 controls but tab and line feed, lone surrogates, noncharacters, BOM, and the interlinear
# annotation characters; all of them either break readers or hide text.
_UNSTORABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufeff\ufff9-\ufffb\ufffe\uffff]"
)


def stored(text: str) -> str:
    """The text as it may be stored: NFC, without control characters but tab and line feed.

    Carriage returns become line feeds. Lone surrogates and noncharacters are dropped.
    """
    if text.isprintable():  # holds none of what is dropped: controls, surrogates, noncharacters
        return text if text.isascii() else unicodedata.normalize("NFC", text)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", _UNSTORABLE.sub("", text))


def one_line(text: str) -> str:
    """The stored form with every run of white space as one space, and none at the ends."""
    return " ".join(stored(text).split())


def matching(text: str) -> str:
    """The matching form: NFKC, case-folded, only letters, marks and digits.

    Two texts that a reader would call the same have the same matching form, whatever their
    spaces, quotes, joiners, widths and case.
    """
    return unicodedata.normalize("NFKC", text).casefold().translate(_MATCHED)


class _Matched(dict[int, int | None]):
    """For `str.translate`: letters, marks and digits stay, all else goes; filled as it is asked."""

    def __missing__(self, code: int) -> int | None:
        ch = chr(code)
        self[code] = code if ch.isalnum() or unicodedata.category(ch)[0] == "M" else None
        return self[code]


_MATCHED = _Matched()
