"""What a person sees while a crawl runs: a line a site on a terminal, plain lines elsewhere."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import TYPE_CHECKING

from rich.console import Console, Group
from rich.live import Live
from rich.table import Table
from rich.text import Text

from newscrawl.account import SiteLedger, State
from newscrawl.extensions.logformat import printable

if TYPE_CHECKING:
    from newscrawl.run import Run

_MAX_ROWS = 30
_PLAIN_SECONDS = 30.0


class Progress:
    """Shows a run while it lasts; a context manager. Reads counts only, from another thread."""

    def __init__(self, run: Run, sites: int, console: Console, *, quiet: bool) -> None:
        self._run, self._sites, self._console, self._quiet = run, sites, console, quiet
        self._began = time.monotonic()
        self._live: Live | None = None

    def __enter__(self) -> Progress:
        if not self._quiet and self._console.is_terminal:
            self._live = Live(
                get_renderable=self.render,
                console=self._console,
                refresh_per_second=4,
                transient=True,
            )
            self._live.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._live is not None:
            self._live.stop()

    @property
    def plain(self) -> bool:
        """Whether plain lines are wanted instead of a live table."""
        return self._live is None and not self._quiet

    def plain_line(self) -> str:
        """One line on the whole run."""
        ledgers = list(self._run.ledgers.values())
        done = sum(1 for x in ledgers if x.finished_at)
        return (
            f"{time.monotonic() - self._began:6.0f} s  sites {done}/{self._sites}"
            f"  found {sum(x.found for x in ledgers)}"
            f"  fetched {sum(x.requests for x in ledgers)}"
            f"  new {sum(_new(x) for x in ledgers)}"
            f"  duplicate {sum(x.duplicates for x in ledgers)}"
            f"  unchanged {sum(x.states[State.UNCHANGED] for x in ledgers)}"
            f"  refused {sum(x.states[State.REFUSED] for x in ledgers)}"
        )

    def render(self) -> Group:
        """The live table."""
        elapsed = max(time.monotonic() - self._began, 0.001)
        table = Table(box=None, pad_edge=False, padding=(0, 1), header_style="dim")
        table.add_column("site", no_wrap=True, max_width=28)
        for name in ("found", "fetched", "new", "dup", "same", "refused", "pages/s", ""):
            table.add_column(name, justify="right" if name else "left", no_wrap=True)
        ledgers = list(self._run.ledgers.values())
        # The busy ones are worth looking at; the finished ones go to the end.
        shown = sorted(ledgers, key=lambda x: (x.finished_at is not None, x.site))
        for ledger in shown[:_MAX_ROWS]:
            table.add_row(*self._cells(ledger, elapsed))
        more = len(shown) - _MAX_ROWS
        parts: list[Table | Text] = [table]
        if more > 0:
            parts.append(Text(f"and {more} more sites", style="dim"))
        parts.append(Text(self.plain_line().strip(), style="bold"))
        return Group(*parts)

    @staticmethod
    def _cells(ledger: SiteLedger, elapsed: float) -> tuple[str | Text, ...]:
        refused = ledger.states[State.REFUSED]
        done = ledger.finished_at is not None
        left = len(ledger.open_entries())
        return (
            Text(printable(ledger.site), style="dim" if done else "cyan"),
            str(ledger.found),
            str(ledger.requests),
            Text(str(_new(ledger)), style="green" if _new(ledger) else "dim"),
            str(ledger.duplicates),
            str(ledger.states[State.UNCHANGED]),
            Text(str(refused), style="yellow" if refused else "dim"),
            f"{ledger.requests / elapsed:.1f}",
            Text("done" if done else f"{left} to go", style="dim"),
        )


def _new(ledger: SiteLedger) -> int:
    return ledger.states[State.STORED] + ledger.states[State.NEW_VERSION]


def stderr_console() -> Console:
    """The console for progress and messages; results go to standard output."""
    return Console(file=sys.stderr, highlight=False)
