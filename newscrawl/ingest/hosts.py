"""Which site a host of an archive belongs to: thousands of hosts, most of them not registered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from newscrawl.editing import name_of_host
from newscrawl.site import Site

# top-level domains that are no ISO 3166 code, and codes that are sold as words
_COUNTRY_OF = {"uk": "GB"}
_WORDS = frozenset({"ai", "cc", "co", "fm", "gg", "io", "ly", "me", "nu", "sh", "to", "tv", "ws"})


@dataclass(frozen=True, slots=True)
class HostSite:
    """What is known of a host. ``country`` is an ISO 3166 code in upper case."""

    name: str
    site: Site | None
    country: str | None


class HostSites:
    """Sites by domain; remembers the hosts it was asked for."""

    def __init__(self, sites: Mapping[str, Site]) -> None:
        self._domains: dict[str, Site] = {}
        for site in sites.values():
            for domain in site.domains:
                self._domains.setdefault(domain, site)
        self._hosts: dict[str, HostSite] = {}

    def of(self, host: str) -> HostSite:
        """The site of a host: by the longest registered domain that it is or stands below."""
        host = host.lower().rstrip(".")
        found = self._hosts.get(host)
        if found is None:
            found = self._hosts[host] = self._look(host)
        return found

    def _look(self, host: str) -> HostSite:
        labels = host.split(".")
        for i in range(len(labels)):
            if (site := self._domains.get(".".join(labels[i:]))) is not None:
                return HostSite(site.name, site, site.country)
        top = labels[-1]
        country = None
        if len(top) == 2 and top.isalpha() and top not in _WORDS:
            country = _COUNTRY_OF.get(top, top.upper())
        return HostSite(name_of_host(host), None, country)
