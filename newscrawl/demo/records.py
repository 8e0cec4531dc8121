"""The `Site` records of the demo's papers, as a user would write them in TOML."""

from __future__ import annotations

import re

from newscrawl.demo.world import Paper, World, load_world
from newscrawl.site import Layout, Listing, Site

_PLAIN = Layout(
    title=("h1.headline",),
    body=("div.story-body p",),
    standfirst=("p.standfirst",),
    byline=(".byline .author",),
    caption=("figcaption",),
)
_HUB = Layout(
    title=("h1.entry-title",),
    body=("div.entry-content.articlebody p",),
    standfirst=("div.excerpt p",),
    byline=("p.author",),
    published=("p.post-date",),
    source=("p.publisher",),
    caption=("figcaption",),
)


def demo_sites(world: World | None = None) -> tuple[Site, ...]:
    """A record for each paper; their addresses do not depend on the port of the server."""
    world = world or load_world()
    return tuple(_record(paper) for paper in world.papers)


def _record(paper: Paper) -> Site:
    home = paper.home
    root = re.escape(home)
    feeds: tuple[str, ...] = ()
    sitemaps: tuple[str, ...] = ()
    listings: tuple[Listing, ...] = ()
    article: str | None = None
    layouts: tuple[Layout, ...] = (_PLAIN,)
    match paper.style:
        case "hub":
            feeds, layouts = (f"{home}feed/",), (_HUB,)
            article = rf"{root}(?!(?:tag|author|feed)/)[a-z0-9-]+/$"
        case "wordpress":
            listings = (Listing(url=f"{home}wp-json/wp/v2/posts?per_page=4", kind="wordpress"),)
            article = rf"{root}[a-z]+/[a-z0-9-]+$"
        case "sections":
            listings = tuple(
                Listing(
                    url=f"{home}{section}/?page={{page}}",
                    first_url=f"{home}{section}/",
                    item="article.teaser",
                    link="h2 a",
                    published="time::attr(datetime)",
                    section=section,
                )
                for section in ("local", "culture")
            )
            article = rf"{root}article/[0-9]+$"
        case "rss":
            feeds = (f"{home}rss.xml",)
            article = rf"{root}(?:amp/)?(?:news|members)/[0-9-]+(?:\?.*)?$"
        case "atom":
            feeds = (f"{home}atom.xml",)
        case "news_sitemap":
            sitemaps = (f"{home}news-sitemap.xml",)
            article = rf"{root}(?:print/)?[0-9]{{8}}/[0-9]+\.html$"
        case "jsonfeed":
            feeds = (f"{home}feed.json",)
        case "discovered":
            layouts = ()
    return Site(
        name=paper.name,
        title=paper.title,
        country=paper.country,
        languages=paper.languages,
        timezone=paper.timezone,
        domains=(paper.host,),
        home=home,
        feeds=feeds,
        news_sitemaps=sitemaps,
        listings=listings,
        article=article,
        layouts=layouts,
        staff_bylines=("Lagoon Wire", "Exchange Desk"),  # an agency and a desk
        discover=paper.style == "discovered",
        access="free",
        groups=("demo",),
    )
