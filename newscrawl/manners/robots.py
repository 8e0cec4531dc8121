"""What a host's robots.txt allows, also when there is none or no answer (RFC 9309, section 2.3).

2xx: its rules, of the first 512 KiB. Other 4xx and unresolved redirects: everything. 429, 5xx,
time-outs and network errors: nothing until it is known, unless a good copy of at most 24 hours is
at hand.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal
from urllib.parse import urljoin

from newscrawl.manners.limits import LIMITS
from newscrawl.manners.robots_rules import RobotsRules, path_of
from newscrawl.manners.verdict import ALLOWED, Verdict

State = Literal["rules", "missing", "unreachable"]
_SKEW = timedelta(minutes=5)  # of clocks that are set right now and then


@dataclass(frozen=True, slots=True)
class RobotsPolicy:
    """The policy of one origin. ``text`` is the file as read (empty if there is none)."""

    state: State
    rules: RobotsRules = field(default_factory=RobotsRules)
    text: str = ""
    url: str = ""
    status: int | None = None
    reason: str = ""  # why unreachable
    fetched_at: datetime | None = None
    fresh_until: datetime | None = None  # nothing needs to be asked until then

    @classmethod
    def from_answer(
        cls,
        status: int,
        body: bytes,
        *,
        url: str = "",
        fetched_at: datetime | None = None,
        fresh_until: datetime | None = None,
    ) -> RobotsPolicy:
        """The policy that an answer means; ``status`` after redirects. Never raises."""
        if 300 <= status < 500 and status != 429:
            return cls("missing", RobotsRules(), "", url, status, "", fetched_at, fresh_until)
        if not 200 <= status < 300:
            reason = f"http_{status}"
            return cls("unreachable", url=url, status=status, reason=reason, fetched_at=fetched_at)
        return cls.from_text(
            _decoded(body), status=status, url=url, fetched_at=fetched_at, fresh_until=fresh_until
        )

    @classmethod
    def from_text(
        cls,
        text: str,
        *,
        status: int = 200,
        url: str = "",
        fetched_at: datetime | None = None,
        fresh_until: datetime | None = None,
    ) -> RobotsPolicy:
        """The policy of a file as it was read (`text`). Never raises."""
        rules = RobotsRules.parse(text)
        return cls("rules", rules, text, url, status, "", fetched_at, fresh_until)

    @classmethod
    def unreachable(
        cls, reason: str, *, url: str = "", fetched_at: datetime | None = None
    ) -> RobotsPolicy:
        """The policy after a time-out or network error: nothing is allowed."""
        return cls("unreachable", url=url, reason=reason, fetched_at=fetched_at)

    def or_last_good(self, previous: RobotsPolicy | None, now: datetime) -> RobotsPolicy:
        """This policy, or the previous one where this is unreachable and that still good."""
        if self.state != "unreachable" or previous is None or previous.state == "unreachable":
            return self
        return self if previous.expired(now) else previous

    def expired(self, now: datetime) -> bool:
        """Is the copy older than may be used (24 hours, RFC 9309, 2.4).

        One from the future says only that a clock was wrong, and may be of any age.
        """
        if self.fetched_at is None or self.fetched_at - now > _SKEW:
            return True
        return now - self.fetched_at > timedelta(seconds=LIMITS.robots_seconds)

    def fresh(self, now: datetime) -> bool:
        """Need nothing be asked: what the answer allowed to be kept, a day at most."""
        if self.fresh_until is None or self.state == "unreachable":
            return False
        return now < self.fresh_until and not self.expired(now)

    def judge(self, url: str, agent: str) -> Verdict:
        """May the agent ask for this URL of the policy's origin.

        Reasons: ``robots`` (a rule), ``robots_unreachable``, ``crawl_delay`` (longer than is waited
        for: left for another run).
        """
        if self.state == "unreachable":
            return Verdict(False, "robots_unreachable", self.reason)
        path = path_of(url)
        if path == "/robots.txt":
            return ALLOWED
        if not self.rules.allows(path, agent):
            return Verdict(False, "robots", path[:200])
        delay = self.rules.delay(agent)
        if delay is not None and delay > LIMITS.crawl_delay_seconds:
            return Verdict(False, "crawl_delay", f"{delay:g} s")
        return ALLOWED

    def crawl_delay(self, agent: str) -> float | None:
        """Seconds between requests that the host asks for, as written; None for none."""
        return self.rules.delay(agent)

    @property
    def sitemaps(self) -> tuple[str, ...]:
        """Sitemap addresses, resolved against the file's own."""
        out: list[str] = []
        for raw in self.rules.sitemaps:
            try:
                out.append(urljoin(self.url, raw))
            except ValueError:
                continue
        return tuple(dict.fromkeys(out))


def _decoded(body: bytes) -> str:
    """The text of the first 512 KiB, whole lines only if it was longer."""
    cut = body[: LIMITS.robots_bytes]
    if len(body) > len(cut):
        # Half an allow line would allow too much, half a disallow line too little.
        cut = cut[: max(cut.rfind(b"\n"), cut.rfind(b"\r")) + 1] or cut
    for mark, encoding in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if cut.startswith(mark):
            return cut[2:].decode(encoding, "replace")
    return cut.decode("utf-8-sig", "replace")
