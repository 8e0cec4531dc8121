"""The Jakarta Post."""

from newscrawl.site import Layout, Listing, Site, Verified
from newscrawl.spider import NewsSpider


class JakartaPost(NewsSpider):
    name = "jakartapost"
    site = Site(
        name=name,
        title="The Jakarta Post",
        country="ID",
        languages=("en",),
        timezone="Asia/Jakarta",
        domains=("thejakartapost.com",),
        home="https://www.thejakartapost.com/",
        listings=(
            Listing(
                url="https://www.thejakartapost.com/indonesia/latest?page={page}",
                item=".latestDetail",
                link="a",
            ),
        ),
        article=r"https?://www\.thejakartapost\.com/[a-z-]+(?:/[a-z-]+)?"
        r"/\d{4}/\d{2}/\d{2}/[a-z0-9-]+\.html$",
        layouts=(
            Layout(
                title=("h1.tjp-title--single", ".tjp-single__head-item h1"),
                body=(".tjp-single__content p",),
                byline=(".author", ".tjp-meta"),
                published=(".tjp-single__head .created", "span.created:nth-of-type(2)"),
                exclude=(".tjp-newsletter-box",),
            ),
        ),
        boilerplate=(
            "View More Newsletter",
            "Delivered straight to your inbox",
            "By registering, you agree with The Jakarta Post",
            "To be updated with all the latest news and analyses daily.",
            "The Jakarta Post’s Most-Read Articles of ",
        ),
        access="metered",
        groups=("ann",),
        verified=Verified("selectors of two public scrapers, one of 2026", "2026-08", "high"),
    )
