"""Words of class names, ids and short lines that tell what a part of a page is for.

Publishing systems name the parts of a page alike all over the world (``entry-content``,
``related``, ``share``), so a lexicon of such words is evidence that carries from one site to the
next. Each group is a bit; an element has the bits of its tag, its class, id, role and itemprop.
Nothing here names a site. The words are in ``lexicon_words.json``.
"""

from __future__ import annotations

import json
import re
from importlib.resources import files
from typing import Final

_WORDS: Final[dict[str, dict[str, list[str]]]] = json.loads(
    files("newscrawl.extract").joinpath("lexicon_words.json").read_text(encoding="utf-8")
)
# name of the group -> stems; a word of a class name belongs to a group if it contains a stem,
# or is the stem for those with "=" before them
_CLASS_STEMS: Final = _WORDS["classes"]
# kind of line -> what such lines begin with, as regular expressions; words of the trade in many
# languages
_LINES: Final = _WORDS["lines"]

GROUPS: Final = tuple(_CLASS_STEMS)
BIT: Final = {name: 1 << n for n, name in enumerate(GROUPS)}

# Bits of structure, after the groups.
_STRUCTURE: Final = (
    "t_article", "t_main", "t_nav", "t_header", "t_footer", "t_aside", "t_figure",
    "t_figcaption", "t_quote", "t_list", "t_table", "t_form", "t_h1", "t_h2", "t_h3", "t_link",
    "t_p", "t_div", "t_cell", "t_item", "t_dl", "p_body", "p_article", "p_other", "s_hidden",
    "t_pre", "x_body", "t_section",
)  # fmt: skip
for _n, _name in enumerate(_STRUCTURE):
    BIT[_name] = 1 << (len(GROUPS) + _n)
NAMES: Final = GROUPS + _STRUCTURE

TAG_BITS: Final[dict[str, int]] = {
    "article": BIT["t_article"], "main": BIT["t_main"], "nav": BIT["t_nav"],
    "header": BIT["t_header"],
    "footer": BIT["t_footer"], "aside": BIT["t_aside"], "figure": BIT["t_figure"],
    "figcaption": BIT["t_figcaption"], "caption": BIT["t_figcaption"], "blockquote": BIT["t_quote"],
    "q": BIT["t_quote"], "ul": BIT["t_list"], "ol": BIT["t_list"], "menu": BIT["t_list"],
    "table": BIT["t_table"], "form": BIT["t_form"], "h1": BIT["t_h1"], "h2": BIT["t_h2"],
    "h3": BIT["t_h3"], "h4": BIT["t_h3"], "h5": BIT["t_h3"], "h6": BIT["t_h3"],
    "p": BIT["t_p"], "div": BIT["t_div"], "td": BIT["t_cell"], "th": BIT["t_cell"],
    "li": BIT["t_item"], "dl": BIT["t_dl"], "dt": BIT["t_dl"], "dd": BIT["t_dl"],
    "address": BIT["meta"],
    "pre": BIT["t_pre"], "time": BIT["meta"], "section": BIT["t_section"],
}  # fmt: skip

_ROLES: Final[dict[str, int]] = {
    "navigation": BIT["t_nav"], "main": BIT["t_main"], "article": BIT["t_article"],
    "complementary": BIT["t_aside"], "banner": BIT["t_header"], "contentinfo": BIT["t_footer"],
    "search": BIT["t_form"], "dialog": BIT["wall"], "menu": BIT["t_nav"], "alert": BIT["wall"],
}  # fmt: skip

_ITEMPROPS: Final[dict[str, int]] = {
    "articlebody": BIT["p_body"], "reviewbody": BIT["p_body"], "text": BIT["p_body"],
    "headline": BIT["title"], "name": BIT["title"], "alternativeheadline": BIT["lead"],
    "description": BIT["lead"], "author": BIT["meta"], "datepublished": BIT["meta"],
    "datemodified": BIT["meta"], "caption": BIT["caption"], "comment": BIT["comment"],
    "keywords": BIT["tags"], "publisher": BIT["meta"], "breadcrumb": BIT["nav"],
}  # fmt: skip

# whole words, and stems by their first three letters, so that a new word costs a look-up a letter
_WHOLE: Final[dict[str, int]] = {}
_STEMS: Final[dict[str, list[tuple[str, int]]]] = {}
for _name, _stems in _CLASS_STEMS.items():
    for _stem in _stems:
        if _stem[0] == "=":
            _WHOLE[_stem[1:]] = _WHOLE.get(_stem[1:], 0) | BIT[_name]
        else:
            _STEMS.setdefault(_stem[:3], []).append((_stem, BIT[_name]))


def token_bits(token: str) -> int:
    """The bits of one word of a class name, in lower case."""
    bits = _WHOLE.get(token, 0)
    for k in range(len(token) - 2):
        for stem, bit in _STEMS.get(token[k : k + 3], ()):
            if token.startswith(stem, k):
                bits |= bit
    return bits


_OTHER: Final = frozenset({"itemprop", "role", "itemtype", "style", "hidden", "aria-hidden"})


def attribute_bits(attrs: dict[str, str | None]) -> int:
    """The bits of an element's attributes other than class and id."""
    bits = 0
    if attrs.keys().isdisjoint(_OTHER):
        return bits
    name = attrs.get("itemprop")
    if name:
        bits |= _ITEMPROPS.get(name.lower(), BIT["p_other"])
    name = attrs.get("role")
    if name:
        bits |= _ROLES.get(name.lower(), 0)
    if "rticle" in (attrs.get("itemtype") or ""):
        bits |= BIT["p_article"]
    style = attrs.get("style")
    if style and "none" in style and "display" in style:
        bits |= BIT["s_hidden"]
    if "hidden" in attrs or attrs.get("aria-hidden") == "true":
        bits |= BIT["s_hidden"]
    return bits


LINE_KINDS: Final = tuple(_LINES)
_BULLETS: Final = " >»›•·|:▶►→★☆■◆●\u3000"
_LINE_NUMBER: Final = {kind: n + 1 for n, kind in enumerate(LINE_KINDS)}


def _by_first_letter() -> dict[str, re.Pattern[str]]:
    """For each letter the patterns a line with it may match; "" holds those for all others.

    One expression of all the patterns is tried at every line and costs several times as much.
    """
    plain: dict[str, list[tuple[str, str]]] = {"": []}
    order = [(kind, pattern) for kind, patterns in _LINES.items() for pattern in patterns]
    for kind, pattern in order:
        first = pattern[0] if pattern[0].isalpha() or pattern[0] == "©" else ""
        plain.setdefault(first.casefold(), []).append((kind, pattern))
    general = plain[""]
    compiled = {}
    for first, some in plain.items():
        by_kind: dict[str, list[str]] = {}
        for kind, pattern in [pair for pair in order if pair in some or pair in general]:
            by_kind.setdefault(kind, []).append(pattern)
        compiled[first] = re.compile(
            "|".join(f"(?P<{kind}>{'|'.join(them)})" for kind, them in by_kind.items()),
            re.IGNORECASE,
        )
    return compiled


_LINE: Final = _by_first_letter()
_LINE_OF_OTHERS: Final = _LINE[""]


def line_kind(text: str) -> int:
    """The kind of boilerplate a line begins like (1 + index in `LINE_KINDS`), or 0."""
    if text[0] in _BULLETS:
        text = text.lstrip(_BULLETS) or text
    found = _LINE.get(text[0].lower(), _LINE_OF_OTHERS).match(text)
    return _LINE_NUMBER[found.lastgroup] if found and found.lastgroup else 0
