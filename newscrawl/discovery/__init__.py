"""Finding article URLs: feeds, sitemaps, section pages, listing APIs."""

from newscrawl.discovery.feeds import read_feed
from newscrawl.discovery.links import absolute_url, in_domains
from newscrawl.discovery.readings import (
    Problem,
    Reading,
    SectionReading,
    SitemapChild,
    SitemapReading,
)
from newscrawl.discovery.sitemap_walk import SitemapWalk, changed_since, newest_first, staleness
from newscrawl.discovery.sitemaps import read_sitemap
from newscrawl.discovery.times import parse_time

__all__ = [
    "Problem",
    "Reading",
    "SectionReading",
    "SitemapChild",
    "SitemapReading",
    "SitemapWalk",
    "absolute_url",
    "changed_since",
    "in_domains",
    "newest_first",
    "parse_time",
    "read_feed",
    "read_sitemap",
    "staleness",
]
