"""WordPress: its REST list of posts, and the themes that several papers share.

The list is the posts collection of the WordPress REST API (developer.wordpress.org/rest-api):
``date`` is the clock of the site without an offset, ``date_gmt`` the same moment in UTC.
"""

from __future__ import annotations

from newscrawl.site import Layout, Listing

_FIELDS = "id,date,date_gmt,modified_gmt,link,title,excerpt"


def posts(home: str, *, per_page: int = 50, max_pages: int = 20) -> Listing:
    """The REST list of a WordPress site, newest first, without the bodies.

    Use it only for a site whose API is known to answer strangers.
    """
    url = f"{home.rstrip('/')}/wp-json/wp/v2/posts"
    return Listing(
        url=f"{url}?per_page={per_page}&page={{page}}&_fields={_FIELDS}",
        kind="wordpress",
        max_pages=max_pages,
    )


def archive(
    url: str, *, item: str | None = None, link: str | None = None, max_pages: int = 20
) -> Listing:
    """A category, tag or section archive: the first page at ``url``, page N at ``url/page/N/``."""
    first = url if url.endswith("/") else f"{url}/"
    return Listing(
        url=f"{first}page/{{page}}/", first_url=first, item=item, link=link, max_pages=max_pages
    )


CLASSIC = Layout(
    title=("h1.entry-title",),
    body=("div.entry-content p", ".entry-content p"),
    published=(
        "meta[property='article:published_time']::attr(content)",
        "time.entry-date::attr(datetime)",
    ),
    tags=(".tags-links a",),
)

# tagDiv Newspaper
TAGDIV = Layout(
    title=("h1.tdb-title-text", "h1.entry-title"),
    body=(".tdb_single_content p", ".td-post-content p"),
    published=("time.entry-date::attr(datetime)",),
)
