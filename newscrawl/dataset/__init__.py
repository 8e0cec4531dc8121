"""The Parquet dataset: commit log, outbox, snapshots, verification."""

from newscrawl.dataset.errors import (
    FromNewerVersion,
    LogDamaged,
    NoSuchSnapshot,
    OutputUnwritable,
    SchemaConflict,
    StateDamaged,
)
from newscrawl.dataset.info import DatasetInfo, TableInfo
from newscrawl.dataset.lock import Holder, SiteHeld, SiteLock
from newscrawl.dataset.output import Output
from newscrawl.dataset.snapshot import DatasetSnapshot, open_dataset
from newscrawl.dataset.transaction import Accepted, Transaction
from newscrawl.dataset.url_state import ArticleState, SourceState, UrlState
from newscrawl.dataset.verify import VerifyReport

__all__ = [
    "Accepted",
    "ArticleState",
    "DatasetInfo",
    "DatasetSnapshot",
    "FromNewerVersion",
    "Holder",
    "LogDamaged",
    "NoSuchSnapshot",
    "Output",
    "OutputUnwritable",
    "SchemaConflict",
    "SiteHeld",
    "SiteLock",
    "SourceState",
    "StateDamaged",
    "TableInfo",
    "Transaction",
    "UrlState",
    "VerifyReport",
    "open_dataset",
]
