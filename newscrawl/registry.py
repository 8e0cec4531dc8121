"""The registered sites, and what a target of ``newscrawl crawl`` stands for.

Every class below ``newscrawl.spiders`` that carries a `Site` record is a registered site. The
modules are found by walking the package, so that adding a file is all that registering takes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from functools import cache
from importlib import import_module
from pkgutil import walk_packages
from typing import TYPE_CHECKING

from newscrawl.site import Site

if TYPE_CHECKING:
    from newscrawl.spider import NewsSpider

_PACKAGE = "newscrawl.spiders"
ALL = "all"


class UnknownTargetError(LookupError):
    """A word that is no site, country or group; ``near`` are the names that look like it."""

    def __init__(self, target: str, near: tuple[str, ...]) -> None:
        hint = f"; did you mean {', '.join(near)}?" if near else "; see `newscrawl sites list`"
        super().__init__(f"no site, country or group is called {target!r}{hint}")
        self.target = target
        self.near = near


@cache
def spider_classes() -> Mapping[str, type[NewsSpider]]:
    """The registered spider classes by site name, in the order of country and name.

    Raises ValueError if two classes share a name.
    """
    found: dict[str, type[NewsSpider]] = {}
    package = import_module(_PACKAGE)
    for info in sorted(walk_packages(package.__path__, f"{_PACKAGE}."), key=lambda x: x.name):
        if info.ispkg:
            continue
        module = import_module(info.name)
        for value in vars(module).values():
            if not isinstance(value, type) or value.__module__ != info.name:
                continue
            site = vars(value).get("site")
            if isinstance(site, Site):
                if site.name in found:
                    other = found[site.name].__module__
                    raise ValueError(f"{info.name}: {site.name!r} is registered in {other} too")
                found[site.name] = value
    return found


@cache
def _registered() -> Mapping[str, Site]:
    return {name: vars(cls)["site"] for name, cls in spider_classes().items()}


def all_sites() -> dict[str, Site]:
    """The registered sites by name."""
    return dict(_registered())


def resolve(target: str, sites: Mapping[str, Site] | None = None) -> tuple[Site, ...]:
    """The sites that a target names, in the order of the registry, without repeats.

    ``target`` is a site name, an ISO country code in either case, a group, or ``all``; a site name
    wins over a group, a group over a country. ``sites`` replaces the registry (users' own sites
    are merged by the caller). Raises `UnknownTargetError`.
    """
    known = _registered() if sites is None else sites
    word = target.strip()
    if word == ALL:
        return tuple(known.values())
    if word in known:
        return (known[word],)
    lower = word.lower()
    if lower in known:
        return (known[lower],)
    if grouped := tuple(s for s in known.values() if lower in s.groups):
        return grouped
    if national := tuple(s for s in known.values() if s.country.lower() == lower):
        return national
    raise UnknownTargetError(target, _near(lower, known.values()))


def site_for_host(host: str, sites: Mapping[str, Site] | None = None) -> Site | None:
    """The site that a host name belongs to (its domains and their subdomains), the nearest one."""
    host = host.lower().rstrip(".")
    best: tuple[int, Site] | None = None
    for site in (_registered() if sites is None else sites).values():
        for domain in site.domains:
            if (host == domain or host.endswith(f".{domain}")) and (
                best is None or len(domain) > best[0]
            ):
                best = (len(domain), site)
    return best[1] if best else None


def _near(word: str, sites: Iterable[Site]) -> tuple[str, ...]:
    names: dict[str, str] = {ALL: ALL}
    for site in sites:
        names[site.name] = site.name
        names[site.country.lower()] = site.country.lower()
        names.update({group: group for group in site.groups})
        # what a reader calls the paper leads to its name too
        names["".join(c for c in site.title.lower() if c.isalnum())] = site.name
    close = get_close_matches(word.replace(" ", ""), names, n=5, cutoff=0.72)
    inside = [key for key in names if len(word) >= 4 and word in key]
    return tuple(dict.fromkeys(names[key] for key in (*close, *inside)))[:3]
