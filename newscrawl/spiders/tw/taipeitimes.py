"""Taipei Times."""

from newscrawl.site import Layout, Site, Verified
from newscrawl.spider import NewsSpider


class TaipeiTimes(NewsSpider):
    name = "taipeitimes"
    site = Site(
        name=name,
        title="Taipei Times",
        country="TW",
        languages=("en",),
        timezone="Asia/Taipei",
        domains=("taipeitimes.com",),
        home="https://www.taipeitimes.com/",
        news_sitemaps=("https://www.taipeitimes.com/sitemap/sitemap.xml",),
        sitemaps=("https://www.taipeitimes.com/sitemapIndex.xml",),
        article=r"https?://www\.taipeitimes\.com/News/[a-z]+/archives/\d{4}/\d{2}/\d{2}/\d+$",
        publisher_id=r"/(\d+)$",
        layouts=(
            Layout(
                title=("div.archives > h1",),
                standfirst=("div.archives > h2",),
                body=("div.archives > p",),
                byline=("div.archives div.name",),
                caption=("div.imgboxa h1",),
                credit=("div.imgboxa p",),
            ),
        ),
        access="free",
        verified=Verified(
            "sitemap listed by public readers; selectors tried on a real page", "2026", "high"
        ),
    )
