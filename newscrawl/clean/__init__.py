"""Cleaning: what belongs to the page and not to the story is taken out, and can be put back."""

from newscrawl.clean.article import clean
from newscrawl.clean.bylines import Bylines, byline_of, clean_authors
from newscrawl.clean.captions import split_caption
from newscrawl.clean.learned import Furniture
from newscrawl.clean.plaintext import from_text
from newscrawl.clean.removals import restore
from newscrawl.clean.sources import KnownSource, known_source

__all__ = [
    "Bylines",
    "Furniture",
    "KnownSource",
    "byline_of",
    "clean",
    "clean_authors",
    "from_text",
    "known_source",
    "restore",
    "split_caption",
]
