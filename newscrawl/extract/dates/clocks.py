"""Times of day as they are printed, with their zone.

``10:19 ICT``, ``10:00am``, ``오후 8:30``, ``15.28 น.``, ``20.59 WIB``, ``8時05分``, ``21:45+0800``,
``10:00 (GMT+7)``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time, timedelta

from newscrawl.extract.dates.zones import abbreviation_offset, abbreviation_zone

_MORNING = (
    r"a\.?\s?m\b\.?|午前|上午|凌晨|早上|清晨|오전|sáng|pagi|ព្រឹក|เช้า|ເຊົ້າ|নভোর|সকাল|ভোর|सुबह|बिहान|पूर्वाह्न|पेट|"
    r"පෙ\.?\s?ව\.?|முற்பகல்|காலை|صبح|π\.?μ\.?|நண்பகல்|ص\b"
)
_EVENING = (
    r"p\.?\s?m\b\.?|午後|下午|晚上|傍晚|中午|오후|chiều|tối|petang|malam|ptg|ល្ងាច|យប់|រសៀល|ບ່າຍ|แลง|দুপুর|বিকাল|বিকেল|"
    r"সন্ধ্যা|রাত|शाम|रात|दोपहर|साँझ|बेलुका|दिउँसो|अपराह्न|ප\.?\s?ව\.?|பிற்பகல்|மாலை|இரவு|شام|رات|μ\.?μ\.?|م\b"
)
_OFFSET = r"(?:gmt|utc)?\s?(?P<sign>[+-])\s?(?P<oh>[0-9]{1,2}):?(?P<om>[0-9]{2})?(?![0-9:])"
_TIME = re.compile(
    rf"(?:(?P<half>{_MORNING}|(?P<late>{_EVENING}))\s*)?"
    r"(?<![0-9.:])(?P<h>[0-9]{1,2})\s?(?::|h(?=[0-9 ]|$)|時|时|點|点|시|မိ)\s?"
    r"(?:(?P<m>[0-9]{2})(?![0-9])|(?=\s|$))"
    r"(?:\s?[分분]\s?|)(?:(?<=[0-9]):(?P<s>[0-9]{2})(?:[.,:][0-9]{1,9})?)?"
    rf"\s?(?:[-–]\s?)?(?:(?P<half2>{_MORNING}|(?P<late2>{_EVENING}))\s?)?",
    re.IGNORECASE,
)
# What every time of day with a colon or its like holds, every dotted one, every hour alone: quick
# looks that spare most texts the expressions above and below, which try each place.
_MAY_BE_TIME = re.compile(r"[0-9]\s?[:h時时點点시မ]", re.IGNORECASE)
_MAY_BE_DOTTED = re.compile(r"[0-9][.][0-5][0-9]")
_MAY_BE_HOUR = re.compile(r"[0-9]\s?[apugh]", re.IGNORECASE)
_GLUED = re.compile(r"^(?P<h>[0-9]{2}):(?P<m>[0-9]{2})(?=[12][0-9]{3}[/-])")
# With a dot, only beside a word that says it is a time, or where nothing else is left.
_DOTTED = re.compile(
    rf"(?P<word>(?:pukul|pkl\.?|jam|kl\.?|um|ore|alle|a las|às|at|klo|เวลา|ເວລາ|ម៉ោង|@)\s*)?"
    r"(?<![0-9.,:])(?P<h>[01]?[0-9]|2[0-3])[.](?P<m>[0-5][0-9])(?![0-9.,])"
    rf"\s?(?P<tail>wib|wita|wit\b|uhr|น\.?|hrs|ນ\.?|(?P<half>{_MORNING}|(?P<late>{_EVENING})))?",
    re.IGNORECASE,
)
# "8 am", "5pm", "8 giờ", "15 Uhr": an hour alone.
_HOUR = re.compile(
    r"(?<![0-9.:/-])(?P<h>[0-9]{1,2})\s?(?:(?P<half>a\.?m\b\.?|(?P<late>p\.?m\b\.?))|uhr\b|giờ\b|hrs\b)",
    re.IGNORECASE,
)
_ZONE = re.compile(
    rf"\s*[(\[|,]?\s*(?:น\.|uhr|hrs|giờ|heures|heure|л|น)?\s*[(\[]?(?:{_OFFSET}|(?P<abbr>[a-z]{{1,4}}\b)(?!\s?[0-9]{{1,2}},))",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day, whether seconds were given, its offset or zone if given, where it stood."""

    at: time
    seconds: bool
    offset: timedelta | None
    zone: str | None
    start: int
    end: int
    next_day: bool = False  # 24:00


