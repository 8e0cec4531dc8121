"""VnExpress."""

from newscrawl.site import Layout, Site, Verified
from newscrawl.spider import NewsSpider


class VnExpress(NewsSpider):
    name = "vnexpress"
    site = Site(
        name=name,
        title="VnExpress",
        country="VN",
        languages=("vi",),
        timezone="Asia/Ho_Chi_Minh",
        domains=("vnexpress.net",),
        home="https://vnexpress.net/",
        feeds=(
            "https://vnexpress.net/rss/tin-moi-nhat.rss",
            "https://vnexpress.net/rss/tin-noi-bat.rss",
            "https://vnexpress.net/rss/thoi-su.rss",
            "https://vnexpress.net/rss/the-gioi.rss",
            "https://vnexpress.net/rss/kinh-doanh.rss",
            "https://vnexpress.net/rss/phap-luat.rss",
            "https://vnexpress.net/rss/giao-duc.rss",
            "https://vnexpress.net/rss/suc-khoe.rss",
            "https://vnexpress.net/rss/khoa-hoc-cong-nghe.rss",
            "https://vnexpress.net/rss/giai-tri.rss",
            "https://vnexpress.net/rss/the-thao.rss",
            "https://vnexpress.net/rss/du-lich.rss",
            "https://vnexpress.net/rss/y-kien.rss",
        ),
        article=r"https?://vnexpress\.net/[a-z0-9-]+-\d{7}\.html$",
        publisher_id=r"-(\d{7})\.html",
        layouts=(
            Layout(
                title=("h1.title-detail",),
                standfirst=("p.description",),
                body=("article.fck_detail p:not([style]):not(.author_mail)",),
                byline=(
                    "article.fck_detail p.author_mail",
                    'article.fck_detail p[style*="text-align:right"]',
                ),
                published=("meta[itemprop=datePublished]::attr(content)", "span.date"),
            ),
        ),
        access="free",
        verified=Verified("feed seen answering; selectors tried on a real page", "2026-08", "high"),
    )
