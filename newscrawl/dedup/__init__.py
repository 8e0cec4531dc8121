"""One story, many copies: canonical URLs, fingerprints, clusters."""

from newscrawl.dedup.canonical import canonical_url, is_url
from newscrawl.dedup.changes import Change, ChangeKind, change_between
from newscrawl.dedup.cluster import Match, agglomerate, candidate_pairs, cluster, verified
from newscrawl.dedup.fingerprints import Fingerprint, fingerprint, fingerprints
from newscrawl.dedup.identity import article_id, content_hash, version_id
from newscrawl.dedup.index import StoryIndex
from newscrawl.dedup.recipes import recipe, recipes
from newscrawl.dedup.roles import Role, primary, role_of, story_of
from newscrawl.dedup.segments import IndexDamagedError
from newscrawl.dedup.signing import signed
from newscrawl.dedup.stories import Assignment, DuplicateKind, Story
from newscrawl.dedup.story_store import IndexSize
from newscrawl.dedup.texts import TextChanges, text_changes
from newscrawl.dedup.trace import Trace, trace
from newscrawl.dedup.verify import Overlap, compare, read, same_story

__all__ = [
    "Assignment",
    "Change",
    "ChangeKind",
    "DuplicateKind",
    "Fingerprint",
    "IndexDamagedError",
    "IndexSize",
    "Match",
    "Overlap",
    "Role",
    "Story",
    "StoryIndex",
    "TextChanges",
    "Trace",
    "agglomerate",
    "article_id",
    "candidate_pairs",
    "canonical_url",
    "change_between",
    "cluster",
    "compare",
    "content_hash",
    "fingerprint",
    "fingerprints",
    "is_url",
    "primary",
    "read",
    "recipe",
    "recipes",
    "role_of",
    "same_story",
    "signed",
    "story_of",
    "text_changes",
    "trace",
    "verified",
    "version_id",
]
