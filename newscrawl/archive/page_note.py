"""What an archived page was fetched for: the metadata record beside its response.

Extraction also weighs what feeds and sitemaps said of a page; without that, reading the archived
page again would not give the same article.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from newscrawl.items import Candidate, Via

CONTENT_TYPE = "application/vnd.newscrawl.page+json"
NOTE_OF = "urn:newscrawl:page:"  # before a page's address: that of its note


@dataclass(frozen=True, slots=True)
class PageNote:
    """The circumstances of one fetched page; times aware UTC.

    ``home`` is the address of the site's home page: it makes the site's record again where the
    site is not registered.
    """

    site: str
    home: str
    spider: str
    run_id: str
    requested_url: str
    final_url: str
    fetched_at: datetime
    first_seen_at: datetime
    candidate: Candidate

    def to_bytes(self) -> bytes:
        """The block of the metadata record."""
        value = asdict(self)
        for name in ("fetched_at", "first_seen_at"):
            value[name] = value[name].isoformat()
        value["candidate"] = {k: v for k, v in value["candidate"].items() if v not in (None, ())}
        # surrogates a feed may hold survive as escapes
        return json.dumps(value, ensure_ascii=True, separators=(",", ":")).encode("ascii")


def read_note(block: bytes) -> PageNote | None:
    """The note of a metadata record; None for a block that is none."""
    try:
        value: dict[str, Any] = json.loads(block)
        found = dict(value.pop("candidate"))
        for name in ("keywords", "authors"):
            found[name] = tuple(found.get(name, ()))
        found["via"] = Via(found["via"])
        for name in ("fetched_at", "first_seen_at"):
            value[name] = datetime.fromisoformat(value[name])
        note = PageNote(candidate=Candidate(**found), **value)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None
    return note if _is_sound(note) else None


def _is_sound(note: PageNote) -> bool:
    """Whether all values are of the declared kind: a file of another's may hold anything."""
    candidate = asdict(note.candidate)
    lists = [candidate.pop("keywords"), candidate.pop("authors")]
    texts = [v for many in lists for v in many] + [v for v in candidate.values() if v is not None]
    texts += [v for v in asdict(note).values() if not isinstance(v, dict | datetime)]
    if None in (note.candidate.url, note.candidate.site, note.candidate.source_url):
        return False
    aware = all(at.tzinfo is not None for at in (note.fetched_at, note.first_seen_at))
    return aware and all(isinstance(text, str) for text in texts)
