"""Log lines that never hold a body and never hold a control character."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from scrapy.logformatter import LogFormatter

if TYPE_CHECKING:
    from scrapy import Spider
    from scrapy.http import Response
    from scrapy.logformatter import LogFormatterResult
    from twisted.python.failure import Failure

_VISIBLE = {c: f"\\x{c:02x}" for c in (*range(0x20), *range(0x7F, 0xA0)) if c != 0x09}
# Bidirectional controls can make a line read as something else.
_VISIBLE |= {c: f"\\u{c:04x}" for c in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))}


def printable(text: str) -> str:
    """Text with control characters shown as escapes: safe for a terminal, one line."""
    return text.translate(_VISIBLE)


class SafeFormatter(logging.Formatter):
    """A formatter whose every line is `printable`; a traceback keeps its lines."""

    def format(self, record: logging.LogRecord) -> str:
        return "\n".join(printable(line) for line in super().format(record).split("\n"))

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802
        record.message = record.message.replace("\r", "\\r").replace("\n", "\\n")
        return super().formatMessage(record)


class ShortLogFormatter(LogFormatter):
    """The setting ``LOG_FORMATTER``: an item is named by its address."""

    def scraped(self, item: Any, response: Any, spider: Spider) -> LogFormatterResult:
        return {"level": logging.DEBUG, "msg": "Accepted %(url)s", "args": {"url": _name(item)}}

    def dropped(
        self,
        item: Any,
        exception: BaseException,
        response: Response | Failure | None,
        spider: Spider,
    ) -> LogFormatterResult:
        return {
            "level": logging.DEBUG,
            "msg": "Dropped %(url)s: %(why)s",
            "args": {"url": _name(item), "why": str(exception)[:200]},
        }

    def item_error(
        self,
        item: Any,
        exception: BaseException,
        response: Response | Failure | None,
        spider: Spider,
    ) -> LogFormatterResult:
        return {
            "level": logging.ERROR,
            "msg": "Error processing %(url)s",
            "args": {"url": _name(item)},
        }


def _name(item: Any) -> str:
    return str(getattr(item, "url", type(item).__name__))[:500]
