"""How far a site's word is taken: ETag, Last-Modified, and the ``lastmod`` of its sitemaps.

They lie both ways. A validator *hides* when it stays the same, or is answered with 304, though the
content changed; it *cries* when it differs though nothing changed. One look in twenty doubts them
all and asks without validators. If such a look finds a change under another validator, the old one
is sent after it: an honest server says 200, a liar 304. A validator that hides is no longer sent;
every change that is then found puts it to the same test, so that it may win its trust back. One
that only cries is not sent either, since a server that is sent both looks at the ETag alone
(RFC 9110, section 13.2.2), and the other may be of use.

Nothing here does I/O; what is learned is kept in a `SiteMemory`. ``scope`` is what kind of page is
meant (article, feed, sitemap, listing): they come from different parts of a site's machinery.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from newscrawl.schedule.memory import Odds, SiteMemory

_SAMPLED = 20
_HIDES, _HIDES_PRIOR = 0.2, Odds(0.0, 4.0)
_CRIES, _CRIES_PRIOR = 0.9, Odds(1.0, 1.0)
_IDLE, _IDLE_PRIOR = 0.8, Odds(2.0, 2.0)  # fewer than one claim in five is true
_VOUCHES, _VOUCHES_PRIOR = 0.1, Odds(1.0, 1.0)
_LONG, _SHORT = 0.98, 0.8  # memory of some fifty events, and of five


class Validator(StrEnum):
    """What a conditional request may send; the first one sent decides."""

    ETAG = "etag"
    LAST_MODIFIED = "last_modified"


@dataclass(frozen=True, slots=True)
class Validators:
    """What a page's answer said of its version; None where it said nothing."""

    etag: str | None = None
    last_modified: str | None = None

    def of(self, validator: Validator) -> str | None:
        """One of them; an empty one is none."""
        return (self.etag if validator is Validator.ETAG else self.last_modified) or None


@dataclass(frozen=True, slots=True)
class Asked:
    """How a page that is known was asked for: what was known, what of it was sent, and why not.

    ``decides`` is the validator that decided, or would have if the look had not been a sample.
    """

    scope: str
    known: Validators
    decides: Validator | None = None
    sampled: bool = False

    @property
    def sent(self) -> Validators:
        """What goes into the request."""
        if self.decides is None or self.sampled:
            return Validators()
        # a server that looks at the date alone is given it, too
        etag = self.known.etag if self.decides is Validator.ETAG else None
        return Validators(etag or None, self.known.last_modified or None)


def is_sampled(url: str, last_time: datetime | None) -> bool:
    """Whether this look doubts what the site says: 1 in 20.

    The same for the same look, so that a run that is repeated does the same.
    """
    if last_time is None:
        return False
    digest = hashlib.sha256(f"{url}\n{last_time.isoformat()}".encode()).digest()
    return int.from_bytes(digest[:4]) % _SAMPLED == 0


def hides(memory: SiteMemory, scope: str, validator: Validator) -> bool:
    """Whether a validator has hidden changes too often to be sent."""
    return memory.odds(f"{scope}_{validator}_hides").share(_HIDES_PRIOR) > _HIDES


def cries(memory: SiteMemory, scope: str, validator: Validator) -> bool:
    """Whether a validator changes so often without a change that it is of no use."""
    return memory.odds(f"{scope}_{validator}_cries").share(_CRIES_PRIOR) > _CRIES


def ask(
    memory: SiteMemory, scope: str, url: str, known: Validators, last_time: datetime | None
) -> Asked:
    """How to ask for a page that was last asked for at ``last_time``."""
    usable = (
        v
        for v in Validator
        if known.of(v) and not hides(memory, scope, v) and not cries(memory, scope, v)
    )
    return Asked(scope, known, next(usable, None), is_sampled(url, last_time))


def not_modified(memory: SiteMemory, asked: Asked) -> None:
    """Learn from an answer 304."""
    if asked.decides is not None:
        memory.note(f"{asked.scope}_{asked.decides}_cries", False, memory=_LONG)


def answered(
    memory: SiteMemory, asked: Asked, after: Validators, *, changed: bool
) -> Validator | None:
    """Learn from a whole answer; ``changed`` tells whether its content had changed.

    Returns the validator, if any, whose old value is to be sent now to see what the server says;
    `checked` takes the answer.
    """
    doubtful: list[Validator] = []
    decided = None if asked.sampled else asked.decides
    for v in Validator:
        before = asked.known.of(v)
        if before is None:
            continue
        same = after.of(v) == before
        if not changed:
            memory.note(f"{asked.scope}_{v}_cries", not same, memory=_LONG)
        elif v is decided:  # it was sent, and the change came
            _note_hides(memory, asked, v, held=False)
        elif same:
            _note_hides(memory, asked, v, held=True)
        else:
            doubtful.append(v)
    if asked.sampled and asked.decides in doubtful:
        return asked.decides
    return next((v for v in doubtful if hides(memory, asked.scope, v)), None)


def checked(memory: SiteMemory, asked: Asked, validator: Validator, *, hid: bool) -> None:
    """Learn whether a changed page's old validator was answered with 304."""
    _note_hides(memory, asked, validator, held=hid)


def _note_hides(memory: SiteMemory, asked: Asked, validator: Validator, *, held: bool) -> None:
    lost = hides(memory, asked.scope, validator)
    # a lie that a sample found stands for those that nobody looked for
    weight = float(_SAMPLED) if held and not lost and asked.sampled else 1.0
    name = f"{asked.scope}_{validator}_hides"
    memory.note(name, held, memory=_SHORT if lost else _LONG, weight=weight)


def heeds_lastmod(memory: SiteMemory, url: str, last_time: datetime) -> bool:
    """Whether a source's word that a page changed is a reason to ask; for one in twenty it is.

    ``last_time`` is when the page was last asked for: a ``lastmod`` that always says now claims
    something else at each poll.
    """
    usual = memory.odds("lastmod_cries").share(_IDLE_PRIOR)
    return usual <= _IDLE or is_sampled(url, last_time)


def lastmod_vouches(memory: SiteMemory, url: str, planned: datetime) -> bool:
    """Whether a source's word that a page has not changed stands for a planned look.

    It must have told of changes often enough; one look in twenty is made all the same.
    """
    return _vouches(memory) and not is_sampled(url, planned)


def _vouches(memory: SiteMemory) -> bool:
    return memory.odds("lastmod_hides").share(_VOUCHES_PRIOR) < _VOUCHES


def lastmod_said(memory: SiteMemory, *, new: bool, changed: bool) -> None:
    """Learn from a look at a page of which a source had said that it changed (``new``) or not."""
    if new:
        memory.note("lastmod_cries", not changed, memory=_LONG)
    if changed:
        weight = float(_SAMPLED) if not new and _vouches(memory) else 1.0
        memory.note("lastmod_hides", not new, memory=_LONG, weight=weight)
