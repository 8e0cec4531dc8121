"""Kosmo!."""

from newscrawl.site import Layout, Site, Verified
from newscrawl.spider import NewsSpider


class Kosmo(NewsSpider):
    name = "kosmo"
    site = Site(
        name=name,
        title="Kosmo!",
        country="MY",
        languages=("ms",),
        timezone="Asia/Kuala_Lumpur",
        domains=("kosmo.com.my",),
        home="https://www.kosmo.com.my/",
        discover=True,
        layouts=(
            Layout(
                title=("h1.elementor-heading-title",),
                body=(".elementor-widget-theme-post-content p", "div.dable-content-wrapper > p"),
            ),
        ),
        access="free",
        verified=Verified("selectors of a public scraper; sources to be found", "2022-09", "low"),
    )
