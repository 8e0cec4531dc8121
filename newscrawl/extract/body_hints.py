"""What a page's head says of its article, as hints for the body."""

from __future__ import annotations

import re
from typing import Final

from newscrawl.extract.block_text import Hints
from newscrawl.extract.dom import Document
from newscrawl.text import one_line

_SEPARATOR: Final = re.compile(r"\s+[-|–—»•·:]+\s+|[|_»]")
_NAMES: Final = frozenset(
    {
        "og:title",
        "twitter:title",
        "og:description",
        "description",
        "twitter:description",
        "viewport",
    }
)


def gather_hints(
    document: Document,
    title: str | None = None,
    description: str | None = None,
    article_body: str | None = None,
) -> Hints:
    """Headline and summary of the page's head; the caller's where the head has none."""
    found: dict[str, str] = {}
    window = ""
    modern = False
    for i, tag in enumerate(document.tags):
        if tag == "meta":
            a = document.attrs[i]
            name = (a.get("property") or a.get("name") or "").lower()
            content = a.get("content")
            modern = modern or name == "twitter:card"
            if content and name in _NAMES:
                found.setdefault(name, one_line(content))
        elif tag == "title" and not window:
            window = document.text(i)
        elif tag == "script":
            modern = modern or document.attrs[i].get("type") == "application/ld+json"
        elif tag == "body":
            break
    declared = found.get("og:title") or found.get("twitter:title") or ""
    own = max(_SEPARATOR.split(declared or window), key=len).strip()
    return Hints(
        title=own or one_line(title or ""),
        description=found.get("og:description")
        or found.get("description")
        or found.get("twitter:description")
        or one_line(description or ""),
        article_body=one_line(article_body or ""),
        declared=bool(declared),
        modern=modern or "viewport" in found,
    )
