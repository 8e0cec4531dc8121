"""A page becomes an article: fields merged in a stated order, with provenance, limits and flags."""

from __future__ import annotations

import json
from dataclasses import fields
from datetime import UTC, date, datetime

import newscrawl
from newscrawl.extract import NO_TIME, extract_page, page_of
from newscrawl.items import Article, Candidate, Page, Via
from newscrawl.site import Layout, Site

URL = "https://daily.example/news/2026/11/bridge-opens-48213"
AT = datetime(2026, 11, 12, tzinfo=UTC)
PARAGRAPHS = [
    "The old bridge over the river carries traffic again after two years of repairs, the governor"
    " said on Tuesday at a ceremony that hundreds of people from both banks attended.",
    "“We waited a long time for this day,” said a teacher who crosses the river every morning and"
    " used the ferry while the bridge was closed.",
    "The work cost twelve million dollars and was paid for by the province, which plans to charge"
    " lorries a toll from next year.",
]
LD = {
    "@type": "NewsArticle",
    "headline": "Old bridge opens again",
    "datePublished": "2026-11-10T08:30:00+07:00",
    "dateModified": "2026-11-10T10:00:00+07:00",
    "author": [{"@type": "Person", "name": "Sokha Vann"}],
    "articleSection": "Local",
    "keywords": ["bridge", "transport"],
    "isAccessibleForFree": True,
    "publisher": {"@type": "Organization", "name": "Daily Example"},
}


def _html(ld: object = LD, extra: str = "", lang: str = "en") -> str:
    text = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    return (
        f'<html lang="{lang}"><head><title>Old bridge opens again | Daily Example</title>'
        f'<link rel="canonical" href="{URL}"><meta name="robots" content="noarchive">{extra}'
        f'<script type="application/ld+json">{json.dumps(ld)}</script></head><body><article>'
        f"<h1>Old bridge opens again</h1>{text}</article></body></html>"
    )


def test_every_field_and_where_it_came_from() -> None:
    article = extract_page(page_of(_html(), URL, AT, [("ETag", '"x"')]))
    assert article.title == "Old bridge opens again"
    assert article.authors == ["Sokha Vann"]
    assert article.published_at == datetime(2026, 11, 10, 1, 30, tzinfo=UTC)
    assert article.modified_at == datetime(2026, 11, 10, 3, 0, tzinfo=UTC)
    assert article.body.split("\n\n") == PARAGRAPHS
    assert (article.section, article.tags) == ("Local", ["bridge", "transport"])
    assert (article.access, article.article_type, article.language) == ("free", "news", "en")
    assert (article.publisher, article.site, article.host) == (
        "Daily Example", "daily.example", "daily.example",
    )  # fmt: skip
    assert article.canonical_url == URL
    assert article.robots_directives == "noarchive"
    assert (article.etag, article.http_status) == ('"x"', 200)
    assert len(article.raw_sha256 or "") == 64
    sources = {entry.field: entry.source for entry in article.provenance}
    assert sources["authors"] == "jsonld:author"
    assert sources["section"] == "jsonld:articleSection"
    assert sources["published"] == "jsonld"
    assert {"title", "body", "tags", "access", "canonical_url"} <= set(sources)


def test_layout_of_the_site_wins_and_dated_layouts_hold_for_their_time() -> None:
    site = Site(
        name="daily", title="The Daily", country="KH", languages=("en",),
        timezone="Asia/Phnom_Penh", domains=("daily.example",), home="https://daily.example/",
        layouts=(
            Layout(title=("h1.old",), until=date(2020, 1, 1)),
            Layout(title=("h1.new",), byline=("b.by",), section=("i::attr(data-s)",)),
        ),
    )  # fmt: skip
    extra = (
        '<h1 class="old">Old rule</h1><h1 class="new">New rule</h1><b class="by">By Mina Lim</b>'
    )
    html = _html().replace("<article>", f'<article>{extra}<i data-s="Province"></i>')
    article = extract_page(page_of(html, URL, AT), site)
    assert (article.title, article.authors, article.section) == (
        "New rule", ["Mina Lim"], "Province",
    )  # fmt: skip
    assert (article.publisher, article.site, article.country) == ("The Daily", "daily", "KH")
    older = extract_page(page_of(html.replace("2026-11-10", "2019-11-10"), URL, AT), site)
    assert older.title == "Old rule"


def test_the_date_that_a_layout_points_at_is_as_exact_as_its_value() -> None:
    layout = Layout(published=("b.at::attr(title)",), body=("article p",))
    site = Site(
        name="daily", title="The Daily", country="PK", languages=("en",), timezone="Asia/Karachi",
        domains=("daily.example",), home="https://daily.example/", layouts=(layout,),
    )  # fmt: skip
    shown = 'November 10, 2026 06:48 AM <b class="at" title="2026-11-10T06:48:22+05:00"></b>'
    html = _html(ld={}).replace("<article>", f'<div class="date">{shown}</div><article>')
    article = extract_page(page_of(html, URL, AT), site)
    assert article.published_at == datetime(2026, 11, 10, 1, 48, 22, tzinfo=UTC)
    coarse = html.replace("2026-11-10T06:48:22+05:00", "10 November 2026")
    article = extract_page(page_of(coarse, URL, AT), site)
    assert article.published_at == datetime(2026, 11, 10, 1, 48, tzinfo=UTC)


