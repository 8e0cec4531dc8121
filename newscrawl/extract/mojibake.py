"""Text that was decoded with the wrong character set before it reached the page, put right.

A repair is made only where it is certain, and the original goes with it: UTF-8 that was read as
windows-1252 or Latin-1 (``â€™`` for an apostrophe), once or twice over; bytes of windows-1252 that
became control characters (U+0092 for an apostrophe); and Burmese in Zawgyi.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from newscrawl.extract.zawgyi import BURMESE, is_zawgyi, zawgyi_to_unicode
from newscrawl.text import one_line


@dataclass(frozen=True, slots=True)
class Repair:
    """A repaired text, what it was, and what was wrong.

    ``kind`` is utf8_as_cp1252, cp1252_as_controls or zawgyi.
    """

    text: str
    original: str
    kind: str


# The characters that the bytes 0x80 to 0xFF become in windows-1252 (its five holes as controls) and
# in Latin-1 (32 controls).
_CP1252 = {
    bytes([b]).decode("cp1252", errors="ignore") or chr(b): b for b in range(0x80, 0x100)
} | {chr(b): b for b in range(0x80, 0xA0)}
_OF_CONTROLS = {
    b: char for b in range(0x80, 0xA0) if (char := bytes([b]).decode("cp1252", errors="ignore"))
}
# Controls that windows-1252 has no character for, or that a lead byte of UTF-8 may stand before.
_DOUBTFUL = re.compile("[\x81\x8d\x8f\x90\x9d]|[\xc2-\xf4][\x80-\x9f]")
_RUN = re.compile("[" + "".join(re.escape(c) for c in _CP1252) + "]{2,}")
_CONTROLS = re.compile("[\x80-\x9f]")
_LEAD = re.compile("[ÂÃ-ßà-ôâ]")
# A lead byte of UTF-8 with the byte that follows one, as windows-1252 or Latin-1 shows them.
_PAIR = re.compile(
    "[\xc2-\xf4][" + "".join(re.escape(c) for c, b in _CP1252.items() if b < 0xC0) + "]"
)
_MAX_PASSES = 2
# Two-byte results that a single run may have: Latin letters and signs, as in ``Ã©`` and ``Â°``.
_PLAIN = re.compile("[\xa0-\xff\u0100-\u017f]+")


def may_be_broken(text: str) -> bool:
    """Whether there is anything that `repair` could put right; quick."""
    return not text.isascii() and any(
        sign.search(text) is not None for sign in (_PAIR, _CONTROLS, BURMESE)
    )


def repair(text: str) -> Repair | None:
    """The text put right, or None if nothing is wrong or nothing is certain."""
    if not may_be_broken(text):
        return None
    if is_zawgyi(text):
        return Repair(zawgyi_to_unicode(text), text, "zawgyi")
    fixed = text
    for _ in range(_MAX_PASSES):
        again = _undo_cp1252(fixed)
        if again is None:
            break
        fixed = again
    if fixed != text:
        return Repair(fixed, text, "utf8_as_cp1252")
    if _CONTROLS.search(text) is not None and _DOUBTFUL.search(text) is None:
        return Repair(text.translate(_OF_CONTROLS), text, "cp1252_as_controls")
    return None


def mended_line(text: str) -> str:
    """The text on one line in stored form, put right if control characters show it is broken.

    The stored form has no controls, and without them a closing quotation mark is lost for good:
    so a line that has them is repaired before, where that is certain.
    """
    if not text.isprintable() and _CONTROLS.search(text) is not None:
        found = repair(text)
        text = found.text if found is not None else text
    return one_line(text)


def _undo_cp1252(text: str) -> str | None:
    """One layer of UTF-8 read as windows-1252 undone; None unless every suspect run is one."""
    runs = [m for m in _RUN.finditer(text) if _LEAD.search(m[0])]
    if not runs:
        return None
    pieces: list[str] = []
    at = 0
    evidence = 0
    for run in runs:
        raw = bytes(_CP1252[c] for c in run[0])
        decoded = _decode_run(raw)
        if decoded is None:
            return None
        evidence += _evidence(raw, decoded)
        pieces += [text[at : run.start()], decoded]
        at = run.end()
    if evidence < 2:
        return None
    return "".join(pieces) + text[at:]


def _decode_run(raw: bytes) -> str | None:
    """The run as UTF-8. A lone trailing quote or dash of the surrounding text may stand behind."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _evidence(raw: bytes, decoded: str) -> int:
    """How sure one run is: three bytes for a character are never chance, two may be."""
    if any(unicodedata.category(c) in {"Cc", "Cn", "Co", "Cs"} for c in decoded):
        return -10
    if len(raw) >= 3 * len(decoded):
        return 3
    if _PLAIN.fullmatch(decoded):
        # ``É»`` may be a capital before a quotation mark; ``Ã©`` and ``Â°`` are nothing else.
        return 2 if raw[0] in {0xC2, 0xC3} else 0
    return 1 if len(decoded) > 1 else 0
