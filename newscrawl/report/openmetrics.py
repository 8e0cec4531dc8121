"""How the sites stand, as OpenMetrics text for node-exporter's textfile collector.

Gauges only, so that the text is valid both as OpenMetrics 1.0 and as the older Prometheus text
format that the collector reads.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from newscrawl.account import Judgement, Standing
from newscrawl.items import RunRecord

_COUNTS = {
    "stored": "New articles of the last run.",
    "new_versions": "New versions of known articles in the last run.",
    "unchanged": "Known and unchanged URLs of the last run.",
    "refused": "URLs refused in the last run.",
    "requests": "Requests sent in the last run.",
    "bytes": "Bytes received in the last run.",
}


@dataclass(frozen=True, slots=True)
class _Family:
    name: str
    help: str
    value: Callable[[Standing], float | None]


_FAMILIES = (
    _Family(
        "newscrawl_site_last_run_timestamp_seconds",
        "Start of the site's last run.",
        lambda x: x.last_run.started_at.timestamp(),
    ),
    _Family(
        "newscrawl_site_last_good_run_timestamp_seconds",
        "Start of the site's last run whose verdict was ok.",
        lambda x: x.last_good.timestamp() if x.last_good else None,
    ),
    _Family(
        "newscrawl_site_newest_article_timestamp_seconds",
        "Publication time of the newest article stored.",
        lambda x: x.newest.timestamp() if x.newest else None,
    ),
    _Family(
        "newscrawl_site_articles_per_day",
        "New articles a day, lately.",
        lambda x: x.per_day,
    ),
    _Family(
        "newscrawl_site_with_date_ratio",
        "Share of the rows of 14 days that have a publication date.",
        lambda x: x.with_date,
    ),
    _Family(
        "newscrawl_site_with_author_ratio",
        "Share of the rows of 14 days that have an author.",
        lambda x: x.with_author,
    ),
)


def openmetrics(standings: Sequence[Standing], *, exit_code: int, at: datetime) -> str:
    """The text: verdicts, times, rates and counts by site, and the run's exit code.

    ``newscrawl_site_verdict`` is a state set: 1 for the verdict that holds, 0 for the others.
    """
    lines = [
        *_head("newscrawl_run_exit_code", "Exit code of the last run."),
        f"newscrawl_run_exit_code {exit_code}",
        *_head("newscrawl_run_timestamp_seconds", "When these figures were written."),
        f"newscrawl_run_timestamp_seconds {_number(at.timestamp())}",
        *_head("newscrawl_site_verdict", "Verdict on the site's last run."),
    ]
    for row in standings:
        for judgement in Judgement:
            labels = f'site="{_escaped(row.site)}",verdict="{judgement}"'
            lines.append(f"newscrawl_site_verdict{{{labels}}} {int(row.verdict == judgement)}")
    for family in _FAMILIES:
        lines += _head(family.name, family.help)
        for row in standings:
            if (value := family.value(row)) is not None:
                lines.append(f'{family.name}{{site="{_escaped(row.site)}"}} {_number(value)}')
    for name, text in _COUNTS.items():
        lines += _head(f"newscrawl_site_run_{name}", text)
        lines += [_count(row.last_run, name) for row in standings]
    return "\n".join([*lines, "# EOF", ""])


def _count(run: RunRecord, name: str) -> str:
    return f'newscrawl_site_run_{name}{{site="{_escaped(run.site)}"}} {getattr(run, name)}'


def _head(name: str, text: str) -> list[str]:
    return [f"# HELP {name} {text}", f"# TYPE {name} gauge"]


def _number(value: float) -> str:
    return f"{value:.3f}".rstrip("0").rstrip(".")


def _escaped(value: str) -> str:
    return value.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")
