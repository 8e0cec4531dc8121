"""Where log lines go: the terminal (warnings only while a live table is shown), as text or JSON."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime

from rich.console import Console

from newscrawl.extensions.logformat import SafeFormatter, printable


class _ConsoleHandler(logging.Handler):
    """Prints through rich's console, so that a live table is not torn."""

    def __init__(self, console: Console) -> None:
        super().__init__()
        self._console = console

    def emit(self, record: logging.LogRecord) -> None:
        try:
            self._console.print(
                self.format(record), markup=False, highlight=False, soft_wrap=True, emoji=False
            )
        except Exception:  # noqa: BLE001 (a handler must not raise)
            self.handleError(record)


class JsonFormatter(logging.Formatter):
    """One JSON object a line: time, level, logger, message."""

    def format(self, record: logging.LogRecord) -> str:
        entry = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": printable(record.getMessage()),
        }
        if record.exc_info:
            entry["exception"] = printable(self.formatException(record.exc_info))
        return json.dumps(entry, ensure_ascii=False)


def set_up_logging(console: Console, *, level: int, as_json: bool = False) -> None:
    """Send all log lines to the console."""
    handler = _ConsoleHandler(console)
    handler.setFormatter(
        JsonFormatter() if as_json else SafeFormatter("%(asctime)s %(levelname)s %(message)s")
    )
    handler.addFilter(_worth_saying)
    handler.setLevel(level)
    root = logging.getLogger()
    for old in list(root.handlers):
        root.removeHandler(old)
    root.addHandler(handler)
    root.setLevel(level)


_CHATTY = ("scrapy", "twisted", "asyncio")


def _worth_saying(record: logging.LogRecord) -> bool:
    """What Scrapy says below WARNING, the summary says better."""
    return record.levelno >= logging.WARNING or not record.name.startswith(_CHATTY)
