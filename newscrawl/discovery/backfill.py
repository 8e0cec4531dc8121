"""Backfill: a long span of days cut into windows, the newest first, resumable at any point."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True, order=True)
class Window:
    """Days from ``first`` to ``last``, both included, in the site's zone."""

    first: date
    last: date

    def __str__(self) -> str:
        return f"{self.first.isoformat()}/{self.last.isoformat()}"

    @classmethod
    def parse(cls, text: str) -> Window:
        """The window of its text form; raises ValueError for any other text."""
        first, _, last = text.partition("/")
        window = cls(date.fromisoformat(first), date.fromisoformat(last))
        if window.first > window.last:
            raise ValueError(f"window ends before it begins: {text}")
        return window


def windows(since: date, until: date, days: int = 7) -> Iterator[Window]:
    """The span in windows of at most ``days`` days, the newest first.

    Windows lie on a fixed grid (counted from the proleptic year 1), so that a run resumed with
    another ``until`` meets the same windows. Raises ValueError if ``days`` is less than 1.
    """
    if days < 1:
        raise ValueError("a window has at least one day")
    last = until
    while last >= since:
        start = date.fromordinal(max(1, last.toordinal() - last.toordinal() % days))
        first = max(since, start)
        yield Window(first, last)
        if first.toordinal() == 1:
            return
        last = first - timedelta(days=1)


class Backfill:
    """What is left of a backfill.

    ``done`` are the windows finished earlier, as texts (`Window.__str__`), in any order and also
    from other spans; days that they cover are not taken again. `to_text` gives what to keep between
    runs.
    """

    def __init__(self, since: date, until: date, days: int = 7, done: Iterable[str] = ()) -> None:
        self.since = since
        self.until = until
        self.days = days
        self._done: list[Window] = []
        for text in done:
            try:
                self._done.append(Window.parse(text))
            except ValueError:
                continue  # a damaged line costs a window asked twice, nothing more
        self._done = _joined(self._done)

    def remaining(self) -> Iterator[Window]:
        """Windows still to do, the newest first; parts already done are cut out."""
        for window in windows(self.since, self.until, self.days):
            yield from reversed(list(_without(window, self._done)))

    def finish(self, window: Window) -> None:
        """Mark a window as done (only after its results are durable)."""
        self._done = _joined([*self._done, window])

    @property
    def complete(self) -> bool:
        """Is nothing left."""
        return next(self.remaining(), None) is None

    def to_text(self) -> tuple[str, ...]:
        """The finished windows, joined where they touch, oldest first."""
        return tuple(map(str, self._done))


def _joined(parts: list[Window]) -> list[Window]:
    out: list[Window] = []
    for part in sorted(parts):
        if out and part.first.toordinal() <= out[-1].last.toordinal() + 1:
            out[-1] = Window(out[-1].first, max(out[-1].last, part.last))
        else:
            out.append(part)
    return out


def _without(window: Window, done: list[Window]) -> Iterator[Window]:
    """The parts of a window that no finished one covers, oldest first."""
    first = window.first
    for part in done:
        if part.last < first or part.first > window.last:
            continue
        if part.first > first:
            yield Window(first, part.first - timedelta(days=1))
        if part.last >= window.last:
            return
        first = part.last + timedelta(days=1)
    yield Window(first, window.last)
