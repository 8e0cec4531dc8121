"""What the readers of feeds, sitemaps, section pages and listings give back.

A reader never raises, whatever the bytes: what it could not read is a `Problem` beside what it
could.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import blake2b

from newscrawl.items import Candidate


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with a source.

    ``word`` is short and stable (``html``, ``truncated``, ``too_large`` ...; reports count by it),
    ``detail`` is for people and may be empty.
    """

    word: str
    detail: str = ""

    def __str__(self) -> str:
        return f"{self.word}: {self.detail}" if self.detail else self.word


def fingerprint_urls(urls: list[str]) -> str:
    """32 hex digits for a list of URLs whatever their order; empty for an empty list.

    Two answers with the same value list the same URLs: a source that answers every page number
    with page 1 is recognised by it.
    """
    if not urls:
        return ""
    digest = blake2b(digest_size=16)
    for url in sorted(set(urls)):
        digest.update(url.encode("utf-8", "surrogatepass"))
        digest.update(b"\n")
    return digest.hexdigest()


@dataclass(frozen=True, slots=True)
class Reading:
    """A feed as read.

    ``kind`` is rss, rdf, atom, cdf, json, or what the answer was instead: html, sitemap, unknown,
    empty. ``entries`` counts all entries met, with or without a usable address.
    """

    candidates: tuple[Candidate, ...] = ()
    problems: tuple[Problem, ...] = ()
    kind: str = "unknown"
    entries: int = 0
    title: str | None = None
    language: str | None = None

    @property
    def fingerprint(self) -> str:
        """The same for two answers that list the same URLs; empty without candidates."""
        return fingerprint_urls([candidate.url for candidate in self.candidates])


@dataclass(frozen=True, slots=True)
class SitemapChild:
    """A sitemap named by a sitemap index, with its ``lastmod`` as written."""

    loc: str
    lastmod: str | None = None


@dataclass(frozen=True, slots=True)
class SitemapReading:
    """A sitemap as read.

    ``kind`` is urlset, index, text, feed (a feed used as a sitemap), or what the answer was
    instead: html, unknown, empty.
    """

    candidates: tuple[Candidate, ...] = ()
    children: tuple[SitemapChild, ...] = ()
    problems: tuple[Problem, ...] = ()
    kind: str = "unknown"

    @property
    def fingerprint(self) -> str:
        """The same for two answers that list the same URLs; empty for one that lists none."""
        return fingerprint_urls(
            [candidate.url for candidate in self.candidates] + [x.loc for x in self.children]
        )


@dataclass(frozen=True, slots=True)
class SectionReading:
    """A section page or one page of a listing API as read; candidates in the page's order.

    ``next_url`` is the next page, or None on the last one. ``empty`` is true where the answer says
    itself that there are no more entries.
    """

    candidates: tuple[Candidate, ...] = ()
    next_url: str | None = None
    problems: tuple[Problem, ...] = ()
    empty: bool = False

    @property
    def fingerprint(self) -> str:
        """The same for two pages that list the same URLs; empty without candidates."""
        return fingerprint_urls([candidate.url for candidate in self.candidates])


@dataclass(slots=True)
class Notes:
    """Collects problems while reading, each word at most a few times."""

    problems: list[Problem] = field(default_factory=list)
    _counts: dict[str, int] = field(default_factory=dict)

    def add(self, word: str, detail: str = "") -> None:
        """Note a problem; the fourth and later of one word are only counted."""
        count = self._counts[word] = self._counts.get(word, 0) + 1
        if count <= 3:
            shown = "".join(ch if ch.isprintable() else "\ufffd" for ch in detail[:200])
            self.problems.append(Problem(word, shown))

    def freeze(self) -> tuple[Problem, ...]:
        """The problems in the order met; words met often end with a line that says how often."""
        more = [
            Problem(word, f"and {count - 3} more")
            for word, count in self._counts.items()
            if count > 3
        ]
        return (*self.problems, *more)
