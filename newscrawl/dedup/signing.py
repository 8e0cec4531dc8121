"""What the index computes of a text alone, computed ahead: by a worker, beside the extraction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from newscrawl.dedup.fingerprints import Hashes, fingerprint, fingerprints
from newscrawl.dedup.stories import Story
from newscrawl.dedup.story_store import packed_text


def signed(story: Story) -> Story:
    """The story with its prints and its packed text."""
    return replace(story, prints=fingerprint(story.text).prints, packed=packed_text(story))


def prints_of(stories: Sequence[Story]) -> list[Hashes]:
    """The prints of many stories; those of signed ones are at hand."""
    missing = [i for i, story in enumerate(stories) if story.prints is None]
    marks = fingerprints([stories[i].text for i in missing])
    made = dict(zip(missing, marks, strict=True))
    return [
        made[i].prints if story.prints is None else story.prints for i, story in enumerate(stories)
    ]
