"""Arc XP: its outbound feeds and its index of sitemaps."""

from __future__ import annotations


def feed(home: str, section: str = "") -> str:
    """The RSS feed of an Arc site, of one section (``/nz``) or of all."""
    tail = f"section{section}/" if section else ""
    return f"{home.rstrip('/')}/arc/outboundfeeds/rss/{tail}?outputType=xml"


def sitemap_index(home: str) -> str:
    """The index of an Arc site's sitemaps by category."""
    return f"{home.rstrip('/')}/feeds/sitemapindex-category/?outputType=xml"
