"""Markup that a publishing system escaped once too often, so that readers see it as text."""

from __future__ import annotations

import re
from collections.abc import Iterator

# Tags of running text and CDATA marks only: "<5 °C" or "List<String>" is text.
_LEAKED = re.compile(
    r"</?(?:p|br|div|span|strong|em|b|i|u|a|ul|ol|li|h[1-6]|blockquote|figure|img|font|center)"
    r"(?:\s[^<>]{0,500})?/?>|<!\[CDATA\[|\]\]>",
    re.IGNORECASE,
)


def leaked_markup(line: str) -> Iterator[tuple[int, int]]:
    """Start and end of each leaked piece of a line, the last one first."""
    if "<" in line or "]]>" in line:
        for match in reversed(list(_LEAKED.finditer(line))):
            yield match.span()
