"""CNA (Channel NewsAsia)."""

from newscrawl.site import Layout, Site, Verified
from newscrawl.spider import NewsSpider


class CNA(NewsSpider):
    name = "cna"
    site = Site(
        name=name,
        title="CNA",
        country="SG",
        languages=("en",),
        timezone="Asia/Singapore",
        domains=("channelnewsasia.com",),
        home="https://www.channelnewsasia.com/",
        feeds=("https://www.channelnewsasia.com/api/v1/rss-outbound-feed?_format=xml",),
        news_sitemaps=("https://www.channelnewsasia.com/api/v1/sitemap-news-feed?_format=xml",),
        article=r"https?://www\.channelnewsasia\.com/(?:singapore|asia|east-asia|world|business|sport|commentary|sustainability|today|[a-z-]+)/[a-z0-9-]+-\d{6,}$",
        publisher_id=r"-(\d{6,})$",
        layouts=(
            Layout(
                title=("h1.h1--page-title",),
                standfirst=(".content-detail__description p",),
                body=("section[data-title=Content] .text-long p", ".text-long p"),
                byline=("meta[name='cXenseParse:author']::attr(content)",),
                published=(
                    "meta[name='cXenseParse:recs:publishtime']::attr(content)",
                    ".article-publish",
                ),
                exclude=(
                    ".referenced-card",
                    ".newsletter-widget-subscription-main",
                    ".subscription-newspick",
                    ".content-detail__category",
                    '[data-title*="Text to speech"]',
                    '[data-title="Byline"]',
                    '[data-title*="share and bookmark"]',
                    ".hidden",
                ),
            ),
        ),
        credits=(r"Source: CNA/\S+",),
        access="free",
        verified=Verified("feed seen answering; selectors of a public scraper", "2026-09", "high"),
    )
