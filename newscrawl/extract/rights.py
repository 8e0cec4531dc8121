"""What the publisher allows: robots directives, TDM reservation, licence, copyright."""

from __future__ import annotations

import re

from newscrawl.extract.structured import Structured
from newscrawl.items import Page
from newscrawl.text import one_line

_MAX = 500
_ROBOTS = ("robots", "googlebot", "googlebot-news", "bingbot", "newscrawl")
_SEVERAL = re.compile(r"\s*,\s*")


def read_robots(structured: Structured, page: Page) -> str | None:
    """Robots directives of the page's meta elements and ``X-Robots-Tag`` headers, as seen.

    Each directive once, in lower case; one for a named agent keeps the name
    (``googlebot: noarchive``). None if the page says nothing.
    """
    out: dict[str, None] = {}
    for name in _ROBOTS:
        for content in structured.meta.get(name, ()):
            for directive in _SEVERAL.split(content.lower()):
                if directive:
                    out[directive if name == "robots" else f"{name}: {directive}"] = None
    for key, value in page.headers:
        if key == "x-robots-tag":
            for directive in _SEVERAL.split(one_line(value).lower()):
                if directive:
                    out[directive] = None
    return ", ".join(out)[:_MAX] or None


def read_rights(structured: Structured, page: Page) -> str | None:
    """Licence, copyright and text-and-data-mining reservation as seen, ``; `` between them.

    The reservation follows the TDM Reservation Protocol (W3C Community Group): a header or a meta
    element ``tdm-reservation``, with an optional ``tdm-policy``.
    """
    out: dict[str, None] = {}
    for name in ("tdm-reservation", "tdm-policy"):
        value = page.header(name) or structured.first(name)
        if value:
            out[f"{name}={one_line(value)[:200]}"] = None
    licence = (
        structured.ld("license")
        or structured.micro("license")
        or structured.link("license")
        or structured.first("dc.rights.license", "dcterms.license")
    )
    if licence:
        out[f"license={licence[:200]}"] = None
    notice = structured.ld("copyrightNotice") or structured.first(
        "copyright", "dc.rights", "dcterms.rights", "rights", "dc.rightsholder", "copyright-info"
    )
    if not notice and (holder := structured.ld("copyrightHolder")):
        year = structured.ld("copyrightYear")
        notice = f"© {year} {holder}" if year else f"© {holder}"
    if notice:
        out[f"copyright={notice[:200]}"] = None
    if (usage := structured.ld("usageInfo", "acquireLicensePage")) and usage != licence:
        out[f"usage={usage[:200]}"] = None
    return "; ".join(out)[:_MAX] or None
