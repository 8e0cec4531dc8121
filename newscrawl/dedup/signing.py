"""What the index computes of a text alone, computed ahead: by a worker, beside the extraction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from newscrawl.dedup.fingerprints import Hashes, fingerprints
from newscrawl.dedup.stories import Story
from newscrawl.dedup.story_store import packed_text


def signed(stories: Sequence[Story]) -> list[Story]:
    """The stories with their prints and packed texts."""
    marks = fingerprints([story.text for story in stories])
    return [
        replace(story, prints=mark.prints, packed=packed_text(story))
        for story, mark in zip(stories, marks, strict=True)
    ]


def prints_of(stories: Sequence[Story]) -> list[Hashes]:
    """The prints of many stories; those of signed ones are at hand."""
    missing = [i for i, story in enumerate(stories) if story.prints is None]
    marks = fingerprints([stories[i].text for i in missing])
    made = dict(zip(missing, marks, strict=True))
    return [
        made[i].prints if story.prints is None else story.prints for i, story in enumerate(stories)
    ]
