"""Dates and addresses in the forms that sites use, for the written cases."""

from __future__ import annotations

import hashlib
import re
import string
from dataclasses import dataclass
from datetime import datetime

_MONTHS = {
    "idm": "November",
    "idmon": "Nov",
    "msm": "November",
    "thm": "พฤศจิกายน",
    "thmon": "พ.ย.",
    "mym": "နိုဝင်ဘာ",
    "bnm": "নভেম্বর",
}
_BENGALI = str.maketrans("0123456789", "০১২৩৪৫৬৭৮৯")


class _Clock:
    """A datetime for format strings, with the twelve-hour parts that strftime pads."""

    def __init__(self, at: datetime) -> None:
        self._at = at
        self.hour12 = at.hour % 12 or 12
        self.ampm = "am" if at.hour < 12 else "pm"
        self.ampml = self.ampm

    def __getattr__(self, name: str) -> object:
        return getattr(self._at, name)

    def __format__(self, spec: str) -> str:
        return format(self._at, spec or "%d")


@dataclass(frozen=True, slots=True)
class Fill:
    """Fills the templates of ``anatomy.toml`` for one page."""

    at: datetime
    number: int
    slug: str
    name: str
    other: str

    def __call__(self, template: str) -> str:
        at = self.at
        digest = hashlib.sha256(f"{self.number}".encode()).hexdigest()
        letters = re.sub("[0-9]", "x", digest)
        day = at.day
        ending = "th" if 10 < day < 20 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
        return template.format(
            d=_Clock(at),
            Y=f"{at:%Y}",
            Y2=f"{at:%y}",
            m=f"{at:%m}",
            H=f"{at:%H}",
            M=f"{at:%M}",
            S=f"{at:%S}",
            slug=self.slug,
            n=f"{48000 + 37 * self.number}",
            n6=f"{948000 + 37 * self.number}",
            hash=digest[:10],
            hash4=digest[:4],
            hash6=letters[:5] + "7",
            hash10=digest[:10],
            hash22=digest[:22],
            hash32=digest[:32],
            HASH26=digest[:26].upper(),
            uuid=f"{digest[:8]}-{digest[8:12]}-{digest[12:16]}-{digest[16:20]}-{digest[20:32]}",
            be=at.year + 543,
            bnd=str(at.day).translate(_BENGALI),
            bny=str(at.year).translate(_BENGALI),
            bnH=f"{at:%H}".translate(_BENGALI),
            bnM=f"{at:%M}".translate(_BENGALI),
            ord=f"{day}{ending}",
            name=self.name,
            NAME=self.name.upper(),
            other=self.other,
            **_MONTHS,
        )


def slug_of(title: str, language: str) -> str:
    """An ASCII slug: of the title where it has enough letters, else words for the language."""
    words = "".join(c if c in string.ascii_letters + string.digits else " " for c in title.lower())
    slug = "-".join(words.split())
    return slug if len(slug) > 12 else f"local-story-told-in-{language.lower()}-{len(title)}"
