"""What kind of change there is between two versions of an article."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from newscrawl.dedup.identity import content_hash
from newscrawl.dedup.texts import text_changes
from newscrawl.text import matching

GONE_STATUS = frozenset({404, 410})
NOTICE = 600  # characters that a notice of withdrawal has at most
LIVE_ENTRIES = 2  # entries with a time of day that a live blog gains at once

# A note that says what was wrong, at the start of a paragraph, in the languages of the region.
_CORRECTION = re.compile(
    r"[\W_]*(?:corrections?|clarifications?|corrigend(?:um|a)|errat(?:um|a)|editor['’]?s note"
    r"|(?:an )?earlier version of this"
    r"|this (?:story|article|report) has been (?:corrected|amended|updated to)"
    r"|ralat|koreksi|pembetulan|pagtatama|paglilinaw|đính chính|cải chính"
    r"|更正|勘误|勘誤|訂正|お詫び|정정|바로잡"
    r"|แก้ไข|សេចក្តីកែតម្រូវ|সংশোধন|ভুল সংশোধন|सुधार|भूल सुधार|திருத்தம்|تصحیح|ပြင်ဆင်ချက်|залруулга)",
    re.IGNORECASE,
)
_WITHDRAWN = re.compile(
    r"(?:retract|withdrawn|withdrew|taken down|has been removed|have removed|no longer available"
    r"|been deleted|unpublished|ditarik|telah dihapus|dicabut|gỡ bỏ|đã bị xóa"
    r"|撤稿|已删除|已刪除|取り消|削除しました|삭제|취소|ถอน|ถูกลบ|បានដក|প্রত্যাহার|वापस लिया)",
    re.IGNORECASE,
)
_ENTRY = re.compile(r"[\W_]*(?:\d{1,2}[:.\u6642\u65f6]\d{2}|\d{1,2}\s?[ap]\.?m\b)", re.IGNORECASE)


class ChangeKind(StrEnum):
    """What changed in an article after it was published."""

    HEADLINE = "headline"  # only the headline
    BODY = "body"
    CORRECTION = "correction"  # a note says what was wrong
    LIVE_BLOG = "live_blog"  # entries were added to a running account
    WITHDRAWN = "withdrawn"  # a notice stands in place of the text
    GONE = "gone"  # the address answers that there is nothing


@dataclass(frozen=True, slots=True)
class Change:
    """A change, with the paragraphs that went and came."""

    kind: ChangeKind
    headline: bool  # the headline changed (as well)
    cut: tuple[str, ...] = ()
    added: tuple[str, ...] = ()


def change_between(
    old_title: str,
    old_body: str,
    new_title: str,
    new_body: str,
    *,
    article_type: str | None = None,
    status: int | None = None,
) -> Change | None:
    """The change from one version to the next; None if nothing a reader sees has changed.

    `article_type` and `status` (HTTP) are those of the newer version. White space, quotes, case and
    joiners are no change.
    """
    if status in GONE_STATUS:
        return Change(ChangeKind.GONE, False)
    headline = matching(old_title) != matching(new_title)
    if content_hash(old_body) == content_hash(new_body):
        return Change(ChangeKind.HEADLINE, True) if headline else None
    found = text_changes(old_body, new_body)
    kind = ChangeKind.BODY
    is_notice = len(new_body) <= NOTICE and 2 * len(new_body) < len(old_body) and found.kept < 0.5
    if is_notice and _WITHDRAWN.search(f"{new_title}\n{new_body}"):
        kind = ChangeKind.WITHDRAWN
    elif any(_CORRECTION.match(paragraph) for paragraph in found.added):
        kind = ChangeKind.CORRECTION
    elif found.kept >= 0.5 and (
        article_type == "liveblog"
        or sum(bool(_ENTRY.match(paragraph)) for paragraph in found.added) >= LIVE_ENTRIES
    ):
        kind = ChangeKind.LIVE_BLOG
    return Change(kind, headline, found.cut, found.added)
