"""The last thing a run prints: what it got and what it missed, at a glance."""

from __future__ import annotations

from collections import Counter

from rich.console import Console
from rich.table import Table
from rich.text import Text

from newscrawl.account import Judgement, Summary
from newscrawl.extensions.logformat import printable

STYLES = {
    Judgement.OK: "green",
    Judgement.FAILED: "bold red",
    Judgement.SILENT: "bold red",
    Judgement.DEGRADED: "yellow",
    Judgement.HELD: "magenta",
    Judgement.STOPPED: "yellow",
}
_MEANING = {
    0: "all good",
    1: "some sites need a look",
    3: "the output could not be written",
    4: "another job holds a site",
    130: "interrupted, state clean",
    143: "terminated, state clean",
}


def print_summary(summary: Summary, console: Console) -> None:
    """Print a table of sites, the sums, the commonest refusals and the exit code."""
    table = Table(box=None, pad_edge=False, padding=(0, 1), header_style="dim")
    table.add_column("site", no_wrap=True, max_width=28)
    for name in ("found", "new", "versions", "same", "refused", "copies", "requests"):
        table.add_column(name, justify="right")
    table.add_column("verdict")
    for r in summary.records:
        verdict = Text(r.verdict, style=STYLES[Judgement(r.verdict)])
        table.add_row(
            printable(r.site),
            str(r.found),
            str(r.stored),
            str(r.new_versions),
            str(r.unchanged),
            str(r.refused),
            str(r.duplicates),
            str(r.requests),
            verdict,
        )
    if len(summary.records) > 1:
        table.add_section()
        totals = ("found", "stored", "new_versions", "unchanged", "refused", "duplicates")
        table.add_row(
            Text("all", style="bold"),
            *(Text(str(summary.total(x)), style="bold") for x in (*totals, "requests")),
            "",
        )
    console.print(table)
    for r in summary.records:
        if r.reason:
            console.print(Text(f"{printable(r.site)}: {printable(r.reason)}", style="yellow"))
    missed = {
        site: recall
        for site, recall in summary.recall.items()
        if recall.low - recall.found >= 1  # surely something, and not a rounding
    }
    for site, recall in sorted(missed.items()):
        share = recall.found / recall.total
        console.print(
            Text(
                f"{printable(site)}: about {recall.total - recall.found:.0f} articles were in no"
                f" source that was read (recall {share:.0%}, of two sources)",
                style="dim",
            )
        )
    for site, problems in sorted(summary.problems.items()):
        if problems:
            words = ", ".join(f"{word} {count}" for word, count in sorted(problems.items()))
            console.print(Text(f"{printable(site)}: sources: {words}", style="dim"))
    refusals: Counter[tuple[str, str]] = Counter()
    for counts in summary.refusals.values():
        refusals.update(counts)
    if refusals:
        named = ", ".join(
            f"{stage}/{reason} {count}" for (stage, reason), count in refusals.most_common(6)
        )
        console.print(Text(f"refused: {printable(named)}", style="dim"))
    seconds = (summary.finished_at - summary.started_at).total_seconds()
    meaning = _MEANING.get(summary.exit_code, "stopped by a signal")
    console.print(
        Text(
            f"run {summary.run_id} in {seconds:.1f} s -> {printable(summary.output)}"
            f"  (exit {summary.exit_code}: {meaning})"
        )
    )
