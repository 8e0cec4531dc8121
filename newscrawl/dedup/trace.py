"""A story's way through the papers: who had it first, who copied it, how late and how much."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from newscrawl.dedup.roles import Role, primary, role_of, story_of
from newscrawl.dedup.texts import text_changes
from newscrawl.items import Article

_LATEST = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Trace:
    """One copy of a story, seen from the primary copy.

    ``lag`` is behind the first dated copy (None if a date is unknown), ``kept`` the share of the
    primary's text that the copy has, ``cut`` and ``added`` the paragraphs that differ.
    """

    version_id: str
    site: str
    role: Role
    credit: str | None  # registry name of the site that the copy credits
    is_primary: bool
    lag: timedelta | None
    kept: float
    cut: tuple[str, ...]
    added: tuple[str, ...]


def trace(copies: Sequence[Article]) -> list[Trace]:
    """The copies of one story in order of publication, copies without a date last."""
    if not copies:
        return []
    ordered = sorted(copies, key=lambda a: (a.published_at or _LATEST, a.version_id))
    stories = [story_of(article) for article in ordered]
    lead = primary(list(enumerate(stories)))
    first = ordered[0].published_at
    out = []
    for i, (article, story) in enumerate(zip(ordered, stories, strict=True)):
        changes = text_changes(ordered[lead].body, article.body)
        at = article.published_at
        out.append(
            Trace(
                version_id=article.version_id,
                site=article.site,
                role=role_of(article),
                credit=story.credit,
                is_primary=i == lead,
                lag=at - first if at and first else None,
                kept=round(changes.kept, 4),
                cut=changes.cut,
                added=changes.added,
            )
        )
    return out
