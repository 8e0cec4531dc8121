"""Class names and ids as the words they are made of.

``ArticleTitle``, ``article__title`` and ``article-title`` are the same two words.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

_WORD: Final = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")


@lru_cache(maxsize=16_384)
def words_of(name: str) -> tuple[str, ...]:
    """The words of one class name or id in lower case: hyphens, digits and humps part them."""
    return tuple([word.lower() for word in _WORD.findall(name)])
