"""For how long an answer may be used without asking again (RFC 9111, 4.2)."""

from __future__ import annotations

import re

_DIRECTIVE = re.compile(r"([A-Za-z][A-Za-z-]*)(?:\s*=\s*\"?([^\s\",;]*))?")
_LONGEST_HEADER = 2000  # characters


def fresh_seconds(cache_control: str | None, age: str | None, longest: float) -> float:
    """Seconds, 0 to ``longest``: what ``max-age`` leaves after ``Age``, ``longest`` without one.

    ``no-store`` and ``no-cache`` ask for every use to be checked: 0. What is no number counts as
    not said.
    """
    seconds = longest
    for name, value in _DIRECTIVE.findall((cache_control or "")[:_LONGEST_HEADER]):
        if name.lower() in {"no-store", "no-cache"}:
            return 0.0
        if name.lower() == "max-age" and (asked := _whole(value)) is not None:
            seconds = min(seconds, asked)
    if seconds < longest:  # without a max-age, the longest is ours, and counts from the fetch
        seconds -= _whole(age or "") or 0.0
    return max(0.0, seconds)


def _whole(text: str) -> float | None:
    text = text.strip()
    return float(text[:15]) if text.isascii() and text.isdecimal() else None
