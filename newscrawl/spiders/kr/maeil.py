"""Maeil Business Newspaper."""

from newscrawl.site import Layout, Site, Verified
from newscrawl.spider import NewsSpider


class MaeilBusinessNewspaper(NewsSpider):
    name = "maeil"
    site = Site(
        name=name,
        title="매일경제",
        country="KR",
        languages=("ko",),
        timezone="Asia/Seoul",
        domains=("mk.co.kr",),
        home="https://www.mk.co.kr/",
        sitemaps=(
            "https://www.mk.co.kr/sitemap/latest-articles/",
            "https://www.mk.co.kr/sitemap/daily-articles/",
        ),
        article=r"https?://www\.mk\.co\.kr/news/[a-z-]+/\d+$",
        publisher_id=r"/(\d+)$",
        layouts=(
            Layout(
                title=("h2.news_ttl",),
                standfirst=("div.midtitle_text", "p.summary_line"),
                body=("div[itemprop=articleBody] p", "div[itemprop=articleBody]"),
                byline=("li.author",),
            ),
        ),
        boilerplate=("사진 확대", "[ⓒ 매일경제 & mk.co.kr, 무단전재 및 재배포 금지]"),
        source_name="Maeil Business Newspaper",
        access="free",
        verified=Verified(
            "sitemap listed by public readers; selectors tried on a real page", "2025-06", "high"
        ),
    )
