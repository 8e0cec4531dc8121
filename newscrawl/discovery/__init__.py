"""Finding article URLs: feeds, sitemaps, section pages, listing APIs."""

from newscrawl.discovery.archive_pages import archive_urls, dated_url, is_dated, page_url
from newscrawl.discovery.autodiscover import Sources, find_sources
from newscrawl.discovery.backfill import Backfill, Window, windows
from newscrawl.discovery.feeds import read_feed
from newscrawl.discovery.links import absolute_url, host_of, in_domains
from newscrawl.discovery.listings import read_listing, wordpress_url
from newscrawl.discovery.readings import (
    Problem,
    Reading,
    SectionReading,
    SitemapChild,
    SitemapReading,
)
from newscrawl.discovery.recall import (
    RecallEstimate,
    Sightings,
    estimate,
    estimate_by_day,
    independent_pair,
    pooled,
)
from newscrawl.discovery.sections import read_section
from newscrawl.discovery.sitemap_walk import SitemapWalk, changed_since, newest_first, staleness
from newscrawl.discovery.sitemaps import read_sitemap
from newscrawl.discovery.times import parse_time
from newscrawl.discovery.url_shape import UrlKind, UrlVerdict, judge_candidate, judge_url

__all__ = [
    "Backfill",
    "Problem",
    "Reading",
    "RecallEstimate",
    "SectionReading",
    "Sightings",
    "SitemapChild",
    "SitemapReading",
    "SitemapWalk",
    "Sources",
    "UrlKind",
    "UrlVerdict",
    "Window",
    "absolute_url",
    "archive_urls",
    "changed_since",
    "dated_url",
    "estimate",
    "estimate_by_day",
    "find_sources",
    "host_of",
    "in_domains",
    "independent_pair",
    "is_dated",
    "judge_candidate",
    "judge_url",
    "newest_first",
    "page_url",
    "parse_time",
    "pooled",
    "read_feed",
    "read_listing",
    "read_section",
    "read_sitemap",
    "staleness",
    "windows",
    "wordpress_url",
]
