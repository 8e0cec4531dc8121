"""VCCorp: the Vietnamese publishing system behind Tuổi Trẻ, Thanh Niên and others."""

from __future__ import annotations

from newscrawl.site import Layout

LAYOUT = Layout(
    title=("h1.detail-title", "h1"),
    body=(".detail-content.afcbc-body p",),
    published=("meta[property='article:published_time']::attr(content)",),
)
