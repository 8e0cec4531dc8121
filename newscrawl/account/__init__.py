"""The truthful account of a run: ledger, verdict, summary."""

from newscrawl.account.ledger import Entry, Fetched, SiteLedger, State, is_passing
from newscrawl.account.summary import Recall, Summary, run_record
from newscrawl.account.verdict import ExitCode, Judgement, Verdict, exit_code, judge_site

__all__ = [
    "Entry",
    "ExitCode",
    "Fetched",
    "Judgement",
    "Recall",
    "SiteLedger",
    "State",
    "Summary",
    "Verdict",
    "exit_code",
    "is_passing",
    "judge_site",
    "run_record",
]
