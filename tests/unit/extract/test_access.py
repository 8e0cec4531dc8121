"""Free, metered, locked or unknown, with the evidence."""

from __future__ import annotations

import pytest

from newscrawl.extract.access import read_access
from newscrawl.extract.dom import Document
from newscrawl.extract.structured import read_structured


def _ld(value: str) -> str:
    return (
        '<script type="application/ld+json">{"@type":"NewsArticle","headline":"x",'
        f'"isAccessibleForFree":{value}}}</script>'
    )


@pytest.mark.parametrize(
    ("html", "access", "evidence"),
    [
        (_ld("false"), "locked", "jsonld:isAccessibleForFree"),
        (_ld('"False"'), "locked", "jsonld:isAccessibleForFree"),
        (_ld('"http://schema.org/False"'), "locked", "jsonld:isAccessibleForFree"),
        (_ld("true"), "free", "jsonld:isAccessibleForFree"),
        (_ld('"True"'), "free", "jsonld:isAccessibleForFree"),
        (
            _ld('true,"hasPart":{"@type":"WebPageElement","isAccessibleForFree":"False"}'),
            "metered", "jsonld:hasPart",
        ),
        ('<meta name="article:content_tier" content="metered">', "metered",
         "meta:article:content_tier"),
        ('<div class="article-paywall"><p>Subscribe to read on</p></div>', "locked",
         "class:paywall"),
        ('<div class="paywall"></div>', "unknown", ""),
        ("<p>x</p>", "unknown", ""),
    ],
)  # fmt: skip
def test_access(html: str, access: str, evidence: str) -> None:
    document = Document.parse(html, "https://a.example/x")
    found = read_access(document, read_structured(document))
    assert (found.value, found.source) == (access, evidence)


def test_the_sites_own_rule_stands_where_a_page_says_nothing() -> None:
    document = Document.parse("<p>x</p>", "https://a.example/x")
    assert read_access(document, read_structured(document), "metered").value == "metered"
