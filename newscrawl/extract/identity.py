"""Which article this is: the canonical address and the publisher's own id."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlsplit

from newscrawl.extract.dom import Document
from newscrawl.extract.jsonld import texts
from newscrawl.extract.structured import Structured
from newscrawl.extract.taxonomy import Named
from newscrawl.site import Site
from newscrawl.text import matching

_MAX_URL = 2_000
_VARIANT = re.compile(r"^(?:www|m|mobile|amp|wap|touch|print|edition)[0-9]?\.")
_DIGITS = re.compile(r"[0-9]{4,}")
_POST_ID = re.compile(r"(?:^|\s)(?:single-)?post-?id-([0-9]{1,15})(?:\s|$)")
_ELEMENT_ID = re.compile(r"^(?:post|article|node|story|entry)-([0-9]{2,15})$")
_SHORT_LINK = re.compile(r"[?&]p=([0-9]{1,15})(?:&|$)")
_ID = re.compile(r"^[\w.:-]{2,80}$")
_ID_META = (
    "article:id", "article_id", "articleid", "article-id", "parsely-post-id",
    "cxenseparse:articleid", "cxenseparse:recs:articleid", "brightspot.contentid", "contentid",
    "content_id", "content-id", "post_id", "postid", "dcsext.articleid", "dable:item_id", "cms-id",
    "story_id", "storyid", "news_id", "newsid", "item-id", "lp.article:id", "bt:contentid", "uuid",
    "sailthru.article_id",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Canonical:
    """The declared canonical address if it may be believed, and where the story stands first.

    ``url`` is None if the page declares none or one that cannot be believed; ``doubt`` says why.
    ``origin_url`` is an address on another site that the page names as the original.
    """

    url: str | None = None
    origin_url: str | None = None
    doubt: str | None = None


def read_canonical(
    document: Document, structured: Structured, title: str, site: Site | None
) -> Canonical:
    """Judge what the page declares as its canonical address.

    A page can name any address, so one on this site is believed only if it is plainly the same
    story: the same address but for query, variant host, AMP or print steps, or one that shares the
    last step or a number with it, or whose last step spells the headline. An address on another
    site never becomes the identity; it is evidence of the origin.
    """
    here = document.url
    declared = structured.link("canonical")
    evidence = declared or structured.first("og:url")
    if not evidence:
        return Canonical()
    url = document.absolute(evidence)
    parts, ours = _split(url), _split(here)
    if parts is None or ours is None or len(url) > _MAX_URL:
        return Canonical(doubt="canonical_invalid")
    if not _same_site(parts[0], ours[0], site):
        if declared and parts[1].strip("/"):
            return Canonical(origin_url=url, doubt="canonical_elsewhere")
        return Canonical(doubt="canonical_elsewhere")
    if not parts[1].strip("/") and not parts[2] and (ours[1].strip("/") or ours[2]):
        return Canonical(doubt="canonical_home")
    if _same_story(parts, ours, title, url, here, site):
        return Canonical(url=url)
    return Canonical(doubt="canonical_other")


def _split(url: str) -> tuple[str, str, str] | None:
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or not host or "." not in host.strip("."):
        return None
    return host.lower(), parts.path, parts.query


def _bare(host: str) -> str:
    return _VARIANT.sub("", host)


def _same_site(host: str, other: str, site: Site | None) -> bool:
    a, b = _bare(host), _bare(other)
    if a == b or a.endswith("." + b) or b.endswith("." + a):
        return True
    if site is None:
        return False
    domains = [_bare(domain.lower()) for domain in site.domains]
    return any(a == d or a.endswith("." + d) for d in domains) and any(
        b == d or b.endswith("." + d) for d in domains
    )


_VARIANT_STEPS = frozenset({"amp", "print", "m", "mobile", "amphtml", "lite", "index.html", "html"})


def _same_story(
    declared: tuple[str, str, str],
    ours: tuple[str, str, str],
    title: str,
    url: str,
    here: str,
    site: Site | None,
) -> bool:
    theirs_steps = _steps(declared[1])
    our_steps = _steps(ours[1])
    if theirs_steps == our_steps:
        return bool(theirs_steps) or declared[2] == ours[2]
    if site is not None and site.publisher_id:
        a, b = re.search(site.publisher_id, url), re.search(site.publisher_id, here)
        if a and b:
            return a[1] == b[1]
    if theirs_steps and our_steps and theirs_steps[-1] == our_steps[-1]:
        return True
    numbers = set(_DIGITS.findall("/".join(our_steps[-2:]) + "?" + ours[2]))
    named = set(_DIGITS.findall("/".join(theirs_steps[-2:]) + "?" + declared[2]))
    shared = {n for n in numbers & named if len(n) >= 5}
    if shared:
        return True
    slug = matching(theirs_steps[-1] if theirs_steps else "")
    key = matching(title)
    return len(slug) >= 12 and len(key) >= 12 and _spells(slug, key)


def _steps(path: str) -> list[str]:
    steps = [unquote(step).lower() for step in path.split("/")]
    steps = [re.sub(r"\.(?:s?html?|php|aspx?|amp|jsp)$", "", step) for step in steps]
    return [step for step in steps if step and step not in _VARIANT_STEPS]


def _spells(slug: str, title: str) -> bool:
    """Whether most of a slug's runs of characters stand in the headline, in any order."""
    size = 6
    grams = {slug[n : n + size] for n in range(len(slug) - size + 1)}
    return bool(grams) and sum(gram in title for gram in grams) >= 0.5 * len(grams)


def read_publisher_id(
    document: Document, structured: Structured, site: Site | None
) -> Named | None:
    """The publisher's own id of the article: from the site's URL pattern, else from the page."""
    if site is not None and site.publisher_id:
        match = re.search(site.publisher_id, document.url)
        if match and match.groups() and match[1]:
            return Named(match[1], "site:publisher_id")
    for key in _ID_META:
        for value in structured.meta.get(key, ()):
            if _ID.match(value):
                return Named(value, f"meta:{key}")
    identifier: Any = structured.article.get("identifier")
    for text in texts(identifier, ("value", "@value", "name")):
        if _ID.match(text):
            return Named(text, "jsonld:identifier")
    if match := _POST_ID.search(structured.seen.root_class):
        return Named(match[1], "class:postid")
    if match := _SHORT_LINK.search(structured.link("shortlink")):
        return Named(match[1], "link:shortlink")
    for i in structured.seen.articles[:1]:
        if match := _ELEMENT_ID.match(document.attrs[i].get("id") or ""):
            return Named(match[1], "id:article")
    return None
