"""The Scoop."""

from newscrawl.platforms import wordpress
from newscrawl.site import Site, Verified
from newscrawl.spider import NewsSpider


class TheScoop(NewsSpider):
    name = "thescoop"
    site = Site(
        name=name,
        title="The Scoop",
        country="BN",
        languages=("en",),
        timezone="Asia/Brunei",
        domains=("thescoop.co",),
        home="https://thescoop.co/",
        listings=(wordpress.posts("https://thescoop.co", per_page=100),),
        layouts=(wordpress.CLASSIC,),
        access="free",
        verified=Verified("list and selectors of a public scraper", "2026", "high"),
    )
