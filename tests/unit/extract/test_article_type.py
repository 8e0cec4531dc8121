"""The kind of a story."""

from __future__ import annotations

import pytest

from newscrawl.extract.article_type import read_type
from newscrawl.extract.dom import Document
from newscrawl.extract.structured import read_structured

LD = '<script type="application/ld+json">{{"@type":"{}","headline":"x"}}</script>'


@pytest.mark.parametrize(
    ("html", "url", "section", "kind"),
    [
        (LD.format("NewsArticle"), "/a/b", None, "news"),
        (LD.format("LiveBlogPosting"), "/a/b", None, "liveblog"),
        (LD.format("OpinionNewsArticle"), "/a/b", None, "opinion"),
        (LD.format("NewsArticle"), "/opinion/why-bridges", None, "opinion"),
        (LD.format("NewsArticle"), "/a/b", "Editorial", "opinion"),
        (LD.format("NewsArticle"), "/a/b", "社説", "opinion"),
        (LD.format("Article"), "/press-release/x", None, "press_release"),
        ("", "/photos/flood-in-pictures", None, "gallery"),
        ('<meta property="og:type" content="article">', "/a/b", "World", "news"),
        (LD.format("NewsArticle"), "/news/opinion-poll-shows", None, "news"),
    ],
)
def test_kinds(html: str, url: str, section: str | None, kind: str) -> None:
    document = Document.parse(html, "https://a.example" + url)
    found = read_type(document.url, read_structured(document), section)
    assert found is not None
    assert found.value == kind


def test_a_page_that_says_nothing_has_no_kind() -> None:
    document = Document.parse("<p>x</p>", "https://a.example/x")
    assert read_type(document.url, read_structured(document), None) is None
