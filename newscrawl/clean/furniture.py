"""Lines that belong to the page and not to the story, told by their shape and place.

"READ: ...", "Article continues after this advertisement", "Follow us on ...": what counts is how a
line begins, how long it is and where it stands; words inside sentences are never touched. The
shapes are listed in `shapes.txt` beside this module. Lines that only one site prints are learned:
`newscrawl.clean.learned`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

LONGEST = 420  # characters; a longer line is text


class Zone(StrEnum):
    """Where a shape may stand to count."""

    ANYWHERE = "anywhere"
    HEAD = "head"  # before the first sentence
    TAIL = "tail"  # after the last


@dataclass(frozen=True, slots=True)
class Shape:
    """Lines of one kind; ``reason`` goes into the record of removals."""

    zone: Zone
    reason: str
    longest: int
    pattern: re.Pattern[str]


@cache
def _blocks() -> dict[str, list[str]]:
    text = files(__package__).joinpath("shapes.txt").read_text(encoding="utf-8")
    blocks: dict[str, list[str]] = {}
    lines: list[str] = []
    for line in text.splitlines():
        if line.startswith("#") or not line:
            continue
        if re.fullmatch(r"\[[a-z_]+(?: [a-z_]+ [0-9]+)?\]", line):
            lines = blocks.setdefault(line[1:-1], [])
        else:
            lines.append(line)
    return blocks


@cache
def _shapes() -> dict[Zone, tuple[Shape, ...]]:
    blocks = _blocks()
    share = f"(?:{'|'.join(blocks['share'])})"
    found: dict[Zone, list[Shape]] = {zone: [] for zone in Zone}
    for head, lines in blocks.items():
        if head.count(" ") == 2:
            zone, reason, longest = head.split()
            joined = "|".join(line.replace("{share}", share) for line in lines)
            pattern = re.compile(joined, re.IGNORECASE)
            found[Zone(zone)].append(Shape(Zone(zone), reason, int(longest), pattern))
    return {zone: tuple(shapes) for zone, shapes in found.items()}


_BULLET = r"[-–—>»•*▶►◆■□●→\[【\s]*"


@cache
def _read_also() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """The prompt with a headline after it, and the prompt alone, which opens a list of links."""
    words = "|".join(_blocks()["read_also"])
    line = rf"{_BULLET}(?:{words})\s*(?:[】\])]|\s*[:：|>»–—]|\s-\s|\.\.\.|…)\s*(?P<rest>.*)$"
    listed = "|".join(x for x in _blocks()["read_also"] if not re.match(r"\(\?.*watch", x, re.I))
    alone = (
        rf"{_BULLET}(?:{listed}|more\s+(?:from|on|about|in)\s+[^.]{{2,60}}|latest\s+(?:news|stories)"
        r"|most\s+(?:read|popular|viewed)|top\s+stories)\s*[】\])]?\s*[:：…>»]*$"
    )
    return re.compile(line, re.IGNORECASE | re.DOTALL), re.compile(alone, re.IGNORECASE)


def shape_reason(line: str, zone: Zone = Zone.ANYWHERE) -> str | None:
    """Why a line is furniture by its shape in this part of the text, or None."""
    size = len(line)
    if not size or size > LONGEST:
        return None
    if size <= 220 and is_read_also(line):
        return "related"
    shapes = _shapes()
    zones = (Zone.ANYWHERE,) if zone is Zone.ANYWHERE else (Zone.ANYWHERE, zone)
    for here in zones:
        for shape in shapes[here]:
            if size <= shape.longest and shape.pattern.match(line):
                return shape.reason
    return None


def is_read_also(line: str) -> bool:
    """A prompt with the headline of another story: "READ: ...", "Baca juga: ..."."""
    match = _read_also()[0].match(line)
    if match is None:
        return False
    rest = match["rest"].strip()
    # a headline does not end with a full stop and go on
    return len(rest) <= 180 and not re.search(r"[.!?。！？]\s+\S.*[.。]$", rest)


def opens_link_list(line: str) -> bool:
    """A line after which only links follow: "Read also:", "More from the South China Post:"."""
    return len(line) <= 90 and bool(_read_also()[1].match(line))
