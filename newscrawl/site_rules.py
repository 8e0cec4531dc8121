"""Do a site's selectors still fit its pages, and if not, where does the text stand now?

A rule is all selectors of one key of a `Layout` (``title``, ``body`` ...): it holds on a page if
one of them gives the text that the page is known to have. What the page is known to have comes
from a recorded case, or for a live page from extraction without the site's rules.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from difflib import SequenceMatcher

from selectolax.lexbor import LexborHTMLParser, LexborNode

from newscrawl.items import Article
from newscrawl.site import Layout, Site
from newscrawl.text import matching, one_line

_PSEUDO = re.compile(r"::(?:(text)|attr\(([^()]+)\))$")
_ALWAYS = ("title", "body", "published")  # a page without these is no article page
_NEVER_TEXT = frozenset({"script", "style", "noscript", "template"})
_BUILD = re.compile(r"^(?:css|sc|jsx|emotion|svelte|astro|data-v)-|[0-9]{3}|[a-z][0-9][a-z0-9]{3,}")
_CLASS = re.compile(r"-?[A-Za-z_][\w-]*\Z")


@dataclass(frozen=True, slots=True)
class Known:
    """What a page is known to hold; an empty field is unknown.

    Where it was learned by a machine and not by a person (``sure`` is false), a body that gives
    most of the text is taken to be right.
    """

    title: str = ""
    kicker: str = ""
    standfirst: str = ""
    byline: tuple[str, ...] = ()
    body: tuple[str, ...] = ()  # paragraphs
    caption: tuple[str, ...] = ()
    published: date | None = None  # day at the site: chooses the layout
    sure: bool = True

    @classmethod
    def of(cls, article: Article) -> Known:
        """What extraction without the site's rules makes of a page."""
        paragraphs = article.body.split("\n\n") if article.body else []
        local = article.published_local
        return cls(
            title=article.title,
            body=tuple(text for text in paragraphs if text != article.title),
            published=local.date() if local else None,
            sure=False,
        )

    def texts(self, key: str) -> tuple[str, ...]:
        """The texts that the rule ``key`` has to give; empty if unknown."""
        value = getattr(self, key, ())
        if isinstance(value, str):
            return (value,) if value else ()
        return value if isinstance(value, tuple) else ()


@dataclass(frozen=True, slots=True)
class RuleFailure:
    """A rule that does not hold on a page."""

    rule: str  # layouts[1].title
    selectors: tuple[str, ...]
    reason: str
    text: str = ""  # what was looked for
    nearest: str = ""  # a CSS path of the element that holds it now; empty if none does
    nearest_text: str = ""


def check_rules(site: Site, html: str, known: Known) -> list[RuleFailure]:
    """The rules of the layout in force that do not hold on a page; empty if all do.

    A site without layouts has no rules, so none fails.
    """
    layout = site.layout_for(known.published)
    if layout is None:
        return []
    tree = LexborHTMLParser(html)
    label = f"layouts[{site.layouts.index(layout) + 1}]"
    return [
        failure
        for field in fields(Layout)
        if field.name not in {"until", "exclude", "next_page"}
        and (selectors := getattr(layout, field.name))
        and (failure := _check(tree, f"{label}.{field.name}", field.name, selectors, known))
    ]


def select(tree: LexborHTMLParser, selector: str) -> list[str]:
    """What a selector of a layout gives: a line of text, or an attribute, for each element."""
    pseudo = _PSEUDO.search(selector)
    nodes = tree.css(selector[: pseudo.start()] if pseudo else selector)
    if pseudo and pseudo[2]:
        return [one_line(node.attributes.get(pseudo[2]) or "") for node in nodes]
    return [text_of(node) for node in nodes]


def text_of(node: LexborNode) -> str:
    """The text below an element on one line, without scripts and styles."""
    if node.tag in _NEVER_TEXT:
        return ""
    pieces = []
    for child in node.traverse(include_text=True):
        if child.tag == "-text":
            above = child.parent
            if above is None or above.tag not in _NEVER_TEXT:
                pieces.append(child.text_content or "")
        elif child.tag in {"br", "p", "div", "li", "td"}:
            pieces.append(" ")
    return one_line("".join(pieces))


