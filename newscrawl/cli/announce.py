"""What follows a run: the report page, the metrics file, the webhook. None of it fails the run."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from newscrawl.account import MEMORY, Summary, read_runs, standings
from newscrawl.cli.report import write_report
from newscrawl.cli.webhook import WebhookError, message, post
from newscrawl.clock import now
from newscrawl.dataset import LogDamaged
from newscrawl.manners import AllowedAddresses
from newscrawl.report import openmetrics
from newscrawl.written import write_whole

_SIGNAL = 128


@dataclass(frozen=True, slots=True, kw_only=True)
class Announcements:
    """What the caller wants to follow a run."""

    report: bool = True
    metrics: Path | None = None
    webhook: str | None = None
    allowed: tuple[str, ...] = ()  # HOST:PORT that the webhook may have though it is not public


def announce(summary: Summary, wanted: Announcements, console: Console) -> None:
    """Write and send what is wanted; says on the console what could not be.

    After a signal nothing is sent and no page is written: the process must end soon.
    """
    if wanted.metrics is not None:
        try:
            write_metrics(summary, wanted.metrics)
        except (OSError, LogDamaged) as error:
            _warn(console, f"the metrics {wanted.metrics} could not be written: {error}")
    if summary.exit_code > _SIGNAL:
        return
    if wanted.report and _tells_something(summary) and _is_folder(summary.output):
        try:
            write_report(summary.output, summary.run_id, now())
        except Exception as error:  # noqa: BLE001 - the run is over and was accounted for
            _warn(console, f"the report could not be written: {error}")
    if wanted.webhook is not None and summary.exit_code:
        try:
            post(wanted.webhook, message(summary), AllowedAddresses.parse(wanted.allowed))
        except WebhookError as error:
            _warn(console, f"the webhook was not told: {error}")


def write_metrics(summary: Summary, path: Path) -> None:
    """Write how the run's sites stand, as OpenMetrics text.

    Raises:
        OSError: the file cannot be written; what was there stays.
    """
    at = now()
    mine = {record.site for record in summary.records}
    history = read_runs(summary.output, since=at - MEMORY, until=at)
    shown = {site: runs for site, runs in history.items() if site in mine}
    text = openmetrics(standings(shown, at), exit_code=summary.exit_code, at=at)
    write_whole(path, text)


def _tells_something(summary: Summary) -> bool:
    """Whether a run is worth a page: one of `--due` that asked nothing is not."""
    return bool(summary.exit_code or summary.total("found") or summary.total("requests"))


def _is_folder(output: str) -> bool:
    return "://" not in output or output.startswith("file://")


def _warn(console: Console, text: str) -> None:
    console.print(f"warning: {text}", style="yellow", markup=False)
