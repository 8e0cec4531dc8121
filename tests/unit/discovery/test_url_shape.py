"""Article or not by the shape of the URL, in every script."""

from __future__ import annotations

from urllib.parse import quote

import pytest

from newscrawl.discovery import UrlKind, judge_candidate, judge_url
from newscrawl.items import Candidate, Via
from newscrawl.site import Site

ARTICLES = [
    "https://p.example/2026/11/10/council-votes",
    "https://p.example/news/2026-11-10/council-votes.html",
    "https://p.example/national/20261110-216478/",
    "https://p.example/20261110/story.htm",
    "https://p.example/501079622/locations-and-schedule",
    "https://p.example/news/general/40058106",
    "https://p.example/article/1011185",
    "https://p.example/view.php?ud=20261110000123",
    "https://p.example/?p=4711",
    "https://p.example/n.asp?pk_no=1412361",
    "https://p.example/a-council-in-the-north-votes-for-its-roads/",
    "https://p.example/tin-tuc/hoi-dong-thanh-pho-thong-qua-ngan-sach-4954454.html",
    "https://p.example/" + quote("สภาเทศบาลอนุมัติงบประมาณซ่อมถนนสายหลัก"),
    "https://p.example/news/" + quote("ក្រុងអនុម័តថវិកាផ្លូវថ្នល់ឆ្នាំនេះ"),
    "https://p.example/" + quote("市議會通過道路維修預算議員要求下月動工"),
    "https://p.example/national/" + quote("নগর-পরিষদ-সড়ক-মেরামতের-বাজেট-অনুমোদন-করেছে"),
    "https://p.example/events/a-council-in-the-north-votes-for-its-roads.html",
    "https://p.example/r/A2026012914320005196",
    "https://p.example/a/202412/18/WS67620fa6a310f1265a1d3784.html",
    "https://p.example/headlines/a-council-in-the-north-votes-for-its-roads-and-more/",
    "https://p.example/archives/79538",
    "https://p.example/news/short.html",
    "https://p.example/india/council-in-the-north-votes-for-roads/story-zMohEOYcRzfn.html",
]
NOT = {
    "https://p.example/": "home",
    "https://p.example": "home",
    "https://p.example/index.html": "home",
    "https://p.example/tag/cambodia/page/2/": "list_name",
    "https://p.example/category/national": "list_name",
    "https://p.example/author/vann-example/": "list_name",
    "https://p.example/tags/a-council-in-the-north-votes-for-its-roads": "list_name",
    "https://p.example/node_31180.htm": "list_name",
    "https://p.example/national/page/7": "paging",
    "https://p.example/2026/11/10/": "archive",
    "https://p.example/news/2026/11/": "archive",
    "https://p.example/img/2026/11/10/road-works-in-the-north.jpg": "file",
    "https://p.example/2026/11/10/budget.PDF": "file",
    "https://p.example/feed/": "service",
    "https://p.example/2026/11/10/story/feed/": "service",
    "https://p.example/login?next=/2026/11/10/story-of-the-day": "service",
    "https://p.example/privacy-policy": "service",
    "https://p.example/wp-content/uploads/x": "service",
    "https://p.example/calendar/2026/11/": "service",
    "https://p.example/search?q=roads": "search",
    "https://p.example/?s=roads": "search",
    "https://p.example/national": "short_path",
    "https://p.example/world/headlines.cfm?c_id=1502967": "short_path",
    "https://p.example/science-and-technology/": "short_path",
    "mailto:a@p.example": "not_http",
    "javascript:void(0)": "not_http",
    "http://[::1": "not_http",
}


@pytest.mark.parametrize("url", ARTICLES)
def test_articles(url: str) -> None:
    assert judge_url(url).is_article, judge_url(url)


@pytest.mark.parametrize(("url", "reason"), NOT.items())
def test_others_and_why(url: str, reason: str) -> None:
    verdict = judge_url(url)
    assert not verdict.is_article
    assert verdict.reason == reason


SITE = Site(
    name="p",
    title="P",
    country="TH",
    languages=("th",),
    timezone="Asia/Bangkok",
    domains=("p.example",),
    home="https://p.example/",
    article=r"https?://(?:www\.)?p\.example/(?:ข่าว|n)/\d+",
    not_article=r"https?://(?:www\.)?p\.example/n/\d+/gallery",
)


def test_the_sites_own_patterns_decide() -> None:
    assert judge_url("https://p.example/n/7", SITE).reason == "site_article"
    assert judge_url("https://p.example/" + quote("ข่าว") + "/7", SITE).is_article
    gallery = judge_url("https://p.example/n/7/gallery", SITE)
    assert (gallery.kind, gallery.reason) == (UrlKind.REFUSED, "site_not_article")
    other = judge_url("https://p.example/2026/11/10/council-votes-for-roads", SITE)
    assert (other.kind, other.reason) == (UrlKind.OTHER, "not_site_article")
    assert judge_url("https://sub.p.example/n/7").kind is not UrlKind.REFUSED
    assert judge_url("https://q.example/n/7", SITE).reason == "other_host"


def test_a_broken_pattern_is_as_none() -> None:
    from dataclasses import replace

    broken = replace(SITE, article="(", not_article="[")
    assert judge_url("https://p.example/2026/11/10/council-votes", broken).is_article


def test_evidence_opens_what_the_shape_leaves_open() -> None:
    def judge(url: str, via: Via, title: str | None = None) -> str:
        return judge_candidate(Candidate(url=url, site="p", via=via, title=title)).reason

    assert judge("https://p.example/short-one", Via.FEED) == "evidence"
    assert judge("https://p.example/short-one", Via.NEWS_SITEMAP) == "evidence"
    assert judge("https://p.example/short-one", Via.SITEMAP) == "short_path"
    assert judge("https://p.example/tag/x", Via.FEED) == "list_name"
    assert judge("https://p.example/x.pdf", Via.FEED) == "file"
    assert judge("https://p.example/short", Via.SECTION, "สภาเทศบาลอนุมัติงบประมาณ") == "evidence"


def test_long_and_odd_urls_are_quick() -> None:
    for path in (
        "a-" * 40_000,
        "/" * 40_000,
        "%E0%B8%81" * 10_000,
        "1" * 50_000,
        "?" + "a=&" * 5000,
    ):
        judge_url("https://p.example/" + path)
