"""The Kathmandu Post."""

from newscrawl.site import Layout, Site, Verified
from newscrawl.spider import NewsSpider


class KathmanduPost(NewsSpider):
    name = "kathmandupost"
    site = Site(
        name=name,
        title="The Kathmandu Post",
        country="NP",
        languages=("en",),
        timezone="Asia/Kathmandu",
        domains=("kathmandupost.com",),
        home="https://kathmandupost.com/",
        discover=True,  # its feeds are dead and no list of articles is confirmed
        article=r"https?://kathmandupost\.com/[a-z0-9-]+/\d{4}/\d{2}/\d{2}/[a-z0-9-]+$",
        layouts=(
            Layout(
                title=("h1",),
                body=(".story-section p",),
                byline=(".page-detail--content h5.text-capitalize a",),
                published=(".updated-time",),  # the first of two; the second is the update
            ),
        ),
        boilerplate=("Related News",),
        staff_bylines=("Post Report",),
        access="free",
        groups=("ann",),
        verified=Verified("selectors of public scrapers; feeds seen dead", "2026-09"),
    )
