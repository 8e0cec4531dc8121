"""One story, many copies: canonical URLs, fingerprints, clusters."""

from newscrawl.dedup.canonical import canonical_url, is_url
from newscrawl.dedup.fingerprints import Fingerprint, fingerprint, fingerprints
from newscrawl.dedup.identity import article_id, content_hash, version_id

__all__ = [
    "Fingerprint",
    "article_id",
    "canonical_url",
    "content_hash",
    "fingerprint",
    "fingerprints",
    "is_url",
    "version_id",
]
