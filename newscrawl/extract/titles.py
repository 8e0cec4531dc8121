"""The headline, chosen among everything on the page that could be it.

The right headline stands on nearly every page as an ``h1``, as ``og:title``, as JSON-LD
``headline`` or as a part of ``<title>``; the work is in the choice. Every candidate is described by
a few yes-or-no facts (where it stands, which other sources agree, whether it looks like the site's
name), and a score over these picks one. It was fitted by ``benchmarks/train_metadata``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from newscrawl.extract.dom import Document
from newscrawl.extract.fact_trees import fact_trees
from newscrawl.extract.jsonld import plain
from newscrawl.extract.mojibake import mended_line
from newscrawl.extract.roles import Role
from newscrawl.extract.structured import Structured
from newscrawl.text import matching

MAX_CANDIDATES = 40
_MAX_CHARS = 700

# Bars, dashes and arrows that part a headline from section and site. A hyphen or colon counts only
# with space around it, or where a script has no spaces.
_SEPARATOR = re.compile(
    r"\s*[|｜ㅣ¦│»«›‹•·∙❘▷►→_]+\s*|\s+[-–—―~:：/<>]+\s+|\s*(?:—|––|--|——)\s*|"
    r"(?<=[^\x00-\xff])\s*[-–_]\s*(?=[^\x00-\xff])|\s+::\s+|(?<=\S):\s+"
)
_ASIDE = int(Role.ASIDE | Role.TEASER | Role.BIO)
_BRAND = int(Role.BRAND)
_TITLE = int(Role.TITLE)
_KICKER = int(Role.KICKER | Role.SECTION)
_UNREAD = frozenset({"rt", "rp", "script", "style", "button", "svg", "template", "noscript"})
_BLOCKS = frozenset({"div", "p", "br", "small", "h2", "h3"})
_HEADING_TAGS = frozenset({"h1", "h2", "h3"})


@dataclass(slots=True)
class TitleCandidate:
    """A text that may be the headline; ``facts`` are names of what holds for it."""

    text: str
    key: str  # matching form
    sources: set[str] = field(default_factory=set)
    facts: set[str] = field(default_factory=set)
    score: float = 0.0


@dataclass(frozen=True, slots=True)
class Headline:
    """The headline that was chosen, which source gave it, and whether strong sources disagree."""

    text: str
    source: str
    conflict: bool = False


def choose_title(
    document: Document, structured: Structured, names: Sequence[str] = ()
) -> Headline | None:
    """The page's headline, or None if nothing on it could be one."""
    entries = title_candidates(document, structured, names)
    if not entries:
        return None
    model = fact_trees("titles")
    for entry in entries:
        entry.score = model.score(entry.facts)
    best = max(entries, key=lambda entry: entry.score)
    source = next((s for s in _ORDER if s in best.sources), "title")
    return Headline(best.text, source, _conflict(best, entries))


_ORDER = (
    "jsonld", "h1", "microdata", "og", "meta", "twitter", "class", "h2", "title", "title_part",
    "jsonld_part", "og_part", "twitter_part", "jsonld_name", "microdata_name", "meta_title",
    "jsonld_alternative",
)  # fmt: skip


def _conflict(best: TitleCandidate, entries: Sequence[TitleCandidate]) -> bool:
    """Whether JSON-LD or OpenGraph name a headline that shares nothing with the one chosen."""
    for entry in entries:
        if entry is best or not entry.sources & {"jsonld", "og"}:
            continue
        if best.key not in entry.key and entry.key not in best.key:
            return True
    return False


def headline_element(document: Document, structured: Structured, title: str) -> int:
    """The heading that prints a headline, else the first ``h1``, else -1."""
    key = matching(title)
    first = -1
    for i in structured.seen.headings[:40]:
        if first < 0 and document.tags[i] == "h1":
            first = i
        if document.end[i] - i < 20 and key and matching(document.text(i)) == key:
            return i
    return first


