"""Borneo Bulletin."""

from newscrawl.platforms import wordpress
from newscrawl.site import Site, Verified
from newscrawl.spider import NewsSpider


class BorneoBulletin(NewsSpider):
    name = "borneobulletin"
    site = Site(
        name=name,
        title="Borneo Bulletin",
        country="BN",
        languages=("en",),
        timezone="Asia/Brunei",
        domains=("borneobulletin.com.bn",),
        home="https://borneobulletin.com.bn/",
        discover=True,
        article=r"https?://borneobulletin\.com\.bn/(?!category|tag|page|wp-)[a-z0-9-]+/?$",
        layouts=(wordpress.TAGDIV,),
        delay=8.0,
        groups=("ann",),
        verified=Verified("selectors of a public scraper; sources to be found", "2026-09", "low"),
    )
