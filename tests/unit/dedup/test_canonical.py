"""Canonical URLs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.dedup import canonical_url, is_url
from newscrawl.site import Site

SLUG = "https://daily.example/2024/05/12/river-port-reopens-after-storm"
WITH_ID = "https://daily.example/news/4821930/river-port-reopens"

SAME = [
    (SLUG, variant)
    for variant in (
        "http://daily.example/2024/05/12/river-port-reopens-after-storm",
        "https://WWW.Daily.Example/2024/05/12/river-port-reopens-after-storm/",
        "https://daily.example:443/2024/05/12/river-port-reopens-after-storm",
        "https://daily.example./2024/05/12/river-port-reopens-after-storm?",
        "https://daily.example/./2024/05//12/x/../river-port-reopens-after-storm#comments",
        SLUG + "?utm_source=x&utm_medium=y&fbclid=Iw1",
        SLUG + "?from=groupmessage&isappinstalled=0",
        SLUG + "?s=09",
        SLUG + "&",
        SLUG + "?amp",
        SLUG + "/amp/",
        "https://amp.daily.example/2024/05/12/river-port-reopens-after-storm",
        "https://daily.example/amp/2024/05/12/river-port-reopens-after-storm",
        "https://m.daily.example/2024/05/12/river-port-reopens-after-storm",
        SLUG + "?outputType=amp",
        SLUG + "?page=2",
        SLUG + "?page=all",
        SLUG + "/2",
        SLUG + "/page/3/",
        SLUG + "/print/",
        SLUG + "?print=1&tmpl=component",
        "https://daily-example.cdn.ampproject.org/c/s/daily.example/2024/05/12/river-port-reopens-after-storm",
        "https://www.google.com/amp/s/daily.example/2024/05/12/river-port-reopens-after-storm/amp",
        "https://web.archive.org/web/20240605101010id_/http://www.daily.example/2024/05/12/river-port-reopens-after-storm",
        "https://archive.ph/2024.06.01-120000/https://daily.example/2024/05/12/river-port-reopens-after-storm",
        "https://l.facebook.com/l.php?u=https%3A%2F%2Fdaily.example%2F2024%2F05%2F12%2Friver-port-reopens-after-storm%3Ffbclid%3Dx&h=AT",
        "https://daily-example.translate.goog/2024/05/12/river-port-reopens-after-storm?_x_tr_sl=auto",
        "https://user:secret@daily.example/2024/05/12/river-port-reopens-after-storm",
        "//daily.example/2024/05/12/river-port-reopens-after-storm",
        SLUG + ";jsessionid=0123456789ABCDEF",
    )
    if variant != SLUG + "&"
] + [
    ("https://a.example/", "http://www.a.example/index.html"),
    ("https://a.example/?id=7", "https://a.example/default.aspx?id=7"),
    ("https://a.example/x?a=1&b=2", "https://a.example/x?b=2&a=1&b=2"),
    ("https://a.example/n/c_8517037426.htm", "http://a.example/n/c_8517037426_3.htm"),
    ("https://a.example/n/c1002-40457048.html", "http://a.example/n/c1002-40457048-2.html"),
    ("https://a.example/story-185454652583.htm", "https://a.example/story-185454652583.amp"),
    ("https://a.example/story-10136.html", "https://a.example/story-10136-amp.html"),
    ("https://a.example/articleshow/1234567.cms", "https://a.example/amp_articleshow/1234567.cms"),
    ("https://a.example/Detail.aspx?NewsID=7", "https://a.example/Print.aspx?NewsID=7"),
    ("https://a.example/ข่าว-1", "https://a.example/%e0%b8%82%E0%B9%88%E0%B8%B2%E0%B8%A7-1"),
    ("https://例.example/x", "https://xn--fsq.example/x"),
    ("https://a.example/articles/0f3c9a7e5d2b4816", "https://a.example/articles/0f3c9a7e5d2b4816?page=2"),
    ("https://a.example/news/local/6632715", "https://a.example/news/local/6632715?page=3"),
    ("https://a.example/x?id=9", "https://a.example/x?id=9&PHPSESSID=0123456789abcdef0123456789"),
    (
        "https://a.example/index.php?option=com_content&view=article&id=41:a-b",
        "https://a.example/?id=41:a-b&Itemid=3&view=article&option=com_content&catid=2&print=1",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), SAME)
def test_addresses_of_one_article(one: str, other: str) -> None:
    assert canonical_url(one) == canonical_url(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://a.example/x?id=1", "https://a.example/x?id=2"),
        ("https://a.example/?p=1", "https://a.example/?p=2"),
        ("https://a.example/news?page=1", "https://a.example/news?page=2"),
        ("https://a.example/storm-hits-old-port", "https://a.example/storm-hits-old-port-2"),
        ("https://a.example/n/storm-hits-port.html", "https://a.example/n/storm-hits-port-2.html"),
        ("https://a.example/en/news/12345", "https://a.example/km/news/12345"),
        ("https://en.a.example/a/1", "https://km.a.example/a/1"),
        ("https://a.example/x?lang=en&id=9", "https://a.example/x?lang=zh&id=9"),
        ("https://a.example/a/423369149_998756", "https://a.example/a/423369149_998751"),
        ("https://a.example/?12345", "https://a.example/?12346"),
        ("https://a.example/x?from=2024", "https://a.example/x?from=2023"),
        ("https://a.example/x?s=storm", "https://a.example/x?s=flood"),
        ("https://a.example/x%2Fy", "https://a.example/x/y"),
        ("https://a.example/x?q=a%26b=1", "https://a.example/x?q=a&b=1"),
        ("https://a.example/Ab3X", "https://a.example/aB3x"),
        ("https://a.example:8080/x", "https://a.example/x"),
        ("https://m.co.uk/x", "https://co.uk/x"),
        ("https://a.example/2024/1", "https://a.example/2024/2"),
        ("https://a.example/news-of-the-old-port/1", "https://a.example/news-of-the-old-port/2"),
        ("https://a.example/n/20240512_2.html", "https://a.example/n/20240512_3.html"),
        ("https://a.example/n/t240512-2.html", "https://a.example/n/t240512-3.html"),
        ("https://a.example/print.php?print=12345", "https://a.example/print.php?print=12346"),
        ("https://a.example/show.php?s=12", "https://a.example/show.php?s=13"),
        ("https://a.example/x?sid=1234567890123456", "https://a.example/x?sid=1234567890123457"),
        ("https://a.example/news/20240512?page=1", "https://a.example/news/20240512?page=2"),
        ("https://a.example/tag/123456?page=1", "https://a.example/tag/123456?page=2"),
        ("https://a.example/x?recid=1", "https://a.example/x?recid=2"),
    ],
)  # fmt: skip
def test_near_misses_stay_apart(one: str, other: str) -> None:
    assert canonical_url(one) != canonical_url(other)


@pytest.mark.parametrize(
    "text", ["", "no url", "javascript:void(0)", "mailto:a@b.example", "ftp://a.example/x", "a:",
             "https:///x", "http://[bad/x", "http://a b/c", "x" * 10_000, "https://" + "a" * 300]
)  # fmt: skip
def test_no_url_comes_back_unchanged(text: str) -> None:
    assert canonical_url(text) == text
    assert not is_url(text)


def test_the_form_is_a_url_and_its_own_form() -> None:
    for one, other in SAME:
        for url in (one, other):
            form = canonical_url(url)
            assert form.startswith("https://")
            assert form.isascii()
            assert canonical_url(form) == form


@given(st.text(max_size=40), st.text(max_size=30))
def test_any_text_in_a_url_is_survived(path: str, query: str) -> None:
    form = canonical_url(f"https://a.example/{path}?{query}")
    assert canonical_url(form) == form


def test_site_domains_are_one_site() -> None:
    site = Site(
        name="post", title="Post", country="KH", languages=("en",), timezone="Asia/Phnom_Penh",
        domains=("post.example", "postnews.example"), home="https://post.example/",
    )  # fmt: skip
    assert canonical_url("https://www.postnews.example/a", site) == "https://post.example/a"
    assert canonical_url("https://km.postnews.example/a", site) == "https://km.post.example/a"
    assert canonical_url("https://other.example/a", site) == "https://other.example/a"
