"""The ASEAN Post."""

from newscrawl.site import Site, Verified
from newscrawl.spider import NewsSpider


class TheASEANPost(NewsSpider):
    name = "aseanpost"
    site = Site(
        name=name,
        title="The ASEAN Post",
        country="MY",
        languages=("en",),
        timezone="Asia/Kuala_Lumpur",
        domains=("theaseanpost.com",),
        home="https://theaseanpost.com/",
        discover=True,
        access="free",
        groups=("ann",),
        verified=Verified("address only; sources to be found", "2026-09", "low"),
    )
