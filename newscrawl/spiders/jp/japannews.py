"""The Japan News, by The Yomiuri Shimbun."""

from newscrawl.platforms.wordpress import archive
from newscrawl.site import Layout, Site, Verified
from newscrawl.spider import NewsSpider


class JapanNews(NewsSpider):
    name = "japannews"
    site = Site(
        name=name,
        title="The Japan News",
        country="JP",
        languages=("en",),
        timezone="Asia/Tokyo",
        domains=("japannews.yomiuri.co.jp",),
        home="https://japannews.yomiuri.co.jp/",
        news_sitemaps=("https://japannews.yomiuri.co.jp/sitemap-news.xml",),
        sitemaps=("https://japannews.yomiuri.co.jp/sitemap.xml",),
        listings=(
            archive(
                "https://japannews.yomiuri.co.jp/latestnews/",
                item="ul.listarticles_ul li.clearfix",
                link="a",
            ),
        ),
        article=r"https?://japannews\.yomiuri\.co\.jp/[a-z-]+(?:/[a-z-]+)?/\d{8}-\d+/?$",
        publisher_id=r"/\d{8}-(\d+)",
        layouts=(
            Layout(
                title=("h1",),
                body=("#p-article-block p:not([class]), #p-article-block > h2",),
                caption=("figcaption",),
                credit=("figcaption span",),
                published=("meta[property='article:published_time']::attr(content)",),
            ),
        ),
        staff_bylines=("The Yomiuri Shimbun", "The Japan News"),
        access="free",
        groups=("ann",),
        verified=Verified("selectors tried on a real page; public sitemaps", "2025-12", "high"),
    )