def nearest(tree: LexborHTMLParser, text: str) -> LexborNode | None:
    """The innermost element that holds a text, or else the one whose text is most like it.

    Elements of the head are no candidates. None if nothing is at least half alike.
    """
    wanted = one_line(text)
    body = tree.body
    if not wanted or body is None:
        return None
    best: LexborNode | None = None
    best_ratio = 0.5
    shortest = 0
    matcher = SequenceMatcher(autojunk=False)
    matcher.set_seq2(wanted)
    for node in body.traverse():
        if node.tag in _NEVER_TEXT:
            continue
        found = text_of(node)
        if wanted in found:
            # of equally short ones the first, or the innermost where they stand in one another
            if (
                not shortest
                or len(found) < shortest
                or (len(found) == shortest and _stands_in(node, best))
            ):
                best, shortest = node, len(found)
        elif not shortest and 0.5 <= len(found) / len(wanted) <= 2:
            matcher.set_seq1(found)
            if matcher.quick_ratio() > best_ratio and matcher.ratio() > best_ratio:
                best, best_ratio = node, matcher.ratio()
    return best


def _stands_in(node: LexborNode, outer: LexborNode | None) -> bool:
    above = node.parent
    while above is not None and outer is not None:
        if above.mem_id == outer.mem_id:
            return True
        above = above.parent
    return False


def css_path(node: LexborNode) -> str:
    """A short selector of an element: up to three steps, ending early at an id.

    Classes and ids that a build or a single page made up are left out.
    """
    steps: list[str] = []
    current: LexborNode | None = node
    while current is not None and current.tag not in {"body", "html", None} and len(steps) < 3:
        step, is_unique = _step(current)
        if not steps or step != current.tag or len(steps) < 2:
            steps.append(step)
        if is_unique:
            break
        current = current.parent
    return " ".join(reversed(steps))


def _step(node: LexborNode) -> tuple[str, bool]:
    identity = node.attributes.get("id") or ""
    # an id with a number is of this page only
    if _CLASS.match(identity) and not re.search(r"[0-9]{3}", identity):
        return f"{node.tag}#{identity}", True
    names = [n for n in (node.attributes.get("class") or "").split() if not _is_made_up(n)]
    return "".join([node.tag or "*", *(f".{name}" for name in names[:2])]), False


def _is_made_up(name: str) -> bool:
    """Is a class of one build (``css-1a2b3c``, ``hTLjLh``) or of one page (``post-48213``)."""
    if not _CLASS.match(name) or _BUILD.search(name):
        return True
    capitals = sum(c.isupper() for c in name)
    return len(name) <= 8 and 2 <= capitals < len(name)


def _check(
    tree: LexborHTMLParser, rule: str, key: str, selectors: tuple[str, ...], known: Known
) -> RuleFailure | None:
    texts = known.texts(key)
    groups = [[text for text in select(tree, selector) if text] for selector in selectors]
    if not texts:
        if any(groups) or key not in _ALWAYS:
            return None
        return RuleFailure(rule, selectors, "gives nothing")
    allowed = 0 if known.sure or key != "body" else sum(map(len, texts)) // 2
    missing: Sequence[str] = texts
    for group in groups:
        still = [text for text in texts if not any(_holds(found, text) for found in group)]
        if sum(map(len, still)) <= allowed:
            return None
        if len(still) < len(missing):
            missing = still
    found = [text for group in groups for text in group]
    if not found:
        reason = "gives nothing"
    elif len(missing) < len(texts):
        reason = f"misses {len(missing)} of {len(texts)}"
    else:
        reason = f"gives something else: {found[0][:80]!r}"
    near = nearest(tree, missing[0])
    return RuleFailure(
        rule,
        selectors,
        reason,
        missing[0],
        css_path(near) if near is not None else "",
        text_of(near)[:120] if near is not None else "",
    )


def _holds(found: str, text: str) -> bool:
    return matching(text) in matching(found)
