"""Listing APIs: WordPress posts and JSON by dotted paths."""

from __future__ import annotations

import json

import pytest

from newscrawl.discovery import read_listing, wordpress_url
from newscrawl.items import Via
from newscrawl.site import Listing

URL = "https://p.example/wp-json/wp/v2/posts?per_page=2&page=1"
WORDPRESS = Listing(
    url="https://p.example/wp-json/wp/v2/posts?per_page=2&page={page}", kind="wordpress"
)
POSTS = [
    {
        "id": 4711,
        "date": "2026-11-10T08:30:00",
        "date_gmt": "2026-11-10T01:30:00",
        "modified_gmt": "2026-11-10T02:00:00",
        "link": "https://p.example/national/roads/",
        "title": {"rendered": "Council &#8216;votes&#8217;"},
        "excerpt": {"rendered": "<p>At night.</p>\n"},
        "content": {"rendered": "<p>The council voted.</p>"},
        "_embedded": {
            "author": [{"name": "Vann Example"}],
            "wp:featuredmedia": [{"source_url": "https://p.example/r.jpg"}],
            "wp:term": [
                [{"taxonomy": "category", "name": "National"}],
                [{"taxonomy": "post_tag", "name": "roads"}],
            ],
        },
    },
    {
        "id": 4712,
        "link": "/national/two/",
        "title": {"rendered": "Two"},
        "date": "2026-11-09T08:00:00",
    },
]


def test_wordpress_posts() -> None:
    reading = read_listing(json.dumps(POSTS).encode(), URL, None, WORDPRESS)
    first, second = reading.candidates
    assert first.url == "https://p.example/national/roads/"
    assert first.via is Via.API
    assert first.title == "Council ‘votes’"
    assert first.published_raw == "2026-11-10T01:30:00Z"  # the API leaves the zone out
    assert first.modified_raw == "2026-11-10T02:00:00Z"
    assert first.summary == "At night."
    assert first.body_html == "<p>The council voted.</p>"
    assert (first.authors, first.keywords, first.section) == (
        ("Vann Example",),
        ("roads",),
        "National",
    )
    assert (first.image_url, first.publisher_id) == ("https://p.example/r.jpg", "4711")
    assert second.url == "https://p.example/national/two/"
    assert second.published_raw == "2026-11-09T08:00:00"  # local: no zone is made up
    assert reading.next_url == URL.replace("page=1", "page=2")
    assert reading.problems == ()


def test_warnings_before_the_json_are_passed_over() -> None:
    body = b"\xef\xbb\xbf<br />\n<b>Warning</b>: Undefined [x]\n" + json.dumps(POSTS).encode()
    reading = read_listing(body, URL, None, WORDPRESS)
    assert len(reading.candidates) == 2
    assert [x.word for x in reading.problems] == ["text_before_json"]


@pytest.mark.parametrize(
    ("body", "word", "empty"),
    [
        (b"[]", None, True),
        (b'{"code":"rest_post_invalid_page_number","message":"x"}', None, True),
        (b'{"code":"rest_forbidden","message":"no"}', "api_refused", False),
        (b"<!doctype html><html></html>", "html", False),
        (b"", "empty", False),
        (b"{" * 5000, "not_json", False),
        (b"[" * 100_000, "too_deep", False),
        (b'{"a": 1}', "no_entries", False),
        (b"\xff\xfe\x00", "not_json", False),
        (b'[{"link": 5}, 7, null, {"link": "javascript:x"}]', "no_address", False),
    ],
)
def test_what_is_no_list_of_posts(body: bytes, word: str | None, empty: bool) -> None:
    reading = read_listing(body, URL, None, WORDPRESS)
    assert reading.candidates == ()
    assert reading.next_url is None
    assert reading.empty is empty
    words = [x.word for x in reading.problems]
    assert (word in words) if word else not words


def test_json_by_dotted_paths() -> None:
    listing = Listing(
        url="https://p.example/api?page={page}",
        kind="json",
        item="data.list",
        link="urls.0.path",
        title="head.text",
        published="when",
    )
    body = {
        "data": {
            "list": [
                {
                    "urls": [{"path": "world/roads-1"}],
                    "head": {"text": "Roads"},
                    "when": 1_794_300_000,
                },
                {"urls": [], "head": None},
                {"urls": [{"path": "https://p.example/two"}], "head": {"text": "Two &amp; more"}},
            ]
        }
    }
    reading = read_listing(json.dumps(body).encode(), "https://p.example/api?page=4", None, listing)
    assert [(x.url, x.title, x.published_raw) for x in reading.candidates] == [
        ("https://p.example/world/roads-1", "Roads", "1794300000"),
        ("https://p.example/two", "Two & more", None),
    ]
    assert reading.next_url == "https://p.example/api?page=5"


def test_wordpress_addresses() -> None:
    url = wordpress_url("https://p.example/en/", 2, after="2026-11-01T00:00:00")
    assert url.startswith("https://p.example/en/wp-json/wp/v2/posts?per_page=100&page=2&")
    assert "after=2026-11-01T00:00:00" in url
    assert "date_gmt" in url


def test_html_listing_goes_to_the_section_reader() -> None:
    listing = Listing(url="https://p.example/n?p={page}", item="li", first_page=0)
    body = "<ul><li><a href='/2026/11/10/roads-of-the-north'>ถนน</a></li></ul>".encode("cp874")
    reading = read_listing(
        body, "https://p.example/n?p=0", None, listing, "text/html; charset=tis-620"
    )
    assert [x.title for x in reading.candidates] == ["ถนน"]
    assert reading.next_url == "https://p.example/n?p=1"
