"""NewsSpider: discover, fetch, extract."""

from __future__ import annotations

from scrapy import Spider

from newscrawl.site import Site


class NewsSpider(Spider):
    """Base of all site spiders; a subclass gives ``name`` and ``site``."""

    site: Site
