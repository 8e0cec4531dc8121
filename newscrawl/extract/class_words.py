"""Class names and ids, read once: the bits of the lexicon and the roles that their words name.

``ArticleTitle``, ``article__title`` and ``article-title`` are the same two words: hyphens, digits
and humps part them. A page has some 170 names that were not met before, so reading one is kept
cheap, and what was read is remembered: whole attributes, single names and words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

from newscrawl.extract.lexicon import BIT, token_bits
from newscrawl.extract.roles import ROLE_WORDS

MAX_CHARS: Final = 300  # of an attribute; what is behind them is not looked at
_MEMO_SIZE: Final = 5_000
_SMALL_WORD: Final = re.compile(r"[a-z]+")
_WORD: Final = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
# beginnings and ends of words that are written in one or in two
_HEADS: Final = frozenset(word[:n] for word in ROLE_WORDS for n in range(1, len(word)))
_TAILS: Final = frozenset(word[n:] for word in ROLE_WORDS for n in range(1, len(word)))
_ARTICLE, _BODY, _BOTH = BIT["article"], BIT["body"], BIT["x_body"]

Mark = tuple[int, int]  # bits of the lexicon, bits of `Role`
NO_MARK: Final[Mark] = (0, 0)

_attributes: dict[str, Mark] = {}
_names: dict[str, Mark] = {}
_words: dict[str, tuple[int, int, bool, bool]] = {}


def marks_of(attributes: Iterable[Mapping[str, str | None]]) -> list[Mark]:
    """What the class and the id of each element say."""
    out: list[Mark] = []
    add, known = out.append, _attributes.get
    for some in attributes:
        if not some:
            add(NO_MARK)
            continue
        value = some.get("class")
        mark = (known(value) or attribute_words(value)) if value else NO_MARK
        value = some.get("id")
        if value:
            other = known(value) or attribute_words(value)
            if other != NO_MARK:
                mark = mark[0] | other[0], mark[1] | other[1]
        add(mark)
    return out


def attribute_words(value: str) -> Mark:
    """(bits of the lexicon, bits of `Role`) that a class attribute or an id names."""
    found = _attributes.get(value)
    if found is not None:
        return found
    bits = roles = 0
    for name in value[:MAX_CHARS].split():
        known = _names.get(name)
        if known is None:
            known = _of_name(name)
        bits |= known[0]
        roles |= known[1]
    if bits & _ARTICLE and bits & _BODY:
        bits |= _BOTH
    if len(_attributes) > _MEMO_SIZE:
        _attributes.clear()
    _attributes[value] = bits, roles
    return bits, roles


def class_bits(value: str) -> int:
    """The bits of the lexicon of a class attribute or id."""
    return attribute_words(value)[0]


def roles_of(value: str) -> int:
    """The roles (bits of `Role`) that a class attribute or id names."""
    return attribute_words(value)[1]


def _of_name(name: str) -> Mark:
    """Bits and roles of one class name: of its words, and for roles of two in a row."""
    bits = roles = 0
    before = ""
    for word in _SMALL_WORD.findall(name) if name.islower() else _WORD.findall(name):
        known = _words.get(word)
        if known is None:
            known = _of_word(word)
        more_bits, more_roles, head, tail = known
        bits |= more_bits
        roles |= more_roles
        if tail and before:
            roles |= ROLE_WORDS.get(before + word.lower(), 0)
        before = word.lower() if head else ""
    if len(_names) > _MEMO_SIZE:
        _names.clear()
    _names[name] = bits, roles
    return bits, roles


def _of_word(word: str) -> tuple[int, int, bool, bool]:
    """Bits and roles of a word, and whether it may be the first or second half of another."""
    low = word.lower()
    if len(_words) > _MEMO_SIZE:
        _words.clear()
    found = _words[word] = (
        token_bits(low) if len(low) > 1 else 0,
        ROLE_WORDS.get(low, 0),
        low in _HEADS,
        low in _TAILS,
    )
    return found
