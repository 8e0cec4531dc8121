"""CPU of reading a sitemap of 10,000 entries, against plain lxml iteration over the same bytes.

    python benchmarks/discovery/sitemap_cpu.py

Both run in one process, alternately; the figure is the ratio of the fastest of several rounds.
Plain iteration takes ``loc`` and ``lastmod`` of each ``url`` and forgets the element; the reader
gives candidates with resolved addresses and the news fields.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from io import BytesIO

from lxml import etree

from newscrawl.discovery import read_feed, read_sitemap

ENTRIES = 10_000
ROUNDS = 5
_S = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def plain_sitemap(entries: int = ENTRIES) -> bytes:
    """A sitemap with loc and lastmod."""
    rows = "".join(
        f"<url><loc>https://news.example.org/2026/11/{n % 28 + 1:02d}/a-story-about-roads-{n}</loc>"
        f"<lastmod>2026-11-{n % 28 + 1:02d}T08:{n % 60:02d}:00+07:00</lastmod></url>\n"
        for n in range(entries)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{rows}</urlset>'
    ).encode()


def news_sitemap(entries: int = ENTRIES) -> bytes:
    """A news sitemap with all fields."""
    rows = "".join(
        f"<url><loc>https://news.example.org/2026/11/{n % 28 + 1:02d}/a-story-about-roads-{n}</loc>"
        "<news:news><news:publication><news:name>The Example</news:name>"
        "<news:language>km</news:language></news:publication>"
        f"<news:publication_date>2026-11-{n % 28 + 1:02d}T08:{n % 60:02d}:00+07:00"
        f"</news:publication_date><news:title>ក្រុងអនុម័តថវិកា &amp; ផ្លូវ {n}</news:title>"
        "<news:keywords>roads, budget</news:keywords></news:news></url>\n"
        for n in range(entries)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        f'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">{rows}</urlset>'
    ).encode()


def plain_iteration(body: bytes) -> int:
    """What a minimal reader does."""
    found = []
    for _, element in etree.iterparse(BytesIO(body), tag=_S + "url"):
        found.append((element.findtext(_S + "loc"), element.findtext(_S + "lastmod")))
        element.clear()
        while element.getprevious() is not None:
            del element.getparent()[0]
    return len(found)


def fastest(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    """CPU seconds of the fastest round."""
    times = []
    for _ in range(rounds):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return min(times)


def ratios() -> dict[str, tuple[float, float]]:
    """Kind of sitemap -> (CPU seconds, ratio to plain iteration over the same bytes)."""
    out = {}
    for kind, body in (("sitemap", plain_sitemap()), ("news sitemap", news_sitemap())):
        own = fastest(lambda body=body: read_sitemap(body, "https://news.example.org/s.xml", "x"))
        bare = fastest(lambda body=body: plain_iteration(body))
        out[kind] = (own, own / bare)
    return out


def main() -> None:
    """Print the table."""
    print(f"{'10,000 entries':<16}{'CPU s':>8}{'ratio to plain lxml':>22}")
    for kind, (seconds, ratio) in ratios().items():
        print(f"{kind:<16}{seconds:>8.3f}{ratio:>22.2f}")
    feed = (
        b"<rss><channel>"
        + b"".join(
            b"<item><title>Story %d</title><link>https://news.example.org/2026/11/10/story-%d</link>"
            b"<pubDate>Tue, 10 Nov 2026 08:30:00 +0700</pubDate>"
            b"<description><![CDATA[<p>Text &amp; more</p>]]></description></item>" % (n, n)
            for n in range(1000)
        )
        + b"</channel></rss>"
    )
    own = fastest(lambda: read_feed(feed, "https://news.example.org/f.xml", None, "x"))
    print(f"feed of 1,000 items: {own:.3f} s")


if __name__ == "__main__":
    main()
