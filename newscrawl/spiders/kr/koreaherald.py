"""The Korea Herald."""

from newscrawl.site import Layout, Listing, Site, Verified
from newscrawl.spider import NewsSpider


class KoreaHerald(NewsSpider):
    name = "koreaherald"
    site = Site(
        name=name,
        title="The Korea Herald",
        country="KR",
        languages=("en",),
        timezone="Asia/Seoul",
        domains=("koreaherald.com",),
        home="https://www.koreaherald.com/",
        feeds=("https://www.koreaherald.com/rss/newsAll",),
        listings=(
            Listing(
                url="https://www.koreaherald.com/National?page={page}",
                item="ul.news_list li",
                link="a",
                title="p.news_title",
            ),
        ),
        article=r"https?://(?:www|m)\.koreaherald\.com/"
        r"(?:article/\d{8,}|view\.php\?ud=\d{14,})",
        publisher_id=r"(?:article/|ud=)(\d+)",
        layouts=(
            Layout(
                title=("h1.title_sec", "h1"),
                standfirst=("h4.stitle_sec",),
                body=("article#articleText", "#articleText p", "article.news_content p"),
                published=("meta[property='article:published_time']::attr(content)",),
            ),
        ),
        boilerplate=("Most Popular",),
        credits=(r"\(Yonhap\)",),
        access="free",
        groups=("ann",),
        verified=Verified("feed seen answering; selectors of a public scraper", "2026-09", "high"),
    )
