"""Quintype: the list of stories of its public API, and the text elements of its pages."""

from __future__ import annotations

from newscrawl.site import Layout, Listing


def stories(home: str, section_id: int, *, max_pages: int = 20) -> Listing:
    """The stories of a section, ten a page; ``published-at`` is in milliseconds since 1970."""
    query = f"limit=10&section-id={section_id}"
    return Listing(
        url=f"{home.rstrip('/')}/api/v1/stories?{query}&offset={{page}}0",
        kind="json",
        first_page=0,
        item="stories",
        link="url",
        title="headline",
        published="published-at",
        max_pages=max_pages,
    )


LAYOUT = Layout(title=("h1",), body=("div.story-element-text p",))
