"""People's Daily Online."""

from newscrawl.site import Layout, Site, Verified
from newscrawl.spider import NewsSpider


class PeoplesDailyOnline(NewsSpider):
    name = "people"
    site = Site(
        name=name,
        title="人民网",
        country="CN",
        languages=("zh-Hans",),
        timezone="Asia/Shanghai",
        domains=("people.com.cn",),
        home="http://www.people.com.cn/",
        feeds=(
            "http://www.people.com.cn/rss/politics.xml",
            "http://www.people.com.cn/rss/society.xml",
            "http://www.people.com.cn/rss/legal.xml",
            "http://www.people.com.cn/rss/world.xml",
            "http://www.people.com.cn/rss/haixia.xml",
            "http://www.people.com.cn/rss/military.xml",
            "http://www.people.com.cn/rss/ywkx.xml",
        ),
        sitemaps=("http://www.people.cn/sitemap_index.xml",),
        article=r"https?://[a-z0-9]+\.people\.com\.cn/n\d?/\d{4}/\d{4}/c\d+-\d+\.html$",
        publisher_id=r"-(\d+)\.html",
        layouts=(
            Layout(
                title=("h1",),
                body=("div.rm_txt_con > p",),
                published=("meta[name=publishdate]::attr(content)",),
                exclude=("div.edit",),
            ),
        ),
        boilerplate=("分享让更多人看到",),
        credits=(r"[(（]责编[：:].*[)）]",),
        source_name="People's Daily Online",
        access="free",
        verified=Verified(
            "feed listed by public readers; selectors tried on a real page", "2025-12", "high"
        ),
    )
