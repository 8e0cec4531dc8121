"""May something be asked for, and if not, why."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Verdict:
    """``reason`` is a short stable word that reports count by (empty if allowed); ``detail`` is
    for people.
    """

    allowed: bool
    reason: str = ""
    detail: str = ""

    def __bool__(self) -> bool:
        return self.allowed


ALLOWED = Verdict(True)
