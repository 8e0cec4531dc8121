"""An article as JSON, as readable text, and explained."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime, timezone
from typing import Any

from newscrawl.items import Article, Precision, Rejection

# The fields of a line of `newscrawl extract --jsonl`, after id and the two dates.
LINE_FIELDS = (
    "url", "canonical_url", "language", "kicker", "standfirst", "description", "dateline",
    "byline_raw", "section", "tags", "article_type", "access", "publisher", "source_name",
    "source_kind", "origin_url", "publisher_article_id", "images", "quality_flags",
)  # fmt: skip
# Columns that only a crawl or the dataset can fill.
_NOT_OF_A_PAGE = frozenset(
    {"article_id", "version_id", "version", "previous_version_id", "content_hash", "cluster_id",
     "is_primary", "duplicate_kind", "duplicate_of", "overlap", "first_seen_at", "warc_file",
     "warc_offset", "run_id", "spider", "code_version", "run_seq"}
)  # fmt: skip


def iso_date(article: Article, which: str) -> str | None:
    """``published`` or ``modified`` in ISO 8601: a day, or a time with its offset.

    The time is the site's local one, to the minute or second as it is known; without an offset
    where nothing tells the zone.
    """
    local: datetime | None = getattr(article, f"{which}_local")
    at: datetime | None = getattr(article, f"{which}_at")
    if local is None or at is None:
        return None
    precision = getattr(article, f"{which}_precision")
    if precision == Precision.DAY:
        return local.date().isoformat()
    timespec = "minutes" if precision == Precision.MINUTE else "seconds"
    if not getattr(article, f"{which}_zone"):
        return local.isoformat(timespec=timespec)
    offset = local - at.astimezone(UTC).replace(tzinfo=None)
    aware = local.replace(microsecond=0, tzinfo=timezone(offset))
    return aware.isoformat(timespec=timespec)


def article_record(article: Article) -> dict[str, Any]:
    """All columns of an article, with ``published`` and ``modified`` in ISO 8601 in front."""
    record: dict[str, Any] = {
        "title": article.title,
        "authors": list(article.authors),
        "published": iso_date(article, "published"),
        "modified": iso_date(article, "modified"),
    }
    for field in fields(article):
        record[field.name] = _plain(getattr(article, field.name))
    return record


def article_line(ident: Any, article: Article) -> dict[str, Any]:
    """One line of ``--jsonl``: the fields that depend on the page only."""
    record: dict[str, Any] = {
        "id": ident,
        "title": article.title or None,
        "authors": list(article.authors),
        "published": iso_date(article, "published"),
        "modified": iso_date(article, "modified"),
        "body": article.body or None,
    }
    for name in LINE_FIELDS:
        record[name] = _plain(getattr(article, name))
    return record


def failed_line(ident: Any, error: str) -> dict[str, Any]:
    """One line of ``--jsonl`` for an input that gave no article."""
    return {
        "id": ident, "title": None, "authors": [], "published": None, "modified": None,
        "body": None, "error": error,
    }  # fmt: skip


def to_json(record: dict[str, Any], *, indent: int | None = None) -> str:
    """JSON that is always valid UTF-8: lone surrogates, which only an id can hold, are escaped."""
    text = json.dumps(record, ensure_ascii=False, indent=indent)
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return json.dumps(record, indent=indent)
    return text


def readable(article: Article) -> str:
    """The article as a person reads it."""
    head = [article.kicker, article.title, article.standfirst]
    credit = ", ".join(article.authors) or article.byline_raw or ""
    source = article.source_name or article.publisher
    line = " | ".join(x for x in (credit, source, iso_date(article, "published")) if x)
    body = f"{article.dateline} – {article.body}" if article.dateline else article.body
    captions = [
        f"[{image.caption}{f' ({image.credit})' if image.credit else ''}]"
        for image in article.images
        if image.caption
    ]
    return "\n\n".join(x for x in (*head, line, body, *captions) if x)


def explanation(article: Article, verdict: Rejection | None) -> Iterator[str]:
    """Lines that say which rule gave each field, and what cleaning removed and why."""
    if verdict is not None:
        yield f"not an article: {verdict.reason} {verdict.detail}".rstrip()
        yield ""
    sources: dict[str, list[str]] = {}
    for entry in article.provenance:
        sources.setdefault(entry.field, []).append(entry.source)
    values = article_record(article)
    given = [name for name in values if values[name] not in (None, "", [], False)]
    given = [name for name in given if name not in _NOT_OF_A_PAGE | {"provenance", "removed"}]
    width = max((len(name) for name in given), default=0)
    for name in given:
        rule = ", ".join(sources.get(name, ())) or _rule_of(name, article)
        yield f"{name:<{width}}  {_short(values[name])}{f'   <- {rule}' if rule else ''}"
    if article.removed:
        yield ""
        yield "removed from the text:"
        for removal in article.removed:
            yield f"  {removal.reason:<12} at {removal.position:<6} {_short(removal.text)}"


def _rule_of(name: str, article: Article) -> str:
    for which in ("published", "modified"):
        if name.startswith(which):
            return str(getattr(article, f"{which}_source") or "")
    return ""


def _short(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    text = " ".join(text.split())
    return text if len(text) <= 110 else f"{text[:100]}... ({len(text)} characters)"


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return [_plain(entry) for entry in value]
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    return str(value) if isinstance(value, str) else value
