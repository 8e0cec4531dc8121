"""What to think of a site's crawl and of a whole run, and the exit code that says it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum

from newscrawl.account.ledger import SiteLedger, State, is_choice


class ExitCode(IntEnum):
    """Exit codes of all commands (a signal adds 128 to its number: 130, 143)."""

    OK = 0
    DEGRADED = 1  # some sites failed, fell silent or were degraded
    USAGE = 2
    UNWRITABLE = 3  # output could not be written, or verify found a disagreement
    HELD = 4  # another job holds the same site and output


class Judgement(StrEnum):
    """Verdict on one site (column ``runs.verdict``)."""

    OK = "ok"
    FAILED = "failed"
    SILENT = "silent"
    DEGRADED = "degraded"
    HELD = "held"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Verdict:
    """A judgement and why."""

    judgement: Judgement
    reason: str = ""

    @property
    def good(self) -> bool:
        """Whether nothing needs a look."""
        return self.judgement is Judgement.OK


# Refusals that are defects of ours: one is enough to say so.
_DEFECTS = frozenset({"error", "extraction_error"})
_MIN_SAMPLE = 5
_BAD_SHARE = 0.5
_ALL_BAD = 3  # so many pages asked for and every one refused


def judge_site(ledger: SiteLedger, *, stopped: str | None = None) -> Verdict:
    """The verdict on one site from its own run.

    failed: no source could be read, or the code raised; silent: the sources named no URL at all;
    degraded: a source failed, or more than half of the pages asked for (of five or more) or all of
    them (of three or more) were refused, choices aside, or most of the articles that were looked at
    again are gone. ``stopped`` names the signal or limit that ended the crawl
    early.
    """
    if ledger.errors:
        return Verdict(Judgement.FAILED, f"{ledger.errors} errors in the code, see the log")
    failed = sum(ledger.sources_failed.values())
    if failed and not ledger.sources_read:
        why = ", ".join(sorted(ledger.sources_failed))
        return Verdict(Judgement.FAILED, f"no source could be read ({why})")
    if stopped:
        return Verdict(Judgement.STOPPED, stopped)
    named = ledger.found - ledger.revisited
    if not named and ledger.sources_read and not ledger.not_modified:
        return Verdict(Judgement.SILENT, "the sources name no article")
    refused = ledger.states[State.REFUSED] - ledger.refused_by_choice
    asked = refused + ledger.states[State.STORED] + ledger.states[State.NEW_VERSION]
    defects = sum(n for (_, reason), n in ledger.refusals.items() if reason in _DEFECTS)
    if defects:
        return Verdict(Judgement.DEGRADED, f"{defects} pages met a defect of newscrawl")
    if (asked >= _MIN_SAMPLE and refused > _BAD_SHARE * asked) or asked == refused >= _ALL_BAD:
        (stage, reason), n = next(
            x for x in ledger.refusals.most_common() if not is_choice(x[0][1])
        )
        return Verdict(
            Judgement.DEGRADED, f"{refused} of {asked} pages refused, most: {stage}/{reason} ({n})"
        )
    if ledger.gone >= _MIN_SAMPLE and ledger.gone > _BAD_SHARE * ledger.revisited:
        return Verdict(
            Judgement.DEGRADED,
            f"{ledger.gone} known articles are gone: has the site moved?",
        )
    if failed:
        why = ", ".join(f"{name} ({n})" for name, n in ledger.sources_failed.most_common())
        return Verdict(Judgement.DEGRADED, f"{failed} sources failed: {why}")
    return Verdict(Judgement.OK)


def exit_code(
    verdicts: list[Verdict], *, signal: int | None = None, unwritable: bool = False
) -> int:
    """The exit code of a run: output first, then a signal, then held sites, then bad ones."""
    if unwritable:
        return ExitCode.UNWRITABLE
    if signal is not None:
        return 128 + signal
    if any(v.judgement is Judgement.HELD for v in verdicts):
        return ExitCode.HELD
    return ExitCode.OK if all(v.good for v in verdicts) else ExitCode.DEGRADED
