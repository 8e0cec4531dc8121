"""Pages and feeds of nothing but tags cost neither a gigabyte nor seconds."""

from __future__ import annotations

import time

from newscrawl.discovery import read_feed, read_section
from newscrawl.site import Site

SITE = Site(
    name="a", title="A", country="ZZ", languages=("en",), timezone="UTC",
    domains=("a.test",), home="http://a.test/",
)  # fmt: skip
LINK = '<a href="/news/bridge-repair-to-begin.html">Bridge repair to begin after the rains</a>'


def test_a_section_is_read_up_to_the_limit() -> None:
    began = time.process_time()
    html = f"<html><body>{LINK}{'<i>' * 1_000_000}"
    reading = read_section(html, "http://a.test/", SITE)
    assert [x.url for x in reading.candidates] == ["http://a.test/news/bridge-repair-to-begin.html"]
    assert "too_many_tags" in {x.word for x in reading.problems}
    assert time.process_time() - began < 3


def test_a_feed_is_read_up_to_the_limit() -> None:
    began = time.process_time()
    item = "<item><title>Bridge</title><link>http://a.test/news/a.html</link></item>"
    xml = f"<rss><channel>{item}{'<b></b>' * 320_000}</channel></rss>"
    reading = read_feed(xml.encode(), "http://a.test/feed.xml", None, "a")
    assert [x.url for x in reading.candidates] == ["http://a.test/news/a.html"]
    assert "too_many_tags" in {x.word for x in reading.problems}
    assert time.process_time() - began < 5
