"""BLOX (TownNews): its search page lists everything, newest first, by offset."""

from __future__ import annotations

from newscrawl.site import Layout, Listing


def search(home: str, category: str, *, max_pages: int = 20) -> Listing:
    """The search page of a BLOX site for one category, a hundred stories a page."""
    query = f"f=html&s=start_time&sd=desc&l=100&t=article&category={category}"
    return Listing(
        # the offset counts stories: page 2 begins at 200
        url=f"{home.rstrip('/')}/search/?{query}&o={{page}}00",
        first_page=0,
        link=".card-headline a",
        max_pages=max_pages,
    )


LAYOUT = Layout(
    title=("h1",),
    body=("div#article-body p",),
    published=("meta[itemprop=datePublished]::attr(content)",),
)
