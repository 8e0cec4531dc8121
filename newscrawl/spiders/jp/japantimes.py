"""The Japan Times."""

from newscrawl.site import Layout, Site, Verified
from newscrawl.spider import NewsSpider


class TheJapanTimes(NewsSpider):
    name = "japantimes"
    site = Site(
        name=name,
        title="The Japan Times",
        country="JP",
        languages=("en",),
        timezone="Asia/Tokyo",
        domains=("japantimes.co.jp",),
        home="https://www.japantimes.co.jp/",
        feeds=(
            "https://www.japantimes.co.jp/feed/topstories/",
            "https://www.japantimes.co.jp/feed/",
        ),
        article=r"https?://www\.japantimes\.co\.jp/[a-z-]+/\d{4}/\d{2}/\d{2}/.+",
        layouts=(
            Layout(
                title=("hgroup h1", "h1"),
                body=("#jtarticle p",),
                published=("li.post_time time::attr(datetime)",),
                dateline=("#jtarticle span.dateline",),
            ),
        ),
        staff_bylines=("No Author",),
        access="metered",
        verified=Verified("feed listed by public readers; selectors tried on a real page", "2026"),
    )
