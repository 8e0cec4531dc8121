"""robots.txt as text: groups, rules, and which rule holds for a path (RFC 9309, section 2.2).

Read as tolerantly as the parser of the largest search engine does: byte order marks, any line
ends and case, spaces around, a missing colon, common misspellings. Of the rules that match, the
longest wins; of equals, ``allow``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import quote, urlsplit

MAX_LINE = 16_664  # characters; longer lines are cut, as there
MAX_RULES = 20_000

_NAMES = {
    "user-agent": "agent", "useragent": "agent", "user agent": "agent",
    "allow": "allow",
    "disallow": "disallow", "dissallow": "disallow", "dissalow": "disallow", "disalow": "disallow",
    "diasllow": "disallow", "disallaw": "disallow", "desallow": "disallow",
    "crawl-delay": "delay", "crawldelay": "delay", "crawl delay": "delay",
    "sitemap": "sitemap", "site-map": "sitemap",
}  # fmt: skip
_TOKEN = re.compile(r"[\w-]+")
_COMPATIBLE = re.compile(r"mozilla/[^(]*\(compatible;\s*([^;/)]+)", re.I)
_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})")
# Octets that mean the same escaped or not; "/", "?", "#", "%" do not, "*" and "$" are wildcards.
_PLAIN = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!&'()+,;=:@")


@dataclass(frozen=True, slots=True)
class Rule:
    """One ``allow`` or ``disallow`` line; ``pattern`` is normalised (`normal_path`)."""

    allow: bool
    pattern: str

    def matches(self, path: str) -> bool:
        """Does the pattern (``*`` any characters, a final ``$`` the end) match from the start."""
        pattern = self.pattern
        anchored = pattern.endswith("$")
        pieces = (pattern[:-1] if anchored else pattern).split("*")
        if not path.startswith(pieces[0]):
            return False
        position = len(pieces[0])
        if len(pieces) == 1:
            return position == len(path) if anchored else True
        for piece in pieces[1:-1]:
            found = path.find(piece, position)
            if found < 0:
                return False
            position = found + len(piece)
        last = pieces[-1]
        if anchored:
            return len(path) - len(last) >= position and path.endswith(last)
        return path.find(last, position) >= 0


@dataclass(slots=True)
class Group:
    """The rules of one or more user agents; ``delay`` in seconds."""

    agents: list[str] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    delay: float | None = None


@dataclass(frozen=True, slots=True)
class RobotsRules:
    """A parsed robots.txt; ``sitemaps`` as written."""

    groups: tuple[Group, ...] = ()
    sitemaps: tuple[str, ...] = ()

    @classmethod
    def parse(cls, text: str) -> RobotsRules:
        """From text of any size and kind; never raises."""
        groups: list[Group] = []
        sitemaps: list[str] = []
        current: Group | None = None
        naming = False  # are agent lines still being collected
        count = 0
        for line in re.split(r"\r\n|\r|\n", text.lstrip("\ufeff")):
            key, value = _key_and_value(line)
            if key == "agent":
                if not naming or current is None:
                    current = Group()
                    groups.append(current)
                    naming = True
                current.agents.append(agent_token(value))
            elif key in {"allow", "disallow"}:
                naming = False
                count += 1
                if current is not None and value and count <= MAX_RULES:
                    current.rules.append(Rule(key == "allow", normal_path(value, pattern=True)))
            elif key == "delay":
                naming = False
                if current is not None and current.delay is None:
                    current.delay = _seconds(value)
            elif key == "sitemap" and value and len(sitemaps) < 500:
                sitemaps.append(value)
        return cls(tuple(groups), tuple(dict.fromkeys(sitemaps)))

    def groups_for(self, agent: str) -> list[Group]:
        """The groups that hold for an agent: its own, merged, else those of ``*``."""
        product = agent_token(agent)
        words = agent.split()
        if len(words) > 1 and "/" not in words[0] and not words[1].startswith("("):
            product = agent.lower()  # words are no product token, and match none
        own = [x for x in self.groups if product != "*" and product in x.agents]
        return own or [x for x in self.groups if "*" in x.agents]

    def allows(self, path: str, agent: str) -> bool:
        """May the agent ask for this path (with its query)."""
        path = normal_path(path)
        best = -1
        allowed = True
        for group in self.groups_for(agent):
            for rule in group.rules:
                length = len(rule.pattern)
                if length < best or (length == best and (allowed or not rule.allow)):
                    continue
                if rule.matches(path) or _is_index_of(rule, path):
                    best, allowed = length, rule.allow
        return allowed

    def delay(self, agent: str) -> float | None:
        """The Crawl-delay for an agent in seconds, the longest of its groups; None for none."""
        delays = [x.delay for x in self.groups_for(agent) if x.delay is not None]
        return max(delays, default=None)


def _is_index_of(rule: Rule, path: str) -> bool:
    """``allow: /dir/index.html`` allows ``/dir/`` too."""
    if not rule.allow or not rule.pattern.endswith(("/index.html", "/index.htm")):
        return False
    return path == rule.pattern[: rule.pattern.rindex("/") + 1]


def _key_and_value(line: str) -> tuple[str, str]:
    line = line[:MAX_LINE].partition("#")[0].strip()
    if not line:
        return "", ""
    key, colon, value = line.partition(":")
    name = _NAMES.get(" ".join(key.lower().split()))
    if colon and name:
        return name, value.strip()
    if not colon:
        if name == "agent":
            return "agent", ""
        parts = line.split(None, 1)
        if len(parts) == 2:
            return _NAMES.get(parts[0].lower(), ""), parts[1].strip()
    return "", ""


def agent_token(agent: str) -> str:
    """The product token of a user agent or of an agent line (RFC 9309, 2.2.1), in lower case.

    Browser-like strings name it after ``compatible;``. Digits and letters beyond ASCII, which the
    RFC does not know but sites use, are part of it.
    """
    agent = agent.strip()
    if agent.startswith("*") and (len(agent) == 1 or agent[1].isspace()):
        return "*"
    if found := _COMPATIBLE.match(agent):
        agent = found[1].strip()
    found = _TOKEN.match(agent)
    return found[0].lower() if found else agent.partition("/")[0].strip().lower()


def normal_path(raw: str, *, pattern: bool = False) -> str:
    """A path or pattern with one spelling for each octet (RFC 9309, 2.2.2).

    Characters beyond ASCII become percent-encoded UTF-8; escapes of characters without a meaning in
    paths are undone, others written in upper case; ``*`` and ``$`` in a path, and ``$`` inside a
    pattern, are escaped, so that only wildcards are left bare. A pattern that does not begin with
    ``/`` or ``*`` is taken as if it did.
    """
    if pattern:
        if raw.lower().startswith(("http://", "https://")):
            raw = path_of(raw)
        elif not raw.startswith(("/", "*")):
            raw = "/" + raw
        if "$" in raw[:-1]:
            raw = raw[:-1].replace("$", "%24") + raw[-1]
    else:
        raw = raw.replace("*", "%2A").replace("$", "%24")
    if not raw.isascii():
        raw = quote(raw.encode("utf-8", "surrogatepass"), safe="".join(map(chr, range(33, 127))))

    def plain(found: re.Match[str]) -> str:
        character = chr(int(found[1], 16))
        return character if character in _PLAIN else found[0].upper()

    return _ESCAPE.sub(plain, raw) if "%" in raw else raw


def path_of(url: str) -> str:
    """Path, parameters and query of a URL; ``/`` for an empty path."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return "/"
    path = parts.path or "/"
    return f"{path}?{parts.query}" if parts.query else path


def _seconds(value: str) -> float | None:
    try:
        seconds = float(value.split()[0].replace(",", ".")) if value.split() else -1.0
    except ValueError:
        return None
    return seconds if 0 <= seconds < 1e9 else None
