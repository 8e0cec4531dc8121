"""robots.txt: what is allowed, with and without an answer."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.manners import LIMITS, RobotsPolicy
from newscrawl.manners.robots_rules import agent_token

AGENT = "newscrawl/0.1 (+https://crawler.example/)"
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


def policy(text: str | bytes, status: int = 200) -> RobotsPolicy:
    body = text.encode() if isinstance(text, str) else text
    return RobotsPolicy.from_answer(
        status, body, url="https://p.example/robots.txt", fetched_at=NOW
    )


def allowed(text: str | bytes, path: str, agent: str = AGENT) -> bool:
    return policy(text).judge("https://p.example" + path, agent).allowed


@pytest.mark.parametrize(
    ("status", "opened", "reason"),
    [
        (200, False, "robots"),
        (204, False, "robots"),
        (301, True, ""),
        (401, True, ""),
        (403, True, ""),
        (404, True, ""),
        (410, True, ""),
        (429, False, "robots_unreachable"),
        (500, False, "robots_unreachable"),
        (503, False, "robots_unreachable"),
        (599, False, "robots_unreachable"),
    ],
)
def test_statuses(status: int, opened: bool, reason: str) -> None:
    verdict = policy("user-agent: *\ndisallow: /", status).judge("https://p.example/x", AGENT)
    assert (verdict.allowed, verdict.reason) == (opened, reason)


def test_no_answer_is_no_and_the_last_good_copy_serves_a_day() -> None:
    lost = RobotsPolicy.unreachable("timeout", fetched_at=NOW)
    assert lost.judge("https://p.example/", AGENT).detail == "timeout"
    good = policy("user-agent: *\ndisallow: /secret/")
    soon, late = NOW + timedelta(hours=23), NOW + timedelta(hours=25)
    assert lost.or_last_good(good, soon) is good
    assert lost.or_last_good(good, late) is lost
    assert lost.or_last_good(None, soon) is lost
    assert lost.or_last_good(lost, soon) is lost
    fresh = policy("")
    assert fresh.or_last_good(good, soon) is fresh
    assert good.expired(late)
    assert not good.expired(soon)
    assert RobotsPolicy("missing").expired(NOW)


@pytest.mark.parametrize(
    "text",
    [
        b"\xef\xbb\xbfUser-Agent: *\nDisallow: /secret/\n",
        b"USER-AGENT:*\rdisALLOW  :   /secret/   \r",
        b"user-agent: *\r\n\r\n\r\nDisallow: /secret/ # not here\r\n",
        b"useragent: *\ndissallow: /secret/",
        b"user-agent *\ndisallow /secret/",
        "User-agent: *\nDisallow: /secret/".encode("utf-16"),
        b"User-agent: newscrawl\nUser-agent: other\nDisallow: /secret/\nUser-agent: *\nAllow: /",
        b"User-agent: NewsCrawl/2.0\nSitemap: https://p.example/s.xml\nDisallow: /secret/",
        b"User-agent: newscrawl\nAllow: /x\n\nUser-agent: z\nDisallow: /\n\nUser-agent: newscrawl\n"
        b"Disallow: /secret/",
        b"\x00\xff junk\nuser-agent: *\n: :\n%\ndisallow: /secret/",
    ],
)
def test_many_ways_to_write_it(text: bytes) -> None:
    assert not allowed(text, "/secret/b.html")
    assert allowed(text, "/news/a.html")


@pytest.mark.parametrize(
    ("rules", "path", "expected"),
    [
        ("disallow: /a\nallow: /a/b", "/a/b/c", True),
        ("disallow: /a\nallow: /a/b", "/a/c", False),
        ("allow: /a\ndisallow: /a", "/a", True),  # of equals the friendlier
        ("disallow:", "/a", True),
        ("disallow: /*.php$", "/x/y.php", False),
        ("disallow: /*.php$", "/x/y.php?z", True),
        ("disallow: /a*b*c", "/a1b2c3", False),
        ("disallow: /a*b*c", "/a1c2b3", True),
        ("disallow: *?print=", "/a?print=1", False),
        ("disallow: secret", "/secret/x", False),
        ("disallow: /ข่าว", "/%E0%B8%82%E0%B9%88%E0%B8%B2%E0%B8%A7/1", False),
        ("disallow: /%e0%b8%82", "/ข่าว", False),
        ("disallow: /%7Ejoe", "/~joe/x", False),
        ("disallow: /a%2Fb", "/a/b", True),
        ("disallow: /a*b", "/a%2Ab", False),
        ("disallow: /a%2Ab", "/axb", True),
        ("disallow: /a%2Ab", "/a*b", False),
        ("disallow: https://p.example/full", "/full/x", False),
        ("disallow: /", "/robots.txt", True),
        ("disallow: /$", "/", False),
        ("disallow: /$", "/x", True),
        ("allow: /dir/index.html\ndisallow: /", "/dir/", True),
        ("disallow: /abc$x", "/abc$x", False),
    ],
)
def test_rules(rules: str, path: str, expected: bool) -> None:
    assert allowed("user-agent: *\n" + rules, path) is expected


@pytest.mark.parametrize(
    ("agent", "product"),
    [
        (AGENT, "newscrawl"),
        ("NewsCrawl", "newscrawl"),
        ("Googlebot-News/2.1", "googlebot-news"),
        ("Mozilla/5.0 (compatible; NewsCrawl/0.1; +https://x/)", "newscrawl"),
        ("360Spider", "360spider"),
        ("*", "*"),
        ("* ", "*"),
        ("", ""),
    ],
)
def test_product_tokens(agent: str, product: str) -> None:
    assert agent_token(agent) == product


def test_another_agents_group_is_not_ours() -> None:
    text = "user-agent: newscrawler\ndisallow: /\n\nuser-agent: news\ndisallow: /\n"
    assert allowed(text, "/a")
    assert allowed(text + "user-agent: *\ndisallow: /b", "/a")
    assert not allowed(text + "user-agent: *\ndisallow: /b", "/b")


def test_crawl_delay() -> None:
    text = "user-agent: *\ncrawl-delay: 2.5\n\nuser-agent: slow\ncrawl-delay: 61\ndisallow: /x\n"
    assert policy(text).crawl_delay(AGENT) == 2.5
    assert policy(text).judge("https://p.example/", AGENT).allowed
    slow = policy(text).judge("https://p.example/", "slow")
    assert (slow.allowed, slow.reason, slow.detail) == (False, "crawl_delay", "61 s")
    assert policy("user-agent: *\ncrawl-delay: 60").judge("https://p.example/", AGENT).allowed
    for odd in ("-1", "inf", "nan", "x", "", "1e999"):
        assert policy(f"user-agent: *\ncrawl-delay: {odd}").crawl_delay(AGENT) is None, odd


def test_sitemaps_are_resolved_and_unique() -> None:
    text = (
        "sitemap: /a.xml\nSitemap: https://q.example/b.xml\nSITEMAP:/a.xml\nsitemap: http://[::1\n"
    )
    assert policy(text).sitemaps == ("https://p.example/a.xml", "https://q.example/b.xml")


def test_only_whole_lines_of_the_first_512_kib_hold() -> None:
    top = b"user-agent: *\ndisallow: /secret/\n"
    filler = b"# " + b"x" * 60 + b"\n"
    body = top + filler * (LIMITS.robots_bytes // len(filler)) + b"disallow: /late/\n" * 50
    assert not allowed(body, "/secret/x")
    assert allowed(body, "/late/x")
    cut = (
        b"user-agent: *\n"
        + b"#" * (LIMITS.robots_bytes - 14 - 12)
        + b"\ndisallow: /news/private/\n"
    )
    assert allowed(cut, "/news/x")


def test_hostile_files_are_quick() -> None:
    star = "user-agent: *\ndisallow: /" + "*a" * 8000 + "b\n"
    for text in (
        star,
        "user-agent: *\n" + "disallow: /x\n" * 40_000,
        "user-agent: a\n" * 40_000,
        "\n" * 500_000,
        "a" * 500_000,
        "<!doctype html><html>" + "<p>user-agent: *</p>" * 20_000,
    ):
        start = time.process_time()
        allowed(text, "/" + "a" * 8000)
        assert time.process_time() - start < 2.0


@given(st.binary(max_size=400), st.text(max_size=40), st.text(max_size=20))
def test_any_bytes_give_a_policy(body: bytes, path: str, agent: str) -> None:
    verdict = policy(b"user-agent: *\n" + body).judge("https://p.example/" + path, agent)
    assert verdict.allowed or verdict.reason in {"robots", "crawl_delay"}
