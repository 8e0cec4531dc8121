"""VietNamNet."""

from newscrawl.site import Layout, Site, Verified
from newscrawl.spider import NewsSpider


class VietNamNet(NewsSpider):
    name = "vietnamnet"
    site = Site(
        name=name,
        title="VietNamNet",
        country="VN",
        languages=("vi", "en"),
        timezone="Asia/Ho_Chi_Minh",
        domains=("vietnamnet.vn",),
        home="https://vietnamnet.vn/",
        discover=True,
        layouts=(
            Layout(
                title=("h1.content-detail-title", "h1"),
                standfirst=(".newFeature__main-textBold",),
                body=(".maincontent p",),
                published=(".bread-crumb-detail__time", ".breadcrumb-box__time span"),
            ),
        ),
        access="free",
        verified=Verified("selectors of a public scraper; sources to be found", "2022-09", "low"),
    )
