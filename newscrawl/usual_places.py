"""The usual places of feeds and sitemaps, by kind: one of each kind is asked at a time."""

from __future__ import annotations

from collections.abc import Iterable


def kind_of(url: str) -> str:
    """What kind of source an address would be: sitemap or feed."""
    return "sitemap" if "sitemap" in url else "feed"


def by_kind(places: Iterable[str]) -> dict[str, list[str]]:
    """Usual places by kind; an index of all sitemaps comes before one of the news alone."""
    kinds: dict[str, list[str]] = {}
    for url in sorted(places, key=lambda x: "news" in x.rsplit("/", 1)[-1]):
        kinds.setdefault(kind_of(url), []).append(url)
    return kinds
