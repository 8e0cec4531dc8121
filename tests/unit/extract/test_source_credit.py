"""The paper or agency a story is credited to, and where it first stood."""

from __future__ import annotations

import pytest

from newscrawl.extract.dom import Document
from newscrawl.extract.source_credit import publisher_name, read_source
from newscrawl.extract.structured import read_structured


@pytest.mark.parametrize(
    ("html", "name", "origin"),
    [
        ('<meta name="syndication-source" content="https://paper.example/a">', None,
         "https://paper.example/a"),
        ('<link rel="original-source" href="https://paper.example/a">', None,
         "https://paper.example/a"),
        ('<span class="article-source">Source: The Phnom Penh Post</span>',
         "The Phnom Penh Post", None),
        ('<span class="laiyuan">来源：新华社</span>', "新华社", None),
        ('<script type="application/ld+json">{"@type":"NewsArticle","headline":"x","publisher":{'
         '"name":"Daily"},"provider":{"name":"Daily"},"sourceOrganization":{"name":"AFP"},'
         '"isBasedOn":"https://afp.example/1"}</script>', "AFP", "https://afp.example/1"),
        ('<span class="source">Daily Example</span>', None, None),
        ('<div class="related"><span class="source">Reuters</span></div>', None, None),
        ('<meta name="original-source" content="javascript:alert(1)">', None, None),
    ],
)  # fmt: skip
def test_credits(html: str, name: str | None, origin: str | None) -> None:
    document = Document.parse(html, "https://daily.example/x")
    found = read_source(document, read_structured(document), "Daily Example")
    assert (found.name, found.origin_url) == (name, origin)


def test_the_publisher_by_order_of_trust() -> None:
    html = (
        '<meta property="og:site_name" content="daily.example"><script type="application/ld+json">'
        '{"@graph":[{"@type":"NewsArticle","headline":"x","publisher":{"@id":"#org"}},{"@type":'
        '"Organization","@id":"#org","name":"Daily Example"}]}</script>'
    )
    document = Document.parse(html, "https://daily.example/x")
    assert publisher_name(read_structured(document)) == ("Daily Example", "jsonld:publisher")
    bare = Document.parse("<p>x</p>", "https://daily.example/x")
    assert publisher_name(read_structured(bare)) == ("", "")
