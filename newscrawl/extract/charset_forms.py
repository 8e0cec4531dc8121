"""Encodings that betray themselves by their form: byte order marks, zeros, escapes.

Nothing here is guessed from frequencies; each form is either certain or not reported.
"""

from __future__ import annotations

import re
import unicodedata

_BOMS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_JAPANESE_ESCAPE = re.compile(rb"\x1b\$[@B]|\x1b\(I|\x1b\$\(D")
_KOREAN_ESCAPE = re.compile(rb"\x1b\$\)C")
_HZ_RUN = re.compile(rb"~\{((?:[\x21-\x77][\x21-\x7e]){2,})~\}")
_NO_TEXT = frozenset({"Cn", "Co", "Cs", "Cc"})
_UTF7_RUN = re.compile(rb"\+(?<![A-Za-z0-9/=&?._%-].)([A-Za-z0-9+/]{3,})-?")


def from_bom(body: bytes) -> tuple[str, int] | None:
    """(codec, length of the mark) for a body that starts with a byte order mark."""
    for mark, codec in _BOMS:
        if body.startswith(mark):
            return codec, len(mark)
    return None


def from_zeros(body: bytes) -> str | None:
    """UTF-16 or UTF-32 without a mark: markup is ASCII, so its other bytes are zero."""
    head = body[:4096]
    if head.count(0) * 8 < len(head):
        return None
    head = head[: len(head) // 4 * 4]
    zeros = [head[lane::4].count(0) for lane in range(4)]
    lane_size = max(1, len(head) // 4)
    # Markup characters are looked for in their place: a binary file full of zeros has none there.
    if zeros[1] + zeros[2] + zeros[3] > 2.4 * lane_size and b"<\x00\x00\x00" in head:
        return "utf-32-le"
    if zeros[0] + zeros[1] + zeros[2] > 2.4 * lane_size and b"\x00\x00\x00<" in head:
        return "utf-32-be"
    even, odd = zeros[0] + zeros[2], zeros[1] + zeros[3]
    if odd > 4 * even and b"<\x00" in head:
        return "utf-16-le"
    if even > 4 * odd and b"\x00<" in head:
        return "utf-16-be"
    return None


def from_escapes(body: bytes) -> str | None:
    """ISO-2022-JP, ISO-2022-KR, HZ or UTF-7 in a body that is ASCII byte for byte."""
    if b"\x1b" in body:
        if _KOREAN_ESCAPE.search(body):
            return "iso2022_kr"
        if _JAPANESE_ESCAPE.search(body):
            return "iso2022_jp_ext"
    if b"~{" in body and _is_hz(body):
        return "hz"
    if body.count(b"+") >= 4 and _is_utf7(body):
        return "utf-7"
    return None


def _is_hz(body: bytes) -> bool:
    runs = _HZ_RUN.findall(body)
    if not runs or len(b"".join(runs)) < 16:
        return False
    pairs = bytes(b | 0x80 for b in b"".join(runs))
    good = pairs.decode("gb2312", errors="replace")
    return good.count("\ufffd") * 50 < len(good)


def _is_utf7(body: bytes) -> bool:
    """At least four different runs, all of letters outside ASCII, sixteen of them in sum."""
    runs = set(_UTF7_RUN.findall(body))
    if len(runs) < 4:
        return False
    letters = 0
    for run in runs:
        try:
            text = (b"+" + run + b"-").decode("utf-7")
        except UnicodeDecodeError:
            return False
        if any(c < "\x80" or unicodedata.category(c) in _NO_TEXT for c in text):
            return False
        letters += len(text)
    return letters >= 16
