"""The registry as tables: for a terminal, and the page docs/sites.md."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from newscrawl.site import Site

_HEAD = """# Registered sites

This page is written by `newscrawl sites list --markdown`; a test holds it equal to the registry.
*Evidence* says on what public evidence a record rests and when it was last seen to hold; sites
whose sources are not confirmed find their feeds, sitemaps and sections by themselves (`discovers`).
"""


def sources_of(site: Site) -> str:
    """What a site is read from: ``8 feeds, 1 news sitemap, 2 lists, discovers``."""
    counts = [
        (len(site.feeds), "feed"),
        (len(site.news_sitemaps), "news sitemap"),
        (len(site.sitemaps), "sitemap"),
        (len(site.listings), "list"),
    ]
    words = [f"{n} {word}{'s' if n > 1 else ''}" for n, word in counts if n]
    if site.discover:
        words.append("discovers")
    return ", ".join(words)


def evidence_of(site: Site) -> str:
    """``2026-09, high: feed seen answering``; empty without evidence."""
    known = site.verified
    return f"{known.as_of}, {known.confidence}: {known.evidence}" if known else ""


def rows(sites: Iterable[Site]) -> list[tuple[str, ...]]:
    """Name, title, country, languages, sources, evidence of each site."""
    return [
        (
            site.name,
            site.title,
            site.country,
            " ".join(site.languages),
            sources_of(site),
            evidence_of(site),
        )
        for site in sites
    ]


def markdown(sites: Mapping[str, Site]) -> str:
    """The page docs/sites.md: counts by country and language, then every site."""
    by_country: dict[str, list[Site]] = defaultdict(list)
    main: dict[str, list[str]] = defaultdict(list)
    also: dict[str, list[str]] = defaultdict(list)
    for site in sites.values():
        by_country[site.country].append(site)
        main[site.languages[0]].append(site.name)
        for language in site.languages[1:]:
            also[language].append(site.name)
    hubs = len(by_country.get("ZZ", ()))
    lines = [
        _HEAD,
        f"{len(sites)} sites: {len(sites) - hubs} in {len(by_country) - bool(hubs)} countries, "
        f"{hubs} hub{'s' if hubs != 1 else ''} of many countries (`ZZ`).",
        "",
        "## By language",
        "",
        "| language | main language of | | also in |",
        "|---|---:|---|---|",
    ]
    lines += [
        f"| {language} | {len(main[language])} | {', '.join(sorted(main[language]))} "
        f"| {', '.join(sorted(also[language]))} |"
        for language in sorted({*main, *also}, key=lambda x: (-len(main[x]), x))
    ]
    lines += ["", "## By country", ""]
    for country, found in sorted(by_country.items()):
        lines += [f"### {country} ({len(found)})", ""]
        lines += ["| name | title | languages | sources | evidence |", "|---|---|---|---|---|"]
        lines += [
            f"| {name} | {title} | {languages} | {sources} | {evidence} |"
            for name, title, _, languages, sources, evidence in rows(
                sorted(found, key=lambda s: s.name)
            )
        ]
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"
