"""The three keys of an article: which article, which text, which version."""

from __future__ import annotations

from hashlib import blake2b

from newscrawl.dedup.forms import matching_bytes


def article_id(site: str, canonical_url: str, publisher_article_id: str | None = None) -> str:
    """32 hex digits that name an article over all its versions.

    Of the site and the publisher's own id where one is known, else of the site and the canonical
    URL: a copy that declares the address of the original as canonical stays an article of its own.
    """
    if publisher_article_id:
        return _digest("id", site, publisher_article_id)
    return _digest("url", site, canonical_url)


def content_hash(body: str) -> str:
    """32 hex digits of the matching form of a body: equal for texts that read the same."""
    return _digest("text", matching_bytes(body))


def version_id(article_id: str, content_hash: str, title: str) -> str:
    """32 hex digits that name one version; a replay of the same version gets the same one."""
    return _digest("version", article_id, content_hash, matching_bytes(title))


def _digest(*parts: str | bytes) -> str:
    mark = blake2b(digest_size=16)
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        mark.update(len(data).to_bytes(8, "big"))
        mark.update(data)
    return mark.hexdigest()


NO_TEXT = _digest("text", b"")
"""The content hash of a text without a letter or digit."""