def title_candidates(
    document: Document, structured: Structured, names: Sequence[str] = ()
) -> list[TitleCandidate]:
    """All candidates with their facts; ``names`` are known names of the site."""
    found: dict[str, TitleCandidate] = {}

    def add(text: str, source: str) -> TitleCandidate | None:
        if not text or len(text) > _MAX_CHARS:
            return None
        key = matching(text)
        if not key:
            return None
        entry = found.get(key)
        if entry is None:
            if len(found) >= MAX_CANDIDATES:
                return None
            entry = found[key] = TitleCandidate(text, key)
        entry.sources.add(source)
        return entry

    page_title = ""
    if (at := structured.seen.title) >= 0:
        raw = "".join(document.texts[document.text_start[at] : document.text_end[at]])
        page_title = plain(raw)[:_MAX_CHARS]
    for source, text in _declared(structured):
        add(text, source)
    headings = _add_headings(document, structured, add)
    add(page_title, "title")
    parts = title_parts(page_title)
    for part, facts in parts:
        entry = add(part, "title_part")
        if entry is not None:
            entry.facts |= facts
    for source, text in _declared(structured):
        if source in {"og", "jsonld", "twitter"}:
            for part, facts in title_parts(text):
                entry = add(part, f"{source}_part")
                if entry is not None:
                    entry.facts |= {f"og_{fact}" for fact in facts}
    _describe(list(found.values()), structured, page_title, names, headings)
    return list(found.values())


def _declared(structured: Structured) -> Iterator[tuple[str, str]]:
    if structured.article:
        if text := structured.ld("headline"):
            yield "jsonld", text
        if text := structured.ld("name"):
            yield "jsonld_name", text
        if text := structured.ld("alternativeHeadline"):
            yield "jsonld_alternative", text
    if text := structured.micro("headline"):
        yield "microdata", text
    elif structured.loose.get("headline"):
        yield "microdata", structured.loose["headline"][0]
    if text := structured.micro("name"):
        yield "microdata_name", text
    if text := structured.first("og:title"):
        yield "og", text
    if text := structured.first("twitter:title"):
        yield "twitter", text
    if text := structured.first(
        "parsely-title", "sailthru.title", "citation_title", "dc.title", "dcterms.title",
        "dc:title", "cxenseparse:title", "cxenseparse:recs:title", "article:title", "headline",
        "hdl", "mrc__share_title", "content_title", "weibo: article:title",
    ):  # fmt: skip
        yield "meta", text
    if text := structured.first("title"):
        yield "meta_title", text


_Add = Callable[[str, str], TitleCandidate | None]


def _add_headings(document: Document, structured: Structured, add: _Add) -> int:
    seen = structured.seen
    h1s = [i for i in seen.headings if document.tags[i] == "h1"]
    visible = 0
    taken = 0
    first_h2 = True
    spots: list[tuple[int, str]] = [(i, "h1") for i in h1s[:12]]
    for i in seen.headings:
        if document.tags[i] == "h2" and len(spots) < 24:
            spots.append((i, "h2"))
    for i in seen.noted:
        if taken >= 8 or not seen.roles[i] & _TITLE or document.tags[i] in _HEADING_TAGS:
            continue
        if document.end[i] - i < 12:  # a line, not the whole page
            spots.append((i, "class"))
            taken += 1
    for i, kind in spots:
        text, parts = heading_text(document, i)
        if not text or len(text) > 400:
            continue
        entry = add(text, kind)
        if entry is None:
            continue
        zone = seen.zone[i]
        clear = not zone & (_ASIDE | _BRAND)
        if kind == "h1":
            visible += 1
            if visible == 1:
                entry.facts.add("h1_first")
            if len(h1s) == 1:
                entry.facts.add("h1_only")
            if clear and len(parts) > 1:
                # A kicker inside the heading: each of its parts may be the headline.
                for n, part in enumerate(parts[:4]):
                    piece = add(part, "h1_piece")
                    if piece is not None:
                        piece.facts.add("h1_piece_last" if n == len(parts) - 1 else "h1_piece")
        if kind == "h2" and clear and first_h2:
            entry.facts.add("h2_first")
            first_h2 = False
        if seen.roles[i] & _TITLE:
            entry.facts.add(f"{kind}_titled")
        if zone & _BRAND:
            entry.facts.add("in_brand")
        entry.facts.add(f"{kind}_clear" if not zone & _ASIDE else f"{kind}_in_aside")
        if seen.roles[i] & _KICKER:
            entry.facts.add("kicker_class")
        if _linked(document, i, len(text)):
            entry.facts.add("linked")
    return visible


def _decoded(text: str) -> str:
    """Entities that were escaped twice."""
    return plain(text) if "&" in text and ";" in text else text


def heading_text(document: Document, i: int) -> tuple[str, list[str]]:
    """The text of a heading without ruby readings and buttons, and its parts by child element."""
    pieces: list[str] = []
    parts: list[list[str]] = []
    top_before = -2
    for k in range(document.text_start[i], document.text_end[i]):
        owner = document.text_owner[k]
        if document.tags[owner] in _UNREAD:
            continue
        piece = document.texts[k]
        top = owner
        while top != i and document.parent[top] != i:
            top = document.parent[top]
        if (top != top_before and document.tags[top] != "ruby") or not parts:
            parts.append([])
            if top != i and document.tags[top] in _BLOCKS:
                pieces.append(" ")
        top_before = top
        parts[-1].append(piece)
        pieces.append(piece)
    lines = [mended_line("".join(part)) for part in parts]
    return _decoded(mended_line("".join(pieces))), [_decoded(line) for line in lines if line]


