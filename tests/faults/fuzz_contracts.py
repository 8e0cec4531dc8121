"""What every reader of foreign data owes, whatever it was given.

No exception; text that can be stored (UTF-8 without control characters but tab and line feed);
aware times; records of bounded size.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import datetime
from enum import Enum

from newscrawl.dataset.conform import refusal
from newscrawl.items import Article, Rejection
from newscrawl.schema import ARTICLES

MAX_TEXT = 4_000_000  # characters of one value
MAX_ITEMS = 100_000  # of one collection
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_WORD = re.compile(r"[a-z0-9_:.\-/]{1,60}")
# filled after extraction: by dedup, by the run and when the row is accepted
_LATER = frozenset(
    {"cluster_id", "version", "run_seq", "run_id", "spider", "code_version", "first_seen_at"}
)
_LOCAL = frozenset(
    {"local", "published_local", "modified_local"}
)  # as the clock at the site showed
_RAW = frozenset({"body_html", "published_raw", "modified_raw"})  # still the site's own


class BrokenContractError(AssertionError):
    """A reader gave something that it may not give; the text says what."""


def check(value: object, where: str = "", *, raw: bool = False) -> None:
    """Walk through a record and all it holds; raises `BrokenContractError`.

    ``raw`` allows control characters (not lone surrogates): the value is not read yet.
    """
    if isinstance(value, str):
        _check_text(value, where, raw=raw)
    elif isinstance(value, datetime):
        if value.tzinfo is None and where.rpartition(".")[2] not in _LOCAL:
            raise BrokenContractError(f"{where}: a time without a zone, {value!r}")
    elif isinstance(value, Enum | bytes | bool | int | float | re.Pattern) or value is None:
        return
    elif isinstance(value, Article):
        check_article(value)
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            inner = getattr(value, field.name, None)
            check(inner, f"{where}.{field.name}", raw=raw or field.name in _RAW)
    elif isinstance(value, Mapping):
        _check_many(value, where)
        for key, inner in value.items():
            check(key, f"{where}[key]", raw=raw)
            check(inner, f"{where}[{key!s:.40}]", raw=raw)
    elif isinstance(value, Iterable):
        items = list(value)
        _check_many(items, where)
        for number, inner in enumerate(items):
            check(inner, f"{where}[{number}]", raw=raw)


def check_article(article: Article) -> None:
    """A finished article: a row that the schema refuses would be a lost article."""
    fault = refusal(article, ARTICLES, _LATER)
    if fault is not None:
        raise BrokenContractError("Article.{}: {} {:.200}".format(*fault))


def check_edited(result: Article | Rejection) -> None:
    """What a worker gives for a page."""
    if isinstance(result, Article):
        check_article(result)
        return
    if not _WORD.fullmatch(result.reason):
        raise BrokenContractError(f"Rejection.reason: {result.reason!r:.100} is no short word")
    check(result, "Rejection")
    if len(result.detail) > 2000:
        raise BrokenContractError("Rejection.detail: too long")


def _check_text(text: str, where: str, *, raw: bool) -> None:
    if found := _SURROGATE.search(text):
        raise BrokenContractError(f"{where}: a lone surrogate {found[0]!r}")
    if not raw and (found := _CONTROL.search(text)):
        raise BrokenContractError(f"{where}: a control character {found[0]!r}")
    if len(text) > MAX_TEXT:
        raise BrokenContractError(f"{where}: {len(text)} characters")


def _check_many(items: Iterable[object], where: str) -> None:
    count = len(items)  # type: ignore[arg-type]
    if count > MAX_ITEMS:
        raise BrokenContractError(f"{where}: {count} items")
