"""The role of a copy: whose story it is, and which copy stands for all of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from enum import StrEnum
from urllib.parse import urlsplit

from newscrawl.clean import KnownSource, known_source
from newscrawl.dedup.canonical import canonical_url
from newscrawl.dedup.stories import Story
from newscrawl.items import Article
from newscrawl.text import matching


class Role(StrEnum):
    """Whose story a copy is (column ``source_kind``)."""

    OWN = "own"
    PARTNER = "partner"
    AGENCY = "agency"
    PRESS_RELEASE = "press_release"


# Which role stands nearest to the origin; a copy of unknown role says nothing against it.
_RANK: dict[str | None, int] = {
    Role.OWN: 0,
    None: 1,
    Role.PRESS_RELEASE: 2,
    Role.AGENCY: 2,
    Role.PARTNER: 3,
}


def role_of(article: Article) -> Role:
    """Whose story an article is, by its credit, its origin address and its type."""
    if article.article_type == "press_release" or article.source_kind == Role.PRESS_RELEASE:
        return Role.PRESS_RELEASE
    source = _source(article)
    if source is not None and source.site == article.site:
        return Role.OWN
    if article.source_name and _is_own_name(article):
        return Role.OWN
    if source is not None:
        return Role.AGENCY if str(source.kind) == Role.AGENCY else Role.PARTNER
    if article.source_kind in set(Role):
        return Role(article.source_kind)
    if article.origin_url and not _is_at(article.origin_url, article.host):
        return Role.PARTNER
    return Role.PARTNER if article.source_name else Role.OWN


def story_of(article: Article) -> Story:
    """The story that dedup sees of a cleaned article with its keys filled."""
    source = _source(article)
    return Story(
        version_id=article.version_id,
        article_id=article.article_id,
        url=article.canonical_url,
        site=article.site,
        title=article.title,
        text=article.body,
        lang=article.language,
        published_at=article.published_at,
        role=role_of(article),
        credit=source.site if source is not None and source.site != article.site else None,
        content_hash=article.content_hash,
    )


def primary(copies: Sequence[tuple[int, Story]]) -> int:
    """The position of the copy that stands for its story; `copies` in order of time.

    The copy of the paper that most others credit before all; then a paper's own story, the
    earliest first; a partner's copy only if there is nothing else.
    """
    credits = Counter(s.credit for _, s in copies if s.credit and s.credit != s.site)
    return min(copies, key=lambda c: (-credits[c[1].site], _RANK.get(c[1].role, 1), c[0]))[0]


def _source(article: Article) -> KnownSource | None:
    return known_source(article.source_name, article.country) if article.source_name else None


def _is_own_name(article: Article) -> bool:
    own = {matching(article.publisher or ""), matching(article.site)} - {""}
    return matching(article.source_name or "") in own


def _is_at(address: str, host: str) -> bool:
    return (
        urlsplit(canonical_url(address)).hostname == urlsplit(canonical_url(f"//{host}/")).hostname
    )
