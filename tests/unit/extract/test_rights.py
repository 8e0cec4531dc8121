"""Robots directives, TDM reservation, licence and copyright as seen."""

from __future__ import annotations

from datetime import UTC, datetime

from newscrawl.extract.dom import Document
from newscrawl.extract.rights import read_rights, read_robots
from newscrawl.extract.structured import Structured, read_structured
from newscrawl.items import Page


def _read(html: str, *headers: tuple[str, str]) -> tuple[Structured, Page]:
    at = datetime(2026, 11, 10, tzinfo=UTC)
    page = Page("https://a.example/x", "https://a.example/x", 200, headers, b"", at)
    return read_structured(Document.parse(html, page.url)), page


def test_directives_of_meta_and_header_once_each() -> None:
    html = '<meta name="ROBOTS" content="NoArchive, max-image-preview:large">'
    html += '<meta name="googlebot-news" content="noindex">'
    found = read_robots(*_read(html, ("x-robots-tag", "noarchive"), ("x-robots-tag", "noai")))
    assert found == "noarchive, max-image-preview:large, googlebot-news: noindex, noai"


def test_nothing_said_is_none() -> None:
    assert read_robots(*_read("<p>x</p>")) is None
    assert read_rights(*_read("<p>x</p>")) is None


def test_reservation_licence_and_copyright() -> None:
    html = (
        '<meta name="tdm-policy" content="https://a.example/tdm"><link rel="license"'
        ' href="https://creativecommons.org/licenses/by/4.0/"><meta name="copyright"'
        ' content="© 2026 Daily&#10;Example">'
    )
    assert read_rights(*_read(html, ("tdm-reservation", "1"))) == (
        "tdm-reservation=1; tdm-policy=https://a.example/tdm; "
        "license=https://creativecommons.org/licenses/by/4.0/; copyright=© 2026 Daily Example"
    )


def test_the_holder_stands_in_for_a_notice() -> None:
    html = (
        '<script type="application/ld+json">{"@type":"NewsArticle","headline":"x",'
        '"copyrightYear":2026,"copyrightHolder":{"name":"Daily Example"}}</script>'
    )
    assert read_rights(*_read(html)) == "copyright=© 2026 Daily Example"


def test_control_characters_of_a_header_are_dropped() -> None:
    assert read_robots(*_read("", ("x-robots-tag", "no\x1b[31mindex"))) == "no[31mindex"
