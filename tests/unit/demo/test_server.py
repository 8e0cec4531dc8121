from __future__ import annotations

import json
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse
from urllib.parse import urlsplit

import pytest

from newscrawl.dedup import canonical_url
from newscrawl.demo import DemoServer
from newscrawl.demo.routes import story_url, variants
from newscrawl.discovery import read_feed, read_listing, read_section, read_sitemap
from newscrawl.extract import extract


@pytest.fixture(scope="module")
def server() -> Iterator[DemoServer]:
    with DemoServer() as running:
        yield running


def _ask(
    server: DemoServer, url: str, method: str = "GET", **headers: str
) -> tuple[HTTPResponse, bytes]:
    parts = urlsplit(url)
    connection = HTTPConnection("127.0.0.1", server.port, timeout=10)
    target = parts.path + (f"?{parts.query}" if parts.query else "")
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(method, target, headers={"Host": parts.netloc, **named})
    response = connection.getresponse()
    body = response.read()
    connection.close()
    return response, body


def _read(server: DemoServer, url: str) -> bytes:
    response, body = _ask(server, url)
    assert response.status == 200, url
    return body


def test_the_sources_name_every_story(server: DemoServer) -> None:
    for paper, site in zip(server.world.papers, server.sites(), strict=True):
        named: set[str] = set()
        for feed in site.feeds:
            body = _read(server, feed)
            named |= {c.url for c in read_feed(body, feed, None, site.name).candidates}
        for sitemap in site.news_sitemaps:
            body = _read(server, sitemap)
            named |= {c.url for c in read_sitemap(body, sitemap, site.name).candidates}
        for listing in site.listings:
            if listing.kind == "wordpress":
                for page in ("", "&page=2"):
                    body = _read(server, listing.url + page)
                    reading = read_listing(body, listing.url, site, listing)
                    named |= {c.url for c in reading.candidates}
            else:
                for number in range(1, 4):
                    url = listing.url.format(page=number)
                    html = _read(server, url).decode()
                    named |= {c.url for c in read_section(html, url, site, listing).candidates}
        if site.discover:
            url = f"{site.home}feed.xml"
            assert b"/feed.xml" in _read(server, site.home)
            named = {c.url for c in read_feed(_read(server, url), url, None, site.name).candidates}
        plain = {url.partition("?")[0] for url in named}
        assert {story_url(paper, story) for story in paper.stories} <= plain, paper.name


def test_pages_hold_the_stories(server: DemoServer) -> None:
    for paper, site in zip(server.world.papers, server.sites(), strict=True):
        for story in paper.stories:
            if story.closed:
                continue
            url = story_url(paper, story)
            article = extract(_read(server, url), url, site=site)
            assert article.title == story.title
            told = list(story.paragraphs)
            if site.discover and story.standfirst:  # no record tells what is a standfirst
                told.insert(0, story.standfirst)
            assert article.body == "\n\n".join(told), url
            assert article.canonical_url == canonical_url(url, site)
            assert article.published_local is not None
            assert article.published_local.date() == story.published.date()
            if story.source:
                assert article.source_name == story.source
                assert article.source_kind == "partner"
                assert article.authors == [story.author]
            for path in variants(paper, story).values():
                other = extract(_read(server, paper.home.rstrip("/") + path), url, site=site)
                assert other.body == article.body
                assert other.canonical_url == article.canonical_url


def test_the_hub_page_has_the_seeds_anatomy(server: DemoServer) -> None:
    url = "http://storyexchange.example/cambodian-islands-vote-to-let-their-fish-rest/"
    html = _read(server, url).decode()
    assert html.count("Vann Ratha") == 2
    assert "<p>KRATIE – Villagers" in html
    assert "scroll to top" in html
    site = next(site for site in server.sites() if site.name == "storyexchange")
    article = extract(html, url, site=site)
    assert article.dateline == "KRATIE"
    assert article.images[0].credit == "CHAN NARY"


def test_conditional_requests(server: DemoServer) -> None:
    url = "http://deltalamp.example/atom.xml"
    response, body = _ask(server, url)
    etag, changed = response.headers["ETag"], response.headers["Last-Modified"]
    assert body
    assert _ask(server, url, If_None_Match=etag)[0].status == 304
    assert _ask(server, url, If_None_Match='"other"')[0].status == 200
    assert _ask(server, url, If_Modified_Since=changed)[0].status == 304
    assert _ask(server, url, If_Modified_Since="Sun, 01 Dec 2024 00:00:00 GMT")[0].status == 200
    assert _ask(server, url, If_Modified_Since="nonsense")[0].status == 200
    assert _ask(server, url, "HEAD")[1] == b""


def test_unknown_hosts_and_paths(server: DemoServer) -> None:
    assert _ask(server, "http://elsewhere.example/")[0].status == 404
    assert _ask(server, "http://nanjin.example/nothing")[0].status == 404
    url = "http://tonleherald.example/wp-json/wp/v2/posts?per_page=x"
    assert _ask(server, url)[0].status == 404


def test_robots_closes_members_pages(server: DemoServer) -> None:
    for paper in server.world.papers:
        body = _read(server, f"{paper.home}robots.txt").decode()
        assert "Disallow: /members/" in body
    closed = [s for paper in server.world.papers for s in paper.stories if s.closed]
    assert len(closed) == 1


def test_the_next_poll_while_running() -> None:
    with DemoServer() as running:
        feed = "http://menamdaily.example/rss.xml"
        first, before = _ask(running, feed)
        page = "http://tonlethmey.example/article/1046"
        assert _ask(running, page)[0].status == 404
        running.advance()
        second, after = _ask(running, feed, If_None_Match=first.headers["ETag"])
        assert second.status == 200
        assert before != after
        assert _ask(running, page)[0].status == 200
        old = "http://deltalamp.example/posts/floating-clinic/"
        tag = _ask(running, old)[0].headers["ETag"]
        running.advance()
        assert _ask(running, old, If_None_Match=tag)[0].status == 304
        assert running.statuses[304] == 1


def test_the_list_of_posts_is_the_api_of_wordpress(server: DemoServer) -> None:
    url = "http://tonleherald.example/wp-json/wp/v2/posts?per_page=4"
    response, body = _ask(server, url)
    assert response.headers["X-WP-TotalPages"] == "2"
    posts = json.loads(body)
    assert len(posts) == 4
    assert {"id", "date", "date_gmt", "link", "title", "excerpt"} <= posts[0].keys()
