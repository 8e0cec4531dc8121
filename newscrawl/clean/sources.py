"""Papers and agencies of the region, and who is meant by the many ways of writing them.

``The Phnom Penh Post``, ``PHNOM PENH POST`` and ``Phnom Penh Post`` are one source; so are
``Viet Nam News``, ``Vietnam News`` and ``VNS``. Names are compared in the matching form without a
leading article. The list is `sources.txt` beside this module.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from newscrawl.text import matching

_DATED = re.compile(
    r"[【\[(（]?\s*(?:19|20)[0-9]{2}[/.年-][0-9]{1,2}[/.月-][0-9]{1,2}日?[\s,，|/]*(?P<name>\D{2,40}?)"
    r"\s*[】\])）]?"
)
SourceKind = Literal["network", "agency", "press_release", "paper"]


@dataclass(frozen=True, slots=True)
class KnownSource:
    """A paper or agency.

    ``name`` as it is usually printed, ``key`` stable and the same for all ways of writing it,
    ``site`` the registry name of its site or None, ``country`` an ISO 3166 code.
    """

    name: str
    key: str
    kind: SourceKind
    site: str | None
    country: str


@cache
def _sources() -> dict[str, tuple[KnownSource, ...]]:
    table: dict[str, tuple[KnownSource, ...]] = {}
    text = files(__package__).joinpath("sources.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        if not line or line.startswith("#"):
            continue
        name, kind, country, site, *rest = (part.strip() for part in line.split("|"))
        source = KnownSource(
            name=name,
            key=site or source_key(name),
            kind=kind,  # type: ignore[arg-type]  # a test reads every row
            site=site or None,
            country=country,
        )
        others = rest[0].split(";") if rest else []
        for form in (name, *others):
            key = source_key(form)
            if key and source not in table.get(key, ()):
                table[key] = (*table.get(key, ()), source)
    return table


def source_key(name: str) -> str:
    """The form in which names of sources are compared: matching form, no leading "the"."""
    key = matching(name)
    return key.removeprefix("the") if len(key) > 6 and name.strip()[:4].lower() == "the " else key


def bare_source(printed: str) -> str:
    """A source as printed without the date beside it: 聯合報 of ``【2012/01/12 聯合報】``."""
    found = _DATED.fullmatch(printed.strip())
    return found["name"].strip() if found else printed


def known_source(name: str, country: str | None = None) -> KnownSource | None:
    """The paper or agency of this name, or None.

    Where two share a name (``CNA``, ``The Nation``), the one of ``country`` is taken, else the
    agency, else the first of the list.
    """
    if not name or len(name) > 60:
        return None
    key = source_key(name)
    found = _sources().get(key)
    if found is None:
        return None
    if len(key) <= 4 and key.isascii() and not name.isupper() and name not in _printed():
        return None  # "App" is a word, APP an agency
    if len(key) <= 2 and found[0].kind == "paper" and found[0].country != country:
        return None  # initials: KT is Khmer Times in Cambodia only
    if country:
        return next((source for source in found if source.country == country), found[0])
    return found[0]


@cache
def _printed() -> frozenset[str]:
    return frozenset(source.name for found in _sources().values() for source in found)


@cache
def _places() -> frozenset[str]:
    text = files(__package__).joinpath("places.txt").read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return frozenset(matching(name) for line in lines for name in line.split(";")) - {""}


def known_place(name: str) -> bool:
    """Whether this is a place that stands in datelines, in any case and spelling of spaces."""
    return matching(name) in _places()
