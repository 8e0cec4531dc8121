"""Shards: whole, disjoint, the same for everybody, and no host in two of them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from newscrawl.registry import all_sites
from newscrawl.shards import hosts_of, in_shard, shards
from newscrawl.site import Listing, Site


def site(name: str, *domains: str, feeds: tuple[str, ...] = (), **more: object) -> Site:
    record = Site(
        name=name,
        title=name,
        country="KH",
        languages=("km",),
        timezone="UTC",
        domains=domains,
        home=f"https://{domains[0]}/",
        feeds=feeds,
    )
    return replace(record, **more)  # type: ignore[arg-type]


def test_registered_sites_share_no_host_over_shards() -> None:
    known = all_sites()
    for count in (1, 2, 7, 64):
        where = shards(known.values(), count)
        assert set(where) == set(known)
        assert set(where.values()) <= set(range(1, count + 1))
        homes: dict[str, set[int]] = defaultdict(set)
        for name, record in known.items():
            for host in hosts_of(record):
                homes[host].add(where[name])
        assert all(len(found) == 1 for found in homes.values())
        for host, found in homes.items():
            for other, there in homes.items():
                if other.endswith(f".{host}"):
                    assert found == there, (host, other)


def test_a_shared_platform_joins_sites() -> None:
    sites = [
        site("a", "a.test", feeds=("https://feeds.platform.test/a",)),
        site("b", "b.test", listings=(Listing("https://feeds.platform.test/b?page={page}"),)),
        site("c", "www.c.test", "cdn.c-media.test"),
        site("d", "d.test", sitemaps=("https://static.cdn.c-media.test/d.xml",)),
        site("e", "c.test"),
    ]
    where = shards(sites, 10**9)
    assert where["a"] == where["b"]
    assert where["c"] == where["d"] == where["e"]
    assert where["a"] != where["c"]


def test_neighbours_on_a_platform_that_nobody_claims_stay_apart() -> None:
    where = shards([site("a", "a.blogs.test"), site("b", "b.blogs.test")], 10**9)
    assert where["a"] != where["b"]


def test_the_shard_of_a_site_does_not_depend_on_what_else_is_asked_for() -> None:
    sites = [site(f"s{n}", f"paper{n}.test") for n in range(200)]
    known = {x.name: x for x in sites}
    parts = [in_shard(sites, known, k, 4) for k in range(1, 5)]
    assert sorted(x.name for part in parts for x in part) == sorted(known)
    assert min(map(len, parts)) > 30
    assert in_shard(sites[:50], known, 2, 4) == [x for x in sites[:50] if x in parts[1]]
    assert in_shard(sites[::-1], known, 2, 4) == parts[1][::-1]
