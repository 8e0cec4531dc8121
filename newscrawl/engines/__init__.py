"""Where work is done that one process need not do alone: local processes, Ray or Spark.

An engine runs functions over tasks and nothing else. What they make are values and files under
staging names; the driver, the one process that was started, alone commits.
"""

from newscrawl.engines.executor import (
    ENGINES,
    EngineMissing,
    Executor,
    Lost,
    TaskFailed,
    open_executor,
    results,
)
from newscrawl.engines.staging import Staging, write_once

__all__ = [
    "ENGINES",
    "EngineMissing",
    "Executor",
    "Lost",
    "Staging",
    "TaskFailed",
    "open_executor",
    "results",
    "write_once",
]
