"""``newscrawl cluster``: dedup as a tool of its own."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any
from urllib.parse import urlsplit

import click

from newscrawl.dedup import Story, canonical_url, cluster


@click.command("cluster")
@click.argument("source", type=click.File("rb"), metavar="FILE")
@click.option(
    "--output", "-o", type=click.Path(path_type=Path), help="File to write, else the terminal."
)
def command(source: IO[bytes], output: Path | None) -> None:
    """Group the articles of FILE (JSON lines; - for standard input) into stories.

    Each line holds {"id", "url", "site", "lang", "title", "text", "published"}; only "id" and
    "text" are needed. For each line in, in order, one line out: {"id", "cluster_id", "kind", "of",
    "overlap"}, with "kind", "of" (the id it matched best) and "overlap" null for a story alone.
    """
    stories, names = [], []
    for number, line in enumerate(source, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as error:
            raise click.ClickException(f"line {number}: not JSON ({error})") from None
        if not isinstance(row, dict):
            raise click.ClickException(
                f"line {number}: expected an object, got {type(row).__name__}"
            )
        names.append(row.get("id", number))
        stories.append(_story(row, len(names) - 1))
    found = cluster(stories)
    lines = (
        json.dumps(
            {
                "id": name,
                "cluster_id": names[int(a.cluster_id)],
                "kind": a.kind,
                "of": None if a.duplicate_of is None else names[int(a.duplicate_of)],
                "overlap": a.overlap,
            },
            ensure_ascii=True,
        )
        for name, a in zip(names, found, strict=True)
    )
    if output is None:
        for line_out in lines:
            click.echo(line_out)
    else:
        output.write_text("".join(line_out + "\n" for line_out in lines), encoding="utf-8")


def _story(row: dict[str, Any], position: int) -> Story:
    url = _text(row.get("url"))
    address = canonical_url(url)
    return Story(
        version_id=f"{position:012d}",
        article_id=address or f"line {position}",
        url=address,
        site=_text(row.get("site")) or _host(address),
        title=_text(row.get("title")),
        text=_text(row.get("text")),
        lang=_text(row.get("lang")) or None,
        published_at=_moment(row.get("published", row.get("ts"))),
    )


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _host(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


def _moment(value: object) -> datetime | None:
    """An ISO 8601 time (naive: UTC) or seconds since 1970; None for anything else."""
    try:
        if isinstance(value, str) and value.strip():
            at = datetime.fromisoformat(value.strip())
            return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
        if isinstance(value, int | float) and not isinstance(value, bool):
            return datetime.fromtimestamp(value, UTC)
    except (ValueError, OverflowError, OSError):
        pass
    return None
