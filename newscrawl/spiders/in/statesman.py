"""The Statesman."""

from newscrawl.site import Site, Verified
from newscrawl.spider import NewsSpider


class TheStatesman(NewsSpider):
    name = "statesman"
    site = Site(
        name=name,
        title="The Statesman",
        country="IN",
        languages=("en",),
        timezone="Asia/Kolkata",
        domains=("thestatesman.com",),
        home="https://www.thestatesman.com/",
        discover=True,
        staff_bylines=("SNS",),
        access="free",
        groups=("ann",),
        verified=Verified("address only; sources to be found", "2026-09", "low"),
    )
