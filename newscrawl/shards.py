"""Which process crawls which site: shard K of N, so that no two of them ask the same host.

Sites that share a host (a paper on a subdomain of another, feeds on one platform) go to the same
shard. The answer depends on the records alone, so all processes agree without talking.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from urllib.parse import urlsplit

from newscrawl.site import Site


def hosts_of(site: Site) -> frozenset[str]:
    """Every host that a record names, in lower case: domains, home, feeds, sitemaps, listings."""
    listings = (*site.listings, *site.archives)
    urls = [site.home, *site.feeds, *site.news_sitemaps, *site.sitemaps]
    urls += [url for x in listings for url in (x.url, x.first_url) if url]
    named = [urlsplit(url).hostname or "" for url in urls] + [x.lower() for x in site.domains]
    return frozenset(_plain(host) for host in named) - {""}


def shards(sites: Iterable[Site], count: int) -> dict[str, int]:
    """The shard, 1 to ``count``, of each site by name.

    ``sites`` are all that are known, not only those to crawl: a site keeps its shard whatever else
    is asked for.
    """
    known = list(sites)
    groups = _Groups()
    for site in known:
        for host in hosts_of(site):
            groups.join(site.name + "/", host)  # no host has a slash
    claimed = {host for site in known for host in hosts_of(site)}
    for host in claimed:
        for parent in _parents(host):
            # the records of a domain are those of its subdomains, too
            if parent in claimed:
                groups.join(host, parent)
    first: dict[str, str] = {}
    for host in sorted(claimed):
        first.setdefault(groups.of(host), host)
    return {
        site.name: _shard(first.get(groups.of(site.name + "/"), site.name), count) for site in known
    }


def in_shard(sites: Sequence[Site], known: Mapping[str, Site], k: int, n: int) -> list[Site]:
    """Those of ``sites`` that belong to shard ``k`` of ``n``; ``known`` are sites beside them."""
    everything = {**known, **{site.name: site for site in sites}}
    where = shards(everything.values(), n)
    return [site for site in sites if where[site.name] == k]


class _Groups:
    """Disjoint sets (union-find with path halving)."""

    def __init__(self) -> None:
        self._up: dict[str, str] = {}

    def of(self, name: str) -> str:
        at = self._up.setdefault(name, name)
        while self._up[at] != at:
            self._up[at] = self._up[self._up[at]]
            at = self._up[at]
        return at

    def join(self, one: str, other: str) -> None:
        self._up[self.of(one)] = self.of(other)


def _plain(host: str) -> str:
    return host.lower().rstrip(".").removeprefix("www.")


def _parents(host: str) -> Iterator[str]:
    while "." in host:
        host = host.split(".", 1)[1]
        yield host


def _shard(key: str, count: int) -> int:
    digest = hashlib.sha256(key.encode()).digest()
    return int.from_bytes(digest[:8]) % count + 1
