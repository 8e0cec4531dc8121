"""Sources that name pages which are not there: when to stop asking for them.

A source that names only missing pages is broken, or a trap; but what it names must not cost the
pages that stand elsewhere on the site. So the count is kept by the first part of the path.
"""

from __future__ import annotations

from collections import Counter
from urllib.parse import urlsplit

IN_A_ROW = 200  # of one part of a site
IN_ALL = 1000  # of all parts, without one page that was there


class MissingPages:
    """Counts of pages in a row that were not there (404, 410)."""

    def __init__(self) -> None:
        self._parts: Counter[str] = Counter()
        self._all = 0

    def note(self, url: str, *, missing: bool) -> None:
        """What became of a page that was asked for."""
        part = _part(url)
        self._parts[part] = self._parts[part] + 1 if missing else 0
        self._all = self._all + 1 if missing else 0

    @property
    def everywhere(self) -> bool:
        """Is nothing of the site worth asking for any more."""
        return self._all >= IN_ALL

    def near(self, url: str) -> bool:
        """Has the part of the site where a page stands only named missing ones for long."""
        return self.everywhere or self._parts[_part(url)] >= IN_A_ROW


def _part(url: str) -> str:
    try:
        path = urlsplit(url).path
    except ValueError:
        return ""
    first, slash, _ = path.lstrip("/").partition("/")
    return first if slash else ""
