"""Publishing systems: the addresses that their listings give."""

from __future__ import annotations

from newscrawl.discovery import page_url
from newscrawl.platforms import arc, blox, quintype, wijeya, wordpress


def test_wordpress_rest_list() -> None:
    listing = wordpress.posts("https://a.example/", per_page=100)
    assert listing.kind == "wordpress"
    assert page_url(listing, 1).startswith(
        "https://a.example/wp-json/wp/v2/posts?per_page=100&page=1&_fields=id,date,"
    )
    assert "&page=2&" in page_url(listing, 2)


def test_wordpress_archive_has_no_number_on_its_first_page() -> None:
    listing = wordpress.archive("https://a.example/tag/x", item="article", link="a")
    assert page_url(listing, 1) == "https://a.example/tag/x/"
    assert page_url(listing, 2) == "https://a.example/tag/x/page/2/"


def test_blox_counts_stories_not_pages() -> None:
    listing = blox.search("https://a.example/", "news")
    assert page_url(listing, listing.first_page).endswith("&category=news&o=000")
    assert page_url(listing, 2).endswith("&o=200")
    assert "{" not in page_url(listing, 2)


def test_quintype_counts_stories_not_pages() -> None:
    listing = quintype.stories("https://a.example/", 7)
    assert page_url(listing, 0).endswith("/api/v1/stories?limit=10&section-id=7&offset=00")
    assert page_url(listing, 3).endswith("&offset=30")


def test_arc_feeds() -> None:
    assert arc.feed("https://a.example/") == (
        "https://a.example/arc/outboundfeeds/rss/?outputType=xml"
    )
    assert arc.feed("https://a.example", "/nz") == (
        "https://a.example/arc/outboundfeeds/rss/section/nz/?outputType=xml"
    )


def test_arc_sitemaps() -> None:
    assert arc.sitemap_index("https://a.example/") == (
        "https://a.example/feeds/sitemapindex-category/?outputType=xml"
    )


def test_wijeya_sections_have_one_page() -> None:
    assert wijeya.section("https://a.example/news/1", item="h5").max_pages == 1
