"""The Parquet dataset: commit log, outbox, snapshots, verification."""

from newscrawl.dataset.adopt import adopt_files, write_rows
from newscrawl.dataset.care import CareHeld, compact_output, take_down, vacuum_output
from newscrawl.dataset.changes import Changes, changes
from newscrawl.dataset.columns import columns_markdown
from newscrawl.dataset.compact import Compaction
from newscrawl.dataset.errors import (
    FromNewerVersion,
    LogDamaged,
    NoSuchSnapshot,
    OutputUnwritable,
    SchemaConflict,
    StateDamaged,
    StateMismatch,
)
from newscrawl.dataset.export import Export, export
from newscrawl.dataset.info import DatasetInfo, TableInfo
from newscrawl.dataset.last_texts import pack_last_text
from newscrawl.dataset.learned import Learned
from newscrawl.dataset.lock import Holder, SiteHeld, SiteLock
from newscrawl.dataset.output import Output
from newscrawl.dataset.robots_copies import DamagedCopy, RobotsCopy
from newscrawl.dataset.snapshot import DatasetSnapshot, open_dataset
from newscrawl.dataset.stories import rebuild_stories
from newscrawl.dataset.takedown import Takedown
from newscrawl.dataset.transaction import Accepted, Transaction, judge_article
from newscrawl.dataset.url_state import ArticleState, SourceState, UrlState
from newscrawl.dataset.verify import VerifyReport
from newscrawl.dataset.views import connect_duckdb, views_sql

__all__ = [
    "Accepted",
    "ArticleState",
    "CareHeld",
    "Changes",
    "Compaction",
    "DamagedCopy",
    "DatasetInfo",
    "DatasetSnapshot",
    "Export",
    "FromNewerVersion",
    "Holder",
    "Learned",
    "LogDamaged",
    "NoSuchSnapshot",
    "Output",
    "OutputUnwritable",
    "RobotsCopy",
    "SchemaConflict",
    "SiteHeld",
    "SiteLock",
    "SourceState",
    "StateDamaged",
    "StateMismatch",
    "TableInfo",
    "Takedown",
    "Transaction",
    "UrlState",
    "VerifyReport",
    "adopt_files",
    "changes",
    "columns_markdown",
    "compact_output",
    "connect_duckdb",
    "export",
    "judge_article",
    "open_dataset",
    "pack_last_text",
    "rebuild_stories",
    "take_down",
    "vacuum_output",
    "views_sql",
    "write_rows",
]
