"""The papers and their stories as they stand at one poll.

The content lies in ``content/*.toml``, one file a paper, and one with the stories of the agency
that several of them print. At the second poll one story has changed and some are new; everything
else is the same to the last byte, so a second crawl has little to fetch.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time
from importlib.resources import files
from typing import Any
from zoneinfo import ZoneInfo

POLLS = 2  # states of the world; a later poll finds the last one again
OPENED = datetime(2024, 12, 1, tzinfo=UTC)  # no story is older
PAPERS = (
    "storyexchange",
    "tonleherald",
    "straitlantern",
    "tonlethmey",
    "menamdaily",
    "deltalamp",
    "nanjin",
    "nodirkhobor",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One story of one paper; ``published`` and ``modified`` are aware, in the paper's zone."""

    slug: str
    title: str
    paragraphs: tuple[str, ...]
    published: datetime
    modified: datetime
    section: str
    author: str
    standfirst: str | None = None
    dateline: str = ""  # as printed before the first sentence
    picture: str | None = None  # file name
    caption: str | None = None
    credit: str | None = None
    closed: bool = False  # robots.txt keeps crawlers out
    source: str | None = None  # title of the paper that it was taken from


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """One paper. ``style`` tells how its stories can be found; newest story first."""

    name: str
    title: str
    country: str
    languages: tuple[str, ...]
    timezone: str
    style: str
    stories: tuple[Story, ...]

    @property
    def host(self) -> str:
        """A name that no real site can have (RFC 2606)."""
        return f"{self.name}.example"

    @property
    def home(self) -> str:
        return f"http://{self.host}/"

    @property
    def sections(self) -> tuple[str, ...]:
        """The sections that have stories, in the order of their newest."""
        return tuple(dict.fromkeys(story.section for story in self.stories if not story.closed))


@dataclass(frozen=True, slots=True)
class World:
    """All papers as they stand at a poll, counted from 1."""

    poll: int
    papers: tuple[Paper, ...]

    def paper(self, name: str) -> Paper:
        """The paper of a name; raises KeyError for none."""
        return {paper.name: paper for paper in self.papers}[name]


def load_world(poll: int = 1, changed_at: datetime | None = None) -> World:
    """The world at a poll.

    ``changed_at`` (aware) is when a changed story says it was changed. A crawler that has fetched
    it before asks for it again only if that is later than its last visit, so a demo passes the time
    of its second run. Without it the change bears a day of the stories' own week.

    Raises:
        ValueError: ``poll`` is less than 1.
    """
    if poll < 1:
        raise ValueError(f"polls are counted from 1, not {poll}")
    content = {name: _read(name) for name in PAPERS}
    agency = _read("agency")
    papers = tuple(_paper(x, content, agency, poll, changed_at) for x in content.values())
    return World(poll, papers)


def _read(name: str) -> dict[str, Any]:
    text = files(__package__).joinpath("content", f"{name}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def _paper(
    record: Mapping[str, Any],
    content: Mapping[str, Mapping[str, Any]],
    agency: Mapping[str, Any],
    poll: int,
    changed_at: datetime | None,
) -> Paper:
    zone = ZoneInfo(record["timezone"])
    stories: list[Story] = []
    for entry in record["article"]:
        if entry.get("poll", 1) > poll:
            continue
        if "copy_of" in entry:
            stories.append(_copy(entry, content, agency, zone))
        else:
            stories.append(_story(entry, agency, zone, poll, changed_at))
    return Paper(
        name=record["name"],
        title=record["title"],
        country=record["country"],
        languages=tuple(record["languages"]),
        timezone=record["timezone"],
        style=record["style"],
        stories=tuple(sorted(stories, key=lambda story: story.published, reverse=True)),
    )


def _story(
    entry: Mapping[str, Any],
    agency: Mapping[str, Any],
    zone: ZoneInfo,
    poll: int,
    changed_at: datetime | None = None,
) -> Story:
    update = entry.get("update", {})
    if update and update["poll"] <= poll:
        entry = {**entry, **update}
        if changed_at is not None:
            entry["modified"] = changed_at.replace(microsecond=0).isoformat()
    body = agency[entry["agency"]]["body"] if "agency" in entry else entry["body"]
    published = _when(entry["published"], zone)
    return Story(
        slug=entry["slug"],
        title=entry["title"],
        paragraphs=_paragraphs(body, entry.get("drop_last", 0)),
        published=published,
        modified=_when(entry["modified"], zone) if "modified" in entry else published,
        section=entry["section"],
        author=entry["author"],
        standfirst=entry.get("standfirst"),
        dateline=entry.get("dateline", ""),
        picture=entry.get("picture"),
        caption=entry.get("caption"),
        credit=entry.get("credit"),
        closed=entry.get("closed", False),
    )


def _copy(
    entry: Mapping[str, Any],
    content: Mapping[str, Mapping[str, Any]],
    agency: Mapping[str, Any],
    zone: ZoneInfo,
) -> Story:
    """A story of a member paper as the hub prints it: its own headline, day and dateline."""
    paper, _, slug = entry["copy_of"].partition("/")
    original = next(e for e in content[paper]["article"] if e["slug"] == slug)
    story = _story(original, agency, zone, POLLS)
    published = _when(entry["published"], zone)
    kept = len(story.paragraphs) - entry.get("drop_last", 0)
    return replace(
        story,
        slug=entry["slug"],
        title=entry.get("title", story.title),
        standfirst=entry.get("standfirst", story.standfirst),
        dateline=entry.get("dateline", story.dateline),
        paragraphs=story.paragraphs[:kept],
        published=published,
        modified=published,
        section=entry["section"],
        source=content[paper]["title"],
    )


def _paragraphs(body: str, drop_last: int) -> tuple[str, ...]:
    parts = tuple(part.strip() for part in body.strip().split("\n\n"))
    return parts[: len(parts) - drop_last]


def _when(text: str, zone: ZoneInfo) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:  # a day only
        moment = datetime.combine(moment.date(), time(6), tzinfo=zone)
    return moment.astimezone(zone)
