"""Whether a story can be read without paying: free, metered, locked or unknown."""

from __future__ import annotations

from typing import Any

from newscrawl.extract.dom import Document
from newscrawl.extract.jsonld import types_of
from newscrawl.extract.roles import Role
from newscrawl.extract.structured import Structured
from newscrawl.extract.taxonomy import Named

_PAYWALL = int(Role.PAYWALL)
_META = ("article:content_tier", "og:article:content_tier", "content_tier", "lp.article:access")
_TIERS = {
    "free": "free", "metered": "metered", "locked": "locked", "premium": "locked",
    "subscription": "locked", "subscriber": "locked", "paid": "locked", "members": "locked",
}  # fmt: skip
_FALSE = frozenset({"false", "no", "0", "https://schema.org/false", "http://schema.org/false"})
_TRUE = frozenset({"true", "yes", "1", "https://schema.org/true", "http://schema.org/true"})


def read_access(document: Document, structured: Structured, site_default: str = "unknown") -> Named:
    """The access of this story and the evidence for it; else the site's own rule.

    ``isAccessibleForFree`` is read as a boolean, as text in any case, and in ``hasPart``; a free
    page that locks a part of itself is metered.
    """
    declared = _flag(structured.article.get("isAccessibleForFree"))
    parts = structured.article.get("hasPart")
    part_locked = any(
        _flag(part.get("isAccessibleForFree")) is False
        for part in (parts if isinstance(parts, list) else [parts])[:20]
        if isinstance(part, dict)
    )
    for key in _META:
        for value in structured.meta.get(key, ()):
            if tier := _TIERS.get(value.strip().lower()):
                return Named(tier, f"meta:{key}")
    if declared is None and structured.item is not None:
        declared = _flag(structured.item.first("isaccessibleforfree") or None)
    if declared is None:
        for node in structured.jsonld.nodes:
            if "webpage" in types_of(node):
                declared = _flag(node.get("isAccessibleForFree"))
    if declared is False:
        return Named("locked", "jsonld:isAccessibleForFree")
    if declared is True:
        if part_locked:
            return Named("metered", "jsonld:hasPart")
        return Named("free", "jsonld:isAccessibleForFree")
    if part_locked:
        return Named("locked", "jsonld:hasPart")
    seen = structured.seen
    for i in seen.noted:
        if seen.roles[i] & _PAYWALL and document.text(i):
            return Named("locked", "class:paywall")
    if site_default != "unknown":
        return Named(site_default, "site")
    return Named("unknown", "")


def _flag(value: Any) -> bool | None:
    if isinstance(value, bool):
        return value
    if isinstance(value, list) and value:
        return _flag(value[0])
    if isinstance(value, str):
        text = value.strip().lower()
        return False if text in _FALSE else True if text in _TRUE else None
    return None
