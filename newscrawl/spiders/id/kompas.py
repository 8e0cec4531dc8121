"""Kompas.com."""

from newscrawl.site import Layout, Listing, Site, Verified
from newscrawl.spider import NewsSpider

INDEX = "https://indeks.kompas.com/?site=all"


class Kompascom(NewsSpider):
    name = "kompas"
    site = Site(
        name=name,
        title="Kompas.com",
        country="ID",
        languages=("id",),
        timezone="Asia/Jakarta",
        domains=("kompas.com",),
        home="https://www.kompas.com/",
        listings=(Listing(url=f"{INDEX}&page={{page}}"),),
        archives=(Listing(url=f"{INDEX}&date={{yyyy}}-{{mm}}-{{dd}}&page={{page}}"),),
        article=r"https?://[a-z]+\.kompas\.com/(?:[a-z-]+/)*read/\d{4}/\d{2}/\d{2}/\d+/[a-z0-9-]+$",
        layouts=(
            Layout(
                title=("h1.read__title",),
                body=(".read__content p", "div.clearfix p"),
                byline=(".credit-title-name",),
                published=(".read__time", "meta[name='content_PublishedDate']::attr(content)"),
                exclude=("[class*=inject-baca-juga]", "[class*=kompasidRec]"),
            ),
        ),
        boilerplate=("Simak breaking news dan berita pilihan kami langsung di ponselmu.",),
        access="free",
        verified=Verified(
            "selectors tried on a real page; index of public scrapers", "2026-08", "high"
        ),
    )