def test_what_a_feed_said_fills_gaps_only() -> None:
    candidate = Candidate(
        url=URL, site="daily", via=Via.FEED, title="Feed title", authors=("Ann Lee",),
        section="Feed section", keywords=("fed",), summary="Feed summary",
        published_raw="2026-11-09T00:00:00Z", publisher_id="f-1", image_url="/i/feed-photo.jpg",
    )  # fmt: skip
    page = page_of("<p>x</p>", URL, AT)
    page = Page(URL, URL, 200, page.headers, page.body, AT, candidate)
    article = extract_page(page)
    assert article.title == "Feed title"
    assert article.authors == ["Ann Lee"]
    assert (article.section, article.tags) == ("Feed section", ["fed"])
    assert article.publisher_article_id == "f-1"
    assert article.images[0].url == "https://daily.example/i/feed-photo.jpg"
    assert article.discovered_via == Via.FEED
    whole = extract_page(Page(URL, URL, 200, page.headers, _html().encode(), AT, candidate))
    assert whole.title == "Old bridge opens again"
    assert whole.authors == ["Sokha Vann"]


def test_the_text_of_a_feed_stands_in_for_an_empty_page() -> None:
    body = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    candidate = Candidate(url=URL, site="daily", via=Via.FEED, body_html=body)
    page = Page(URL, URL, 200, (), b"<div id=root></div>", AT, candidate)
    article = extract_page(page)
    assert PARAGRAPHS[1] in article.body
    assert ("body", "feed") in [(p.field, p.source) for p in article.provenance]


def test_values_are_cut_and_the_cut_is_flagged() -> None:
    ld = LD | {
        "headline": "Bridge " * 95,
        "keywords": [f"tag {n}" for n in range(3_000)],
        "author": [{"name": f"Ann {chr(65 + n % 26)}{chr(97 + n // 26)}son"} for n in range(300)],
        "articleSection": "x" * 5_000,
    }  # fmt: skip
    article = extract_page(page_of(_html(ld), URL, AT))
    assert len(article.title) <= 500
    assert len(article.tags) <= 100
    assert len(article.authors) <= 50
    assert len(article.section or "") <= 100


def test_no_control_character_reaches_a_field() -> None:
    dirty = "Old\x00 bridge\x1b[31m opens\x07\x9b"
    html = _html(LD | {"headline": dirty, "author": dirty, "articleSection": dirty})
    html = html.replace("Old bridge opens again", dirty)
    article = extract_page(page_of(html, URL + "?a=\x1b]0;x\x07", AT))
    for field in fields(Article):
        value = str(getattr(article, field.name))
        assert not any(ch < " " and ch not in "\n\t" for ch in value), field.name


def test_bytes_in_a_legacy_encoding_are_decoded() -> None:
    html = "<meta charset=big5><title>舊橋重開</title><h1>舊橋重開</h1><p>舊橋今日重新開放。</p>"
    assert extract_page(page_of(html.encode("big5"), URL, AT)).title == "舊橋重開"


def test_joiners_and_zero_width_spaces_are_kept() -> None:
    word = "ශ්‍රී\u200bលំកា क्‍ष"
    text = "".join(f"<p>{p} {word}</p>" for p in PARAGRAPHS)
    html = f"<h1>{word}</h1><article>{text}</article>"
    article = extract_page(page_of(html, URL, AT))
    assert article.title == word
    assert article.body.count(word) >= 3


def test_without_a_time_of_fetch_none_is_made_up() -> None:
    article = extract_page(page_of("<h1>x</h1><time>2 hours ago</time>", URL))
    assert article.fetched_at is None
    assert article.published_at is None
    assert page_of("", URL).fetched_at == NO_TIME


def test_a_locked_page_is_flagged_as_partial() -> None:
    article = extract_page(page_of(_html(LD | {"isAccessibleForFree": "False"}), URL, AT))
    assert article.access == "locked"
    assert "paywalled" in article.quality_flags


def test_conflicts_are_flagged() -> None:
    html = _html(LD | {"headline": "Something else entirely"})
    assert "title_conflict" in extract_page(page_of(html, URL, AT)).quality_flags


def test_the_call_of_the_package_is_the_whole_way() -> None:
    article = newscrawl.extract(_html(), URL, fetched_at=AT)
    assert article.title == "Old bridge opens again"
    assert article.body.split("\n\n") == PARAGRAPHS
