"""The page of one run: what to look at first, then every site, then what was got and missed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from newscrawl.account import is_choice
from newscrawl.report.facts import Refused, RunFacts
from newscrawl.report.markup import Markup, element, foreign, fragment, link
from newscrawl.report.page import kind_of, length, moment, page, table, tile, verdict_word
from newscrawl.report.plots import day_bars, meter, rank_bars

_REASONS = 14
_SITES = 12
_FLAGS = 8


def run_page(facts: RunFacts) -> str:
    """The page of a run as a whole HTML file."""
    bad = [record for record in facts.records if record.verdict != "ok"]
    head = f"{len(bad)} of {len(facts.records)} sites need a look" if bad else "All sites are well"
    return page(
        f"newscrawl {facts.run_id}",
        element("p", link_to_index(), class_="soft"),
        element("h1", head),
        element(
            "p", f"Run {facts.run_id}, ", moment(facts.began), " UTC, took ",
            length(facts.ended - facts.began), class_="soft",
        ),
        element(
            "div",
            tile(facts.total("stored"), "new articles"),
            tile(facts.total("new_versions"), "new versions"),
            tile(facts.total("duplicates"), "copies of known stories"),
            tile(facts.total("unchanged"), "known, unchanged"),
            tile(facts.total("revisited"), "looked at again by plan"),
            tile(facts.total("refused") - facts.total("refused_by_choice"), "refused for trouble"),
            tile(facts.total("refused_by_choice"), "left by choice"),
            tile(facts.total("requests"), "requests"),
            class_="tiles",
        ),
        element("h2", "Look at this first"),
        _look_first(facts),
        element("h2", "Sites"),
        _sites(facts),
        *_section("Refused, by reason", _refused(facts)),
        *_section("Who republished whom", _copies(facts)),
        *_section("Slowest sites", _slowest(facts)),
        *_section(_newest_title(facts), _newest(facts)),
        element("p", "Times are UTC.", class_="soft"),
    )  # fmt: skip


def link_to_index() -> Markup:
    """A link to the index of runs, in the same folder."""
    return element("a", "All runs", href="index.html")


def _section(title: str, body: Markup | None) -> list[Markup]:
    return [] if body is None else [element("h2", title), body]


def _look_first(facts: RunFacts) -> Markup:
    items = []
    for row in facts.standings:
        if row.verdict == "ok":
            continue
        since = (
            fragment([" since ", moment(row.bad_since)])
            if row.bad_since and row.bad_since < row.last_run.started_at
            else ""
        )
        items.append(
            element(
                "li",
                element("b", foreign(row.site)),
                " ",
                verdict_word(row.verdict),
                since,
                element("br"),
                foreign(row.last_run.reason or ""),
                class_=kind_of(row.verdict),
            )
        )
    flags: Counter[str] = Counter(flag for row in facts.stored for flag in row.flags)
    if not items:
        items.append(element("li", "Nothing: every site is as it usually is.", class_="good"))
    if flags:
        words = ", ".join(f"{flag} {count}" for flag, count in flags.most_common(_FLAGS))
        items.append(element("li", f"Flags on the newest articles: {words}"))
    return element("ul", fragment(items), class_="look")


def _sites(facts: RunFacts) -> Markup:
    rows: list[list[object]] = []
    for row in facts.standings:
        run = row.last_run
        rows.append(
            [
                foreign(row.site),
                verdict_word(row.verdict),
                run.stored,
                day_bars(row.days, f"{row.site}, articles by day"),
                length(row.age(facts.ended)),
                "-" if row.per_day is None else f"{row.per_day:.3g}",
                run.new_versions,
                run.refused - (run.refused_by_choice or 0),
                meter(row.with_date, "with a date", bad_below=0.8),
                meter(row.with_author, "with an author", bad_below=0.2),
            ]
        )
    everything = _all_days(facts)
    plot = (
        element(
            "p", day_bars(everything, "all sites, articles by day"), " ",
            element("span", "new articles by day, all sites of this run", class_="soft"),
        )
        if len(facts.standings) > 1
        else Markup("")
    )  # fmt: skip
    heads = [
        ("site", ""), ("verdict", ""), ("new", "n"), ("14 days", ""), ("newest is", "n"),
        ("a day", "n"), ("versions", "n"), ("trouble", "n"), ("dates", ""), ("authors", ""),
    ]  # fmt: skip
    return fragment([plot, table(heads, rows)])


def _all_days(facts: RunFacts) -> list[tuple[date, int]]:
    days: Counter[date] = Counter()
    for row in facts.standings:
        for day, count in row.days:
            days[day] += count
    return sorted(days.items())


def _refused(facts: RunFacts) -> Markup | None:
    if not facts.refused:
        return None
    trouble = [row for row in facts.refused if not is_choice(row.reason)]
    chosen = [row for row in facts.refused if is_choice(row.reason)]
    parts: list[object] = []
    for title, rows in (
        ("Trouble: it may be the site, the network, or our rules.", trouble),
        ("By choice: of newscrawl, of whoever runs it, or of the publisher.", chosen),
    ):
        if rows:
            parts += [element("p", title, class_="soft"), _by_reason(rows)]
    return fragment(parts)


def _by_reason(rows: Sequence[Refused]) -> Markup:
    reasons: Counter[str] = Counter()
    where: dict[str, Counter[str]] = {}
    for row in rows:
        reason = f"{row.stage}/{row.reason}"
        reasons[reason] += row.count
        where.setdefault(reason, Counter())[row.site] += row.count
    bars = [
        (
            fragment(
                [reason, " ", element("span", *_named(where[reason]), class_="soft")]
            ),
            float(count),
            str(count),
        )
        for reason, count in reasons.most_common(_REASONS)
    ]  # fmt: skip
    return rank_bars(bars)


def _named(sites: Counter[str]) -> list[object]:
    """The sites with the most, and how many others."""
    shown = [foreign(f"{site} {count}") for site, count in sites.most_common(3)]
    parts: list[object] = []
    for n, site in enumerate(shown):
        parts += [", " if n else "", site]
    if len(sites) > len(shown):
        parts.append(f" and {len(sites) - len(shown)} more")
    return parts


def _copies(facts: RunFacts) -> Markup | None:
    if not facts.copied:
        return None
    pairs: Counter[tuple[str, str]] = Counter((x.first_site, x.site) for x in facts.copied)
    bars = [
        (fragment([foreign(first or "?"), " → ", foreign(site)]), float(count), str(count))
        for (first, site), count in pairs.most_common(_SITES)
    ]
    rows: list[list[object]] = [
        [
            link(copy.url, copy.title or copy.url),
            foreign(copy.first_site or "?"),
            foreign(copy.site),
            copy.kind.replace("_", " "),
            "-" if copy.overlap is None else f"{copy.overlap:.0%}",
        ]
        for copy in facts.copied
    ]
    heads = [
        ("story", "t"),
        ("seen first at", ""),
        ("then at", ""),
        ("kind", ""),
        ("same text", "n"),
    ]
    return fragment([rank_bars(bars), element("p", " "), table(heads, rows)])


def _slowest(facts: RunFacts) -> Markup | None:
    if not facts.slow:
        return None
    return rank_bars(
        [
            (
                foreign(row.site),
                row.median,
                f"{row.median:.2f} s (slowest {row.slowest:.1f} s of {row.answers})",
            )
            for row in facts.slow[:_SITES]
        ]
    )


def _newest_title(facts: RunFacts) -> str:
    if facts.stored_total > len(facts.stored):
        return f"New rows: the newest {len(facts.stored)} of {facts.stored_total}"
    return "New rows"


def _newest(facts: RunFacts) -> Markup | None:
    if not facts.stored:
        return None
    rows: list[list[object]] = [
        [
            link(row.url, row.title or row.url),
            foreign(row.site),
            row.language,
            moment(row.published_at),
            "yes" if row.has_author else element("span", "no", class_="none"),
        ]
        for row in facts.stored
    ]
    heads = [("title", "t"), ("site", ""), ("language", ""), ("published", ""), ("author", "")]
    return table(heads, rows)
