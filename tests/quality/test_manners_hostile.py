"""Manners on the collections of odd URLs, forbidden addresses and robots files.

The data is not part of the repository: see ``NEWSCRAWL_SHARED``.
"""

from __future__ import annotations

import base64
import gzip
import json
import os
import time
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest

from newscrawl.manners import RobotsPolicy, authority_of, judge_address, judge_url, parse_ipv4
from newscrawl.manners.robots_rules import path_of

SHARED = Path(os.environ.get("NEWSCRAWL_SHARED", Path(__file__).parents[3] / "shared"))
HOSTILE = SHARED / "eval" / "hostile"

pytestmark = pytest.mark.skipif(
    not HOSTILE.is_dir(), reason=f"{HOSTILE} is not there (set NEWSCRAWL_SHARED)"
)


def load(name: str) -> list[dict[str, Any]]:
    path = HOSTILE / name
    opened = gzip.open if name.endswith(".gz") else open
    with opened(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


@pytest.mark.parametrize(
    "item", load("ssrf_urls.jsonl") if HOSTILE.is_dir() else [], ids=lambda x: x["name"]
)
def test_forbidden_urls(item: dict[str, Any]) -> None:
    verdict = judge_url(item["url"])
    if not verdict.allowed:
        assert item["verdict"] == "block", verdict
        return
    target = authority_of(item["url"])
    if target.host.endswith(".nip.io"):
        # A public name of a private address: judged when it has been resolved.
        written = target.host.removesuffix(".nip.io")
        address = parse_ipv4(written) or parse_ipv4("0x" + written)
        verdict = judge_address(str(address), target.port)
    assert verdict.allowed == (item["verdict"] == "allow"), verdict


def test_odd_spellings_of_ipv4() -> None:
    spellings = json.loads((HOSTILE / "urls_funky_ipv4.json").read_text("utf-8"))
    for text, expected in spellings.items():
        address = parse_ipv4(text)
        assert (str(address) if address else None) == expected, text
        verdict = judge_url(f"http://{text}/")
        if expected is not None:
            assert verdict.allowed == judge_address(expected, 80).allowed


def test_urls_of_the_web_platform() -> None:
    """What browsers refuse is refused; where both take a URL, both mean the same host and port."""
    compared = 0
    for item in load("urls_wpt.jsonl.gz"):
        if item["base"]:
            try:
                url = urljoin(item["base"], item["input"])
            except ValueError:
                continue
        else:
            url = item["input"]
        verdict = judge_url(url)
        if item.get("failure"):
            assert not verdict.allowed, item["input"]
        elif verdict.allowed and not item["base"]:
            target = authority_of(url)
            assert target.scheme + ":" == item["protocol"]
            assert target.host == item["hostname"].rstrip(".")
            default = {"http:": "80", "https:": "443"}[item["protocol"]]
            assert str(target.port) == (item["port"] or default)
            compared += 1
    assert compared > 20
    for item in load("urls_crawler_commons.jsonl"):
        for value in item.values():
            judge_url(str(value))


def allows(item: dict[str, Any]) -> bool:
    policy = RobotsPolicy.from_answer(200, item["robots"].encode("utf-8", "surrogatepass"))
    return policy.rules.allows(path_of(item["url"]), item["agent"])


def test_verdicts_of_google() -> None:
    """Three differences at most. They are about escapes: Google's library compares paths as they
    are sent and leaves it to the caller to escape them, while RFC 9309 (2.2.2) compares octets with
    escapes of unreserved characters undone. Ours follows the RFC:

    - ``Allow: /foo/bar/ツ`` and ``Allow: /foo/bar/%E3%83%84`` hold for ``/foo/bar/ツ``;
    - ``Allow: /foo/bar/%62%61%7A`` holds for ``/foo/bar/baz``.

    All that goes beyond the RFC there (``google_only``) is done as there.
    """
    different = [
        item["name"] for item in load("robots_google.jsonl") if allows(item) != item["allowed"]
    ]
    assert len(different) <= 3, different
    assert all("ID_Encoding" in name for name in different)


def test_verdicts_of_protego() -> None:
    """The differences, each on purpose:

    - product tokens are equal or not (RFC 9309, 2.2.1); Protego takes the longest token that the
      agent begins with (``hedwig`` for ``hedwig-new``, ``google`` for ``googlebot-mobile``) and
      wildcards in tokens (``foo*bot``);
    - two words are no token, as with Google (``harry potter``);
    - unknown lines do not end a list of agents (RFC 9309, 2.2.4: other records must not interfere);
    - a rule's final ``$`` is the end of the path, also where the path has an escaped ``$`` there.
    """
    different = []
    for item in load("robots_protego.jsonl"):
        if "crawl_delay" in item:
            policy = RobotsPolicy.from_answer(200, item["robots"].encode())
            assert policy.crawl_delay(item["agent"]) == item["crawl_delay"], item["name"]
        elif allows(item) != item["allowed"]:
            different.append((item["name"], item["agent"], item["url"]))
    assert len(different) <= 8, different


def test_real_files_parse_in_a_tenth_of_a_second() -> None:
    items = load("robots_real.jsonl.gz") + load("crawler_commons.jsonl.gz")
    for item in items:
        body = base64.b64decode(item["bytes_b64"])
        start = time.process_time()
        policy = RobotsPolicy.from_answer(200, body, url="https://p.example/robots.txt")
        assert time.process_time() - start < 0.1, item["name"]
        policy.judge("https://p.example/news/2026/11/10/story", "newscrawl/0.1")
        assert all("://" in url for url in policy.sitemaps), item["name"]


def test_utf16_robots_are_read() -> None:
    for item in load("crawler_commons.jsonl.gz"):
        if "utf16" in item["name"]:
            policy = RobotsPolicy.from_answer(200, base64.b64decode(item["bytes_b64"]))
            assert not policy.judge("https://p.example/login.aspx", "newscrawl").allowed