def _linked(document: Document, i: int, chars: int) -> bool:
    """Whether the whole heading is a link to another page (a teaser or a logo)."""
    for k in range(i + 1, min(document.end[i], i + 6)):
        if document.tags[k] == "a":
            href = document.attrs[k].get("href") or ""
            if not href or href.startswith("#"):
                return False
            if document.absolute(href).split("#")[0] == document.url:
                return False
            return len(document.text(k)) >= chars * 0.8
    up = document.parent[i]
    return up >= 0 and document.tags[up] == "a"


def title_parts(title: str) -> list[tuple[str, set[str]]]:
    """What remains of a page title when its sections and site names are cut off."""
    cuts = [(m.start(), m.end()) for m in _SEPARATOR.finditer(title)]
    cuts = [c for c in cuts if c[0] > 0 and c[1] < len(title)][:8]
    if not cuts:
        return []
    out: dict[str, set[str]] = {}
    bounds = [(0, 0), *cuts, (len(title), len(title))]
    pieces = [title[bounds[n][1] : bounds[n + 1][0]] for n in range(len(bounds) - 1)]
    longest = max(pieces, key=len)
    for n, piece in enumerate(pieces):
        facts = {"part"}
        if n == 0:
            facts.add("part_first")
        if n == len(pieces) - 1:
            facts.add("part_last")
        if piece == longest:
            facts.add("part_longest")
        out.setdefault(piece.strip(), set()).update(facts)
    for n, cut in enumerate(cuts):
        head = title[: cut[0]].strip()
        out.setdefault(head, set()).add("without_last" if n == len(cuts) - 1 else "head")
        tail = title[cut[1] :].strip()
        out.setdefault(tail, set()).add("without_first" if n == 0 else "tail")
    return [(text, facts) for text, facts in out.items() if text]


def _describe(
    entries: list[TitleCandidate],
    structured: Structured,
    page_title: str,
    names: Sequence[str],
    headings: int,
) -> None:
    title_key = matching(page_title)
    og_key = matching(structured.first("og:title")[:_MAX_CHARS])
    site_keys = {matching(name) for name in names if name}
    site_keys |= {
        matching(name)
        for name in (
            structured.first("og:site_name"),
            structured.first("application-name", "twitter:site"),
            structured.first("apple-mobile-web-app-title"),
        )
        if name
    }
    site_keys.discard("")
    for entry in entries:
        facts, key = entry.facts, entry.key
        facts.update(f"is_{source}" for source in entry.sources)
        strong = entry.sources & {"jsonld", "og", "twitter", "h1", "microdata", "meta"}
        facts.add(f"agree_{min(len(strong), 4)}")
        if "h1_piece" in entry.sources and strong - {"h1"}:
            facts.add("piece_declared")
        if "h1" in entry.sources and "h1_only" in facts and "h1_clear" in facts:
            # The one headline that is printed, if it looks like one.
            least = 4 if max(key) >= "\u2e80" else 13
            likely = len(key) >= least and "linked" not in facts and key not in site_keys
            facts.add("sole_h1" if likely else "poor_h1")
        if title_key and key != title_key:
            if title_key.startswith(key):
                facts.add("starts_title")
            elif key in title_key:
                facts.add("in_title")
            elif title_key in key:
                facts.add("holds_title")
        if og_key and key != og_key:
            if og_key.startswith(key):
                facts.add("starts_og")
            elif key in og_key:
                facts.add("in_og")
            elif og_key in key:
                facts.add("holds_og")
        if key in site_keys:
            facts.add("site_name")
        elif any(len(name) > 3 and key.endswith(name) for name in site_keys):
            facts.add("ends_with_site")
        elif any(len(name) > 3 and key.startswith(name) for name in site_keys):
            facts.add("starts_with_site")
        length = len(key)
        facts.add(
            "len_5" if length < 6 else "len_12" if length < 13 else "len_25" if length < 26
            else "len_120" if length < 121 else "len_200" if length < 201 else "len_more"
        )  # fmt: skip
        if entry.text.rstrip().endswith(("...", "…")):
            facts.add("cut")
        if headings == 0:
            facts.add("no_h1")
