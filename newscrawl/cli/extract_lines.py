"""A stream of pages to a stream of articles, one line for each line, in the order of the input."""

from __future__ import annotations

import gzip
import json
import re
import zlib
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from newscrawl.cli.article_json import article_line, failed_line, to_json
from newscrawl.cli.recurring import HELD, Entry, RecurringLines
from newscrawl.items import Article, Page, Rejection
from newscrawl.site import Site

MAX_LINE_BYTES = 64 * 1024 * 1024
MAX_PAGE_BYTES = 50 * 1024 * 1024
_ID = re.compile(rb'"id"\s*:\s*("(?:[^"\\]|\\.){0,1000}"|-?[0-9]{1,30})')
_AHEAD = 4  # pages in work for each worker: enough to keep it busy, few enough to hold in memory


@dataclass(slots=True)
class Written:
    """How many lines were written, and how many of them with an error."""

    lines: int = 0
    failed: int = 0


@dataclass(frozen=True, slots=True)
class _Waiting:
    ident: Any
    result: Future[Article | Rejection] | str  # or what was wrong with the line


def read_cleaned(page: Page, site: Site | None) -> Article:
    """The task of a worker: the cleaned article; what the judge holds against it is a flag."""
    return _read_page(page, site, frozenset())


def read_as_printed(page: Page, site: Site | None) -> Article:
    """The same with the dateline left where it was printed, before the first sentence."""
    return _read_page(page, site, frozenset({"dateline"}))


def _read_page(page: Page, site: Site | None, keep: frozenset[str]) -> Article:
    from newscrawl.clean import clean
    from newscrawl.extract import judge_reading, read_page

    reading = read_page(page, site)
    article = clean(reading.article, site, keep=keep)
    verdict = judge_reading(reading)
    if verdict is not None:
        article.flag(f"not_article:{verdict.reason}")
    return article


def extract_lines(
    lines: IO[bytes],
    out: IO[bytes],
    *,
    folder: Path,
    site: Site | None = None,
    move_dateline: bool = False,
    learn: bool = True,
    workers: int,
    seconds: float,
    memory_mb: int,
) -> Written:
    """Write one line of JSON for each line of ``lines``, whatever it holds.

    ``folder`` is where relative paths are looked for after the working folder; ``move_dateline``
    takes a dateline out of the body, as the dataset does; ``learn`` takes out the lines that recur
    on the pages of a host, for which up to `newscrawl.cli.recurring.HELD` lines are held back.
    """
    from newscrawl.extract import ExtractionPool

    task = read_cleaned if move_dateline else read_as_printed
    written = Written()
    keep = () if move_dateline else ("dateline",)
    recurring = RecurringLines(keep, held=HELD if learn else 0)
    waiting: deque[_Waiting] = deque()
    with ExtractionPool(workers, seconds, memory_mb, task=task) as pool:
        for line in _lines(lines):
            entry = _read(line, folder)
            if isinstance(entry, _Waiting):
                waiting.append(entry)
            else:
                ident, page = entry
                waiting.append(_Waiting(ident, pool.submit(page, site)))
            while len(waiting) > workers * _AHEAD:
                for due in recurring.push(_settled(waiting.popleft())):
                    _write(due, out, written)
        while waiting:
            for due in recurring.push(_settled(waiting.popleft())):
                _write(due, out, written)
    for due in recurring.rest():
        _write(due, out, written)
    out.flush()
    return written


def _settled(entry: _Waiting) -> Entry:
    result = entry.result if isinstance(entry.result, str) else entry.result.result()
    if isinstance(result, Rejection):
        result = f"{result.reason}: {result.detail}"
    return entry.ident, result


def _write(entry: Entry, out: IO[bytes], written: Written) -> None:
    ident, found = entry
    if isinstance(found, Article):
        record = article_line(ident, found)
    else:
        record = failed_line(ident, found.rstrip(": "))
        written.failed += 1
    out.write(to_json(record).encode("utf-8") + b"\n")
    written.lines += 1


def _lines(stream: IO[bytes]) -> Iterator[bytes | None]:
    """The lines without their end; None for one that is too long to hold."""
    while line := stream.readline(MAX_LINE_BYTES):
        if len(line) < MAX_LINE_BYTES or line.endswith(b"\n"):
            yield line.rstrip(b"\r\n")
            continue
        while rest := stream.readline(MAX_LINE_BYTES):
            if rest.endswith(b"\n"):
                break
        yield None


def _read(line: bytes | None, folder: Path) -> _Waiting | tuple[Any, Page]:
    """The id and page of a line, or what is wrong with it."""
    if line is None:
        return _Waiting(None, f"line longer than {MAX_LINE_BYTES} bytes")
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        return _Waiting(_id_of(line), f"no JSON: {error}"[:200])
    if not isinstance(record, dict):
        return _Waiting(None, "no JSON object")
    ident = record.get("id")
    try:
        return ident, _page(record, folder)
    except (OSError, EOFError, zlib.error, ValueError) as error:
        return _Waiting(ident, f"{type(error).__name__}: {error}"[:300])


def _id_of(line: bytes) -> Any:
    """The id that a broken line still shows."""
    match = _ID.search(line[:100_000])
    if match is None:
        return None
    try:
        return json.loads(match[1])
    except ValueError:
        return None


def _page(record: dict[str, Any], folder: Path) -> Page:
    from newscrawl.extract import page_of

    url = record.get("url")
    url = url if isinstance(url, str) else ""
    headers: list[tuple[str, str]] = []
    content_type, encoding = record.get("content_type"), record.get("encoding")
    if isinstance(content_type, str):
        headers.append(("content-type", content_type))
    elif isinstance(encoding, str):
        headers.append(("content-type", f"text/html; charset={encoding}"))
    fetched_at = record.get("fetched_at")
    at = datetime.fromisoformat(fetched_at) if isinstance(fetched_at, str) else None
    if at is not None and at.tzinfo is None:
        raise ValueError("fetched_at without an offset")
    html = record.get("html")
    if isinstance(html, str):
        return page_of(html, url, at, headers)
    path = record.get("path")
    if not isinstance(path, str):
        raise ValueError("neither html nor path")
    return page_of(_file(path, folder), url, at, headers)


def _file(name: str, folder: Path) -> bytes:
    path = Path(name)
    if not path.is_absolute() and not path.exists():
        path = folder / path
    with path.open("rb") as file:
        packed = file.read(2) == b"\x1f\x8b"
    with gzip.open(path) if packed else path.open("rb") as file:
        body = file.read(MAX_PAGE_BYTES + 1)
    if len(body) > MAX_PAGE_BYTES:
        raise ValueError(f"page longer than {MAX_PAGE_BYTES} bytes")
    return body
