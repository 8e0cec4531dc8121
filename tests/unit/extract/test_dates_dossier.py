"""From the evidence of whole pages to their dates: precedence, liars, zones. Pages are invented."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime

import pytest

from newscrawl.extract.dates import (
    DateContext,
    DateEvidence,
    ResolvedDates,
    date_context,
    find_dates,
    resolve_date,
    resolve_dates,
)
from newscrawl.extract.dates.urls import url_day
from newscrawl.extract.dom import Document
from newscrawl.extract.structured import read_structured
from newscrawl.items import Candidate, Precision, Via
from newscrawl.site import Site

FETCHED = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
URL = "https://news.example/story"


def page(head: str = "", before: str = "", after: str = "", body: str = "<p>Text.</p>") -> str:
    title = "Village repairs its old bridge"
    return (
        f"<html><head><title>{title}</title>{head}</head><body>{before}<h1>{title}</h1>{after}"
        f"<article>{body}</article></body></html>"
    )


def meta(**names: str) -> str:
    return "".join(
        f'<meta property="{name.replace("__", ":")}" content="{value}">'
        for name, value in names.items()
    )


def jsonld(**values: object) -> str:
    data = {"@type": "NewsArticle", "headline": "Village repairs its old bridge", **values}
    return f'<script type="application/ld+json">{json.dumps(data)}</script>'


def read(
    html: str,
    *,
    url: str = URL,
    zone: str | None = None,
    country: str | None = None,
    languages: tuple[str, ...] = (),
    candidate: Candidate | None = None,
) -> ResolvedDates:
    document = Document.parse(html, url)
    context = DateContext(languages=languages, country=country, timezone=zone, reference=FETCHED)
    return find_dates(document, read_structured(document), context, candidate=candidate)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def test_offset_in_jsonld_wins_and_local_time_is_the_sites() -> None:
    found = read(
        page(
            jsonld(datePublished="2026-11-10T08:30:00+07:00")
            + meta(article__published_time="2026-11-10T01:30:00Z"),
            after="<time>10 Nov 2026 08:30</time>",
        ),
        zone="Asia/Phnom_Penh",
    ).published
    assert found is not None
    assert found.at == at("2026-11-10T01:30:00+00:00")
    assert found.local == at("2026-11-10T08:30:00")
    assert (found.zone, found.precision, found.source) == ("Asia/Phnom_Penh", "second", "jsonld")
    assert found.raw == "2026-11-10T08:30:00+07:00"
    assert not found.conflict


def test_naive_value_is_in_the_sites_zone() -> None:
    html = page(meta(article__published_time="2026-11-10 08:30:00"))
    found = read(html, zone="Asia/Kathmandu").published
    assert found is not None
    assert found.at == at("2026-11-10T02:45:00+00:00")
    assert found.zone == "Asia/Kathmandu"


def test_an_unknown_zone_stays_unknown() -> None:
    found = read(page(meta(article__published_time="2026-11-10 08:30:00")))
    assert found.published is not None
    assert found.published.zone == ""
    assert found.published.local == at("2026-11-10T08:30:00")
    assert found.published.at == at("2026-11-10T08:30:00+00:00")
    assert "zone_unknown" in found.flags


def test_a_zone_is_guessed_from_the_domain_and_flagged() -> None:
    html = page(meta(article__published_time="2026-11-10 08:30:00"))
    document = Document.parse(html, "https://www.example.jp/news/1")
    context = date_context(None, document.url, (), FETCHED)
    found = find_dates(document, read_structured(document), context)
    assert found.published is not None
    assert found.published.at == at("2026-11-09T23:30:00+00:00")
    assert found.published.zone == "Asia/Tokyo"
    assert "zone_guessed" in found.flags


def test_a_zone_is_told_by_the_same_moment_in_two_forms() -> None:
    html = page(
        jsonld(datePublished="2026-11-10T01:09:55Z"),
        after='<time datetime="2026-11-09 18:09:55">November 9, 2026 at 6:09 p.m.</time>',
    )
    found = read(html).published
    assert found is not None
    assert found.at == at("2026-11-10T01:09:55+00:00")
    assert found.local == at("2026-11-09T18:09:55")
    assert found.zone == "-07:00"


def test_local_clock_labelled_utc_is_recognised_by_an_offset_elsewhere() -> None:
    # one value says Z, another the same clock at +07:00; hyphens in the time as one portal has them
    found = read(
        page(
            meta(publishdate="2023-11-02T20-59-53Z", article__published_time="2023-11-02T20:59:53Z")
            + jsonld(dateModified="2023-11-02T20:59:53+07:00")
        ),
        zone="Asia/Jakarta",
    )
    assert found.published is not None
    assert found.published.at == at("2023-11-02T13:59:53+00:00")
    assert "false_utc" in found.flags


def test_local_clock_labelled_utc_is_recognised_by_the_visible_clock() -> None:
    html = page(
        jsonld(datePublished="2026-11-10T08:30:00Z"), after="<p class=date>10 Nov 2026 08:30</p>"
    )
    found = read(html, zone="Asia/Kuala_Lumpur")
    assert found.published is not None
    assert found.published.at == at("2026-11-10T00:30:00+00:00")
    assert "false_utc" in found.flags


def test_local_clock_labelled_utc_is_recognised_by_true_utc_beside_it() -> None:
    html = page(
        jsonld(datePublished="2020-04-25T07:25:06Z")
        + meta(article__published_time="2020-04-24T21:25:06+00:00")
    )
    found = read(html, zone="Australia/Brisbane")
    assert found.published is not None
    assert found.published.at == at("2020-04-24T21:25:06+00:00")
    assert found.published.local == at("2020-04-25T07:25:06")


def test_true_utc_is_left_alone() -> None:
    html = page(
        jsonld(datePublished="2026-11-10T01:30:00Z"), after="<p class=date>10 Nov 2026 08:30</p>"
    )
    found = read(html, zone="Asia/Bangkok")
    assert found.published is not None
    assert found.published.at == at("2026-11-10T01:30:00+00:00")
    assert found.flags == ()


def test_midnight_is_a_placeholder_for_an_unknown_time() -> None:
    found = read(page(after="<p class=date>March 21, 2025 | 12:00am</p>"), zone="Asia/Manila")
    assert found.published is not None
    assert found.published.precision is Precision.DAY
    assert found.published.local == at("2025-03-21T00:00:00")
    assert found.published.at == at("2025-03-20T16:00:00+00:00")
    assert "midnight_placeholder" in found.flags


def test_a_time_on_the_same_day_fills_a_day() -> None:
    html = page(
        meta(publishdate="2024-04-24"), after="<div class=channel>2024年04月24日05:51</div>"
    )
    found = read(html, zone="Asia/Shanghai").published
    assert found is not None
    assert found.at == at("2024-04-23T21:51:00+00:00")
    assert found.precision is Precision.MINUTE


def test_entities_in_values_are_resolved() -> None:
    html = page(jsonld(datePublished="2026-11-10T08:30:00&#x2B;05:30"))
    found = read(html).published
    assert found is not None
    assert found.at == at("2026-11-10T03:00:00+00:00")


def test_modified_before_published_is_flagged() -> None:
    html = page(
        jsonld(datePublished="2026-11-10T08:30:00+07:00", dateModified="2026-11-10T08:27:00+07:00")
    )
    found = read(html)
    assert found.modified is not None
    assert found.modified.conflict
    assert "modified_before_published" in found.flags


def test_published_and_modified_stay_apart() -> None:
    html = page(
        after="<div class=meta>Written: 2023-11-07 15:03:30 / Updated: 2023-11-08</div>"
        "<p>Updated: 9 November 2023 10:00</p>"
    )
    found = read(html, zone="Asia/Seoul")
    assert found.published is not None
    assert found.published.local == at("2023-11-07T15:03:30")
    korean = page(after="<span>입력 2025.05.15 20:00</span> <span>수정 2025.05.16 09:10</span>")
    found = read(korean, zone="Asia/Seoul", languages=("ko",))
    assert found.published is not None
    assert found.modified is not None
    assert found.published.local == at("2025-05-15T20:00:00")
    assert found.modified.local == at("2025-05-16T09:10:00")


def test_dates_ahead_of_the_fetch_are_no_dates() -> None:
    found = read(page(meta(article__published_time="2026-12-24T08:00:00Z")))
    assert found.published is None
    assert "future_date" in found.flags
    assert read(page(meta(article__published_time="9999-12-31T00:00:00Z"))).published is None
    assert read(page(meta(article__published_time="0001-01-01T00:00:00Z"))).published is None
    assert read(page(meta(article__published_time="1970-01-01T00:00:00Z"))).published is None
    assert read(page(meta(article__published_time="2026-02-31"))).published is None


def test_no_evidence_means_no_date() -> None:
    found = read(page())
    assert found.published is None
    assert found.modified is None


def test_buddhist_year_in_a_declared_value() -> None:
    found = read(page(meta(article__published_time="2569-11-10T08:30:00+07:00"))).published
    assert found is not None
    assert found.at == at("2026-11-10T01:30:00+00:00")


def test_dates_of_teasers_and_embedded_posts_are_not_the_articles() -> None:
    html = page(
        before='<aside class="sidebar"><time datetime="2026-11-22T10:00:00Z">1h ago</time></aside>',
        after='<p class="byline">By A. Writer</p>'
        '<time datetime="2026-11-10T01:30:00Z">10 Nov</time>',
        body="<p>Text.</p>"
        '<blockquote><time datetime="2026-11-01T00:00:00Z">1 Nov</time></blockquote>'
        '<div class="related"><article class="card"><h3>Other</h3>'
        '<time datetime="2026-11-20T00:00:00Z">20 Nov</time></article></div>',
    )
    found = read(html).published
    assert found is not None
    assert found.at == at("2026-11-10T01:30:00+00:00")


def test_conflicts_are_flagged() -> None:
    html = page(
        jsonld(datePublished="2026-11-10T08:30:00+07:00")
        + meta(article__published_time="2026-11-05T08:30:00+07:00")
    )
    found = read(html).published
    assert found is not None
    assert found.conflict


def test_a_page_built_anew_does_not_get_a_new_date() -> None:
    html = page(
        jsonld(datePublished="2026-11-20T16:02:46Z", dateModified="2026-11-20T16:02:46Z"),
        after='<p class="date">May 14, 2026</p>',
    )
    found = read(html).published
    assert found is not None
    assert found.local.date().isoformat() == "2026-05-14"


def test_order_of_day_and_month_follows_the_other_evidence() -> None:
    html = page(after='<p class="date">11/10/2026</p>')
    found = read(html, url="https://news.example/2026/11/10/bridge", country="MY").published
    assert found is not None
    assert found.local.date().isoformat() == "2026-11-10"


def test_feed_and_sitemap_help_where_the_page_is_silent() -> None:
    candidate = Candidate(
        url=URL,
        site="example",
        via=Via.FEED,
        published_raw="Tue, 10 Nov 2026 08:30:00 +0700",
    )
    found = read(page(), candidate=candidate).published
    assert found is not None
    assert (found.at, found.source) == (at("2026-11-10T01:30:00+00:00"), "feed")
    sitemap = Candidate(url=URL, site="example", via=Via.SITEMAP, modified_raw="2026-11-12")
    dates = read(page(), candidate=sitemap)
    assert dates.published is None
    assert dates.modified is not None


def test_relative_time_on_a_live_page() -> None:
    found = read(page(after='<time class="date">5 minutes ago</time>'), zone="Asia/Tokyo").published
    assert found is not None
    assert found.at == at("2026-11-23T05:55:00+00:00")


@pytest.mark.parametrize(
    ("path", "day"),
    [
        ("/2022/11/15/story", "2022-11-15"),
        ("/2022-11-15-story", "2022-11-15"),
        ("/news/20221115-OYT1T50001/", "2022-11-15"),
        ("/n1/2022/1115/c1001-40223222.html", "2022-11-15"),
        ("/a/202211/15/WS6375.html", "2022-11-15"),
        ("/news/20221115101930-4-1/x", "2022-11-15"),
        ("/view/AEN20221115001300", "2022-11-15"),
        ("/story20221115-1332112", "2022-11-15"),
        ("/E-Paper/15-Nov-2022/x", "2022-11-15"),
        ("/story-2022-11-15", "2022-11-15"),
        ("/2022/nov/15/story", "2022-11-15"),
        ("/2003/03/20030331_Rede.html", "2003-03-31"),
        ("/2016/12/132377/story", None),
        ("/article/12345678901234", None),
        ("/2022/13/45/x", None),
        ("/id/2022", None),
    ],
)
def test_days_in_addresses(path: str, day: str | None) -> None:
    found = url_day(f"https://news.example{path}")
    assert (found[1].local.date().isoformat() if found else None) == day


def test_site_record_gives_the_context() -> None:
    site = Site(
        name="x",
        title="X",
        country="NP",
        languages=("ne",),
        timezone="Asia/Kathmandu",
        domains=("x.example",),
        home="https://x.example/",
        calendar="bikram_sambat",
    )
    context = date_context(site, "https://x.example/1", (), FETCHED)
    found = resolve_date("कार्तिक २९, २०७९ १०:१२", context)
    assert found is not None
    assert found.at == at("2022-11-15T04:27:00+00:00")
    assert found.zone == "Asia/Kathmandu"


def test_nothing_raises_for_odd_evidence() -> None:
    odd = ["", "\ud800", "9" * 400, "2026-11-10T25:00", "\x00", "<b>", "٠" * 20]
    evidence = [DateEvidence("published", "meta", raw, 50) for raw in odd]
    assert resolve_dates(evidence, DateContext(timezone="Nowhere/Land")).published is None


@pytest.mark.parametrize(
    "html",
    [
        "<h1>Head line</h1>" + "<p>12 34</p>" * 20_000,
        "<h1>Head line</h1>" + '<time datetime="2026-11-10">10 Nov 2026</time>' * 10_000,
        "<time>" + "<p>1 Nov 2026</p>" * 10_000,
        "<h1>" + "1 " * 500_000,
        "<script>" + '"publish ' * 200_000 + "</script>",
    ],
    ids=["numbers", "times", "unclosed", "headline", "script"],
)
def test_large_pages_are_bounded(html: str) -> None:
    document = Document.parse(html, URL)
    structured = read_structured(document)
    started = time.process_time()
    find_dates(document, structured, DateContext(reference=FETCHED))
    assert time.process_time() - started < 1.0


def test_a_story_that_moved_keeps_the_day_of_its_address() -> None:
    found = read(
        page(jsonld(datePublished="2019-06-17T18:28:00+02:00"), after="<time>17.06.2019</time>"),
        url="https://news.example/home/2017/7/12/the-old-bridge",
        languages=("de",),
    )
    assert found.published is not None
    assert found.published.local.date().isoformat() == "2017-07-12"
    assert found.published.conflict


def test_a_site_whose_readers_see_the_utc_day_keeps_utc() -> None:
    head = meta(article__published_time="2019-12-26T23:07:45+00:00")
    found = read(page(head, after='<p class="date">26/12/2019</p>'), country="CH").published
    assert found is not None
    assert (found.zone, found.local.date().isoformat()) == ("+00:00", "2019-12-26")
    found = read(page(head, after='<p class="date">27/12/2019</p>'), country="CH").published
    assert found is not None
    assert found.zone == "Europe/Zurich"


def test_a_date_that_a_script_writes_where_it_stands() -> None:
    found = read(page(after='<p><script>showDate("2020/04/17 01:43:09")</script></p>')).published
    assert found is not None
    assert found.local == at("2020-04-17T01:43:09")
    assert read(page(after='<script>track("2020/04/17", 3)</script>')).published is None


def test_what_readers_see_is_more_than_a_weak_declaration() -> None:
    head = '<meta name="date" content="2022-01-21T09:43+01:00">'
    shown = '<time class="date" datetime="2022-01-25T08:00:00+01:00">25.01.2022</time>'
    found = read(page(head, after=shown)).published
    assert found is not None
    assert found.local.date().isoformat() == "2022-01-25"


def test_a_date_in_a_sentence_is_less_than_one_alone() -> None:
    after = (
        "<p>The carpenters of the old bridge at the river, 24 April 2023</p>"
        f"<p>{'A lead. ' * 12}</p><ul><li><b>Date</b> 28.04.2023</li></ul>"
    )
    found = read(page(after=after), languages=("en",), country="DE").published
    assert found is not None
    assert found.local.date().isoformat() == "2023-04-28"


def test_iranian_months_as_an_arabic_keyboard_writes_them() -> None:
    for month in ("تیر", "تير"):
        found = read(page(after=f'<p class="date">2 {month} 1399</p>'), languages=("fa",)).published
        assert found is not None
        assert found.local.date().isoformat() == "2020-06-22"
