"""Addresses that wrap another address: AMP caches, web archives, proxies, link shims."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import unquote

_ARCHIVED = re.compile(
    r"/(?:[a-z_\-]+/){0,3}[\d.\-]{4,20}(?:[a-z]{2}_)?/"
    r"((?:https?:)?/{1,2}.+|[a-z0-9\-]+(?:\.[a-z0-9\-]+)+/.*)",
    re.IGNORECASE,
)
_LATEST = re.compile(r"/(?:[a-z_\-]+/){0,3}[*2o]?\*?/?(https?:/{1,2}.+)", re.I)
_ARCHIVES = (
    "web.archive.org", "archive.org", "archive.today", "archive.ph", "archive.is", "archive.li",
    "archive.md", "archive.fo", "archive.vn", "webarchive.org.uk", "webarchive.nla.gov.au",
    "webarchive.nationalarchives.gov.uk", "arquivo.pt", "eresources.nlb.gov.sg",
    "warp.da.ndl.go.jp",
    "webarchive.loc.gov", "timetravel.mementoweb.org", "wayback.archive-it.org", "ghostarchive.org",
    "swap.stanford.edu", "web-archive.oecd.org", "haw.nsk.hr", "vefsafn.is", "wayback.vefsafn.is",
)  # fmt: skip
_PREFIXES = ("12ft.io", "r.jina.ai", "outline.com", "removepaywall.com", "smry.ai", "txtify.it",
             "printfriendly.com", "cors-anywhere.herokuapp.com", "api.allorigins.win")  # fmt: skip
# Host (or its end) -> parameters that hold the address.
_SHIMS = {
    "l.facebook.com": ("u",), "lm.facebook.com": ("u",), "facebook.com": ("u",),
    "l.instagram.com": ("u",),
    "google.com": ("q", "url", "u"), "translate.google.com": ("u",),
    "translate.googleusercontent.com": ("u",),
    "t.umblr.com": ("z",), "vk.com": ("to",), "out.reddit.com": ("url",), "linkedin.com": ("url",),
    "safelinks.protection.outlook.com": ("url",), "getpocket.com": ("url",), "youtube.com": ("q",),
    "twitter.com": ("url",), "slack-redir.net": ("url",), "steamcommunity.com": ("url",),
    "link.zhihu.com": ("target",),
    "printfriendly.com": ("url",), "12ft.io": ("q",), "removepaywall.com": ("url",),
    "googleweblight.com": ("lite_url", "u"),
    "api.allorigins.win": ("url",), "feedproxy.google.com": ("url",), "away.vk.com": ("to",),
    "link.zalo.me": ("u",),
    "webcache.googleusercontent.com": ("q",), "bing.com": ("u", "url"),
    "translatetheweb.com": ("a",),
    "microsofttranslator.com": ("a",), "urldefense.proofpoint.com": ("u",),
    "wechat.com": ("url",), "news.url.google.com": ("url",),
}  # fmt: skip
_SUSPECT = re.compile(
    r"ampproject\.|archive|translate|google|facebook|instagram|outlook|12ft|jina|outline|paywall|smry"
    r"|reddit|linkedin|twitter|umblr|pocket|vk\.com|youtube|slack|steam|zhihu|friendly|weblight|arquivo"
    r"|nlb\.gov|ndl\.go|memento|stanford|vefsafn|bing|microsoft|txtify|anywhere|allorigins|zalo|wechat|proofpoint|haw\.nsk|oecd"
)
_CACHED = re.compile(r"cache:(?:[\w\-]+:)?(.+)")


@lru_cache(maxsize=65536)
def _may_wrap(host: str) -> bool:
    return _SUSPECT.search(host) is not None


def unwrap(host: str, path: str, query: str | None) -> str | None:
    """The wrapped address as an absolute URL, or None if this one wraps none.

    `host` is canonical (lower case, no ``www.``); the wrapped address may itself be wrapped.
    """
    if not _may_wrap(host):
        return None
    whole = f"{path}?{query}" if query else path
    if (
        host.endswith((".cdn.ampproject.org", ".ampproject.net", ".bing-amp.com"))
        or host == "cdn.ampproject.org"
    ):
        return _after_mark(path, query, (r"/[a-z](?:/s)?/(.+)",))
    if host == "google.com" or host.startswith("google."):
        if path.startswith("/amp/"):
            return _after_mark(path, query, (r"/amp/(?:s/)?(.+)",))
        if path != "/url":
            return None
        return _parameter(query, ("q", "url", "u"))
    if host.endswith(".translate.goog"):
        name = host[: -len(".translate.goog")]
        name = name.replace("--", "\0").replace("-", ".").replace("\0", "-")
        return f"https://{name}{whole}"
    if host.startswith("archive.") or host in _ARCHIVES or "webarchive" in host:
        for pattern in (_ARCHIVED, _LATEST):
            if found := pattern.match(whole):
                return _absolute(found[1])
        return None
    if host in _PREFIXES:
        rest = whole.lstrip("/")
        if rest.startswith(("http:/", "https:/")) or re.match(
            r"[a-z0-9\-]+(\.[a-z0-9\-]+)+/.", rest, re.I
        ):
            return _absolute(rest)
    for end, names in _SHIMS.items():
        if host == end or host.endswith("." + end):
            return _parameter(query, names)
    return None


def _after_mark(path: str, query: str | None, patterns: tuple[str, ...]) -> str | None:
    for pattern in patterns:
        if found := re.match(pattern, path, re.IGNORECASE):
            return _absolute(found[1] + (f"?{query}" if query else ""))
    return None


def _parameter(query: str | None, names: tuple[str, ...]) -> str | None:
    for pair in (query or "").split("&"):
        name, _, value = pair.partition("=")
        if name in names and value:
            value = unquote(value)
            if found := _CACHED.match(value):
                value = found[1]
            if value.startswith(("http://", "https://")):
                return value
    return None


def _absolute(address: str) -> str:
    if address.lower().startswith(("http%3a", "https%3a")):
        address = unquote(address)
    if found := re.match(r"(https?):/{1,2}(.*)", address, re.IGNORECASE | re.DOTALL):
        return f"{found[1].lower()}://{found[2]}"
    return "https://" + address.lstrip("/")
