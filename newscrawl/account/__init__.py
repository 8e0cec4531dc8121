"""The truthful account of a run: ledger, verdict, summary."""

from newscrawl.account.baselines import MEMORY, Finding, compare, rhythm_of, with_baseline
from newscrawl.account.history import last_good, looked, read_runs
from newscrawl.account.ledger import Entry, Fetched, SiteLedger, State, is_choice, is_passing
from newscrawl.account.rhythm import Rhythm
from newscrawl.account.standing import Standing, standing, standings
from newscrawl.account.summary import Recall, Summary, run_record
from newscrawl.account.verdict import ExitCode, Judgement, Verdict, exit_code, judge_site

__all__ = [
    "MEMORY",
    "Entry",
    "ExitCode",
    "Fetched",
    "Finding",
    "Judgement",
    "Recall",
    "Rhythm",
    "SiteLedger",
    "Standing",
    "State",
    "Summary",
    "Verdict",
    "compare",
    "exit_code",
    "is_choice",
    "is_passing",
    "judge_site",
    "last_good",
    "looked",
    "read_runs",
    "rhythm_of",
    "run_record",
    "standing",
    "standings",
    "with_baseline",
]
