"""One story, many copies: canonical URLs, fingerprints, clusters."""

from newscrawl.dedup.canonical import canonical_url, is_url
from newscrawl.dedup.cluster import cluster
from newscrawl.dedup.fingerprints import Fingerprint, fingerprint, fingerprints
from newscrawl.dedup.identity import article_id, content_hash, version_id
from newscrawl.dedup.roles import Role, primary
from newscrawl.dedup.stories import Assignment, DuplicateKind, Story
from newscrawl.dedup.verify import Overlap, compare, read, same_story

__all__ = [
    "Assignment",
    "DuplicateKind",
    "Fingerprint",
    "Overlap",
    "Role",
    "Story",
    "article_id",
    "canonical_url",
    "cluster",
    "compare",
    "content_hash",
    "fingerprint",
    "fingerprints",
    "is_url",
    "primary",
    "read",
    "same_story",
    "version_id",
]
