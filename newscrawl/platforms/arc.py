"""Arc XP: its outbound feeds."""

from __future__ import annotations


def feed(home: str, section: str = "") -> str:
    """The RSS feed of an Arc site, of one section (``/nz``) or of all."""
    tail = f"section{section}/" if section else ""
    return f"{home.rstrip('/')}/arc/outboundfeeds/rss/{tail}?outputType=xml"