def _hour(hour: int, morning: bool, evening: bool) -> int:
    if evening and hour < 12:
        return hour + 12
    if morning and hour == 12:
        return 0
    return hour


def _zone(text: str, at: int, country: str | None) -> tuple[timedelta | None, str | None, int]:
    found = _ZONE.match(text, at)
    if found is None:
        return None, None, at
    if found["sign"]:
        if len(found["oh"]) == 1 and found["om"]:
            return None, None, at
        minutes = int(found["oh"]) * 60 + int(found["om"] or 0)
        if minutes > 14 * 60:
            return None, None, at
        return timedelta(minutes=-minutes if found["sign"] == "-" else minutes), None, found.end()
    name = found["abbr"] or ""
    if zone := abbreviation_zone(name):
        return None, zone, found.end()
    offset = abbreviation_offset(name, country)
    if offset is None:
        return None, None, at
    return offset, None, found.end()


def find_clock(text: str, country: str | None) -> Clock | None:
    """The first time of day with a colon (or its like) in a text; ASCII digits only."""
    if not _MAY_BE_TIME.search(text):
        return None
    glued = _GLUED.match(text)
    candidates = [glued] if glued else list(_TIME.finditer(text))
    for found in candidates:
        groups = found.groupdict()
        clock = _clock(
            text,
            found,
            bool(groups.get("half") or groups.get("half2")),
            bool(groups.get("late") or groups.get("late2")),
            country,
        )
        if clock is not None:
            return clock
    return None


def find_dotted_clock(text: str, country: str | None, *, alone: bool) -> Clock | None:
    """A time written ``20.59``, or an hour alone; ``alone``: no word need say that it is a time."""
    for found in _DOTTED.finditer(text) if _MAY_BE_DOTTED.search(text) else ():
        zoned = _zone(text, found.end(), country)[2] > found.end()
        if alone or zoned or found["word"] or found["tail"]:
            clock = _clock(text, found, bool(found["half"]), bool(found["late"]), country)
            if clock is not None:
                return clock
    if _MAY_BE_HOUR.search(text) and (hour := _HOUR.search(text)):
        return _clock(text, hour, bool(hour["half"]), bool(hour["late"]), country)
    return None


def _clock(
    text: str, found: re.Match[str], half: bool, late: bool, country: str | None
) -> Clock | None:
    groups = found.groupdict()
    hour, minute = int(groups["h"]), int(groups.get("m") or 0)
    second = int(groups.get("s") or 0)
    if half and hour > 12:
        half = late = False
    hour = _hour(hour, half and not late, late)
    next_day = hour == 24 and minute == 0 and second == 0
    if next_day:
        hour = 0
    if second == 60:
        second = 59
    if hour > 23 or minute > 59 or second > 59:
        return None
    end = found.end()
    tail = (groups.get("tail") or "").strip(".").lower()
    offset = abbreviation_offset(tail, country) if tail.isascii() and tail else None
    zone = None
    if offset is None:
        offset, zone, end = _zone(text, end, country)
    return Clock(
        time(hour, minute, second),
        bool(groups.get("s")),
        offset,
        zone,
        found.start(),
        end,
        next_day,
    )
