"""What was learned of one site over its runs: how often something held, the old fading away."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Odds:
    """How often something held and did not, in events; older ones count less."""

    yes: float = 0.0
    no: float = 0.0

    def share(self, prior: Odds) -> float:
        """The expected share of ``yes``, 0 to 1, where ``prior`` was believed beforehand."""
        yes = self.yes + prior.yes
        return yes / (yes + self.no + prior.no)

    def after(self, held: bool, *, memory: float, weight: float = 1.0) -> Odds:
        """With one event more; what was known counts ``memory`` (0 to 1) of what it did."""
        return Odds(
            self.yes * memory + (weight if held else 0.0),
            self.no * memory + (0.0 if held else weight),
        )


class SiteMemory:
    """The odds of one site by name. Not thread-safe: the crawl's loop owns it."""

    def __init__(self, odds: Mapping[str, Odds] | None = None) -> None:
        self._odds = dict(odds or {})
        self._noted: set[str] = set()

    def odds(self, name: str) -> Odds:
        """What is known under a name; nothing at first."""
        return self._odds.get(name, Odds())

    def note(self, name: str, held: bool, *, memory: float, weight: float = 1.0) -> None:
        """Learn of one event."""
        self._odds[name] = self.odds(name).after(held, memory=memory, weight=weight)
        self._noted.add(name)

    def noted(self) -> dict[str, Odds]:
        """What has changed since the beginning, to be kept."""
        return {name: self._odds[name] for name in sorted(self._noted)}
