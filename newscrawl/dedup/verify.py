"""Comparing two texts: how much of the shorter stands in the other, and is it the same story?

A copy shares long runs of text. A template filled in anew (weather, markets, earthquakes) shares
much text too, but in short runs between figures that differ. Boilerplate of the site is evidence
of nothing. All lengths are in characters of the matching form; a Han, kana or hangul character
counts as 2.4, so that one set of thresholds serves every script.
"""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from newscrawl.dedup.boilerplate import Passage, boilerplate_mask, passages
from newscrawl.dedup.fingerprints import GRAM, GRAM_DENSE, MOST_CHARS, Hashes, gram_hashes
from newscrawl.dedup.forms import Codes, Mask, is_dense, is_digit

DENSITY = GRAM / GRAM_DENSE

# Shares of the shorter text, and runs of common text in characters.
SHARE = 0.42
SHARE_NEAR = 0.45  # within NEAR_DAYS and with the same figures a shorter run is enough
SHARE_SITE = 0.63  # two articles of one site share phrases, background and furniture
LEAD_SITE = 0.10  # of the shorter's first third: what only ends alike has a frame in common
SHARE_ARTICLE = 0.30  # two versions of one article
SHARE_SAME = 0.94  # all but identical
RUN = 180
RUN_NEAR = 80
RUN_DAY = 50  # within a day, with the same figures and few gaps with digits
SHARE_DAY = 0.85
SAME_FACTS = 0.15
NEAR_DAYS = 4.0
SAME_DAYS = 3.0
NEW_FIGURES = 0.35  # share of the shorter text's figures that the other lacks
TEMPLATE_GAPS = 4  # gaps with digits between common runs
TEMPLATE_FIGURES = 0.20
TEMPLATE_RUN = 400
QUOTED_OF_LONGER = 0.25  # a much longer text that holds so little of this one only quotes it,
QUOTED = 0.75  # unless it holds nearly all of it
SHARE_COLUMN = 0.90  # same site and title, another day: a column, bulletin or forecast
COLUMN_DAYS = 0.75
SURELY_LESS = 0.08  # of a quarter of the hashes: the share is below SHARE_ARTICLE
FRAME = 2000  # characters in common that are more than any site prints round its stories
STORY = 150  # characters in common beside the boilerplate that make the boilerplate count as well

_GROUPED = re.compile(r"(?<=\d)[.,\u00a0'\u202f](?=\d{3}(?!\d))")
_FIGURE = re.compile(r"\d+")


@dataclass(slots=True)
class Reading:
    """A text made ready for comparison; what costs time is computed once, when first needed."""

    text: str
    parts: list[Passage]
    codes: Codes
    dense: bool
    boilerplate: Mask | None
    _sorted: dict[int, tuple[Hashes, npt.NDArray[np.int64]]] = field(default_factory=dict)
    _sampled: Hashes | None = None
    _figures: frozenset[str] | None = None

    @property
    def size(self) -> float:
        """Characters, a dense one counting as 2.4."""
        return len(self.codes) * (DENSITY if self.dense else 1.0)

    def sorted_grams(self, size: int) -> tuple[Hashes, npt.NDArray[np.int64]]:
        """The hashes of runs of `size` characters, ascending, and where each run begins."""
        if size not in self._sorted:
            grams = gram_hashes(self.codes, size)
            order = np.argsort(grams)
            self._sorted[size] = (grams[order], order)
        return self._sorted[size]

    @property
    def sampled(self) -> Hashes:
        """About a quarter of the hashes, ascending: enough for a first estimate."""
        if self._sampled is None:
            grams, _ = self.sorted_grams(GRAM_DENSE if self.dense else GRAM)
            self._sampled = grams[(grams & np.uint64(3)) == 0]
        return self._sampled

    @property
    def figures(self) -> frozenset[str]:
        """The numbers of the text, without grouping of thousands."""
        if self._figures is None:
            self._figures = frozenset(_FIGURE.findall(_GROUPED.sub("", self.text)))
        return self._figures


def read(text: str, boilerplate: Container[int] = ()) -> Reading:
    """Make a text ready; `boilerplate` are the marks of the passages known for its site."""
    codes, parts = passages(text)
    mask = boilerplate_mask(parts, boilerplate) if boilerplate != () else None
    return Reading(text[: 2 * MOST_CHARS], parts, codes, is_dense(codes), mask)


@dataclass(frozen=True, slots=True)
class Overlap:
    """What two texts have in common; shares are of the shorter text unless the name says else."""

    share: float  # 0 to 1
    share_of_longer: float
    share_of_lead: float  # of the shorter text's first third
    longest_run: float  # characters
    digit_gaps: int  # gaps with digits between common runs
    new_figures: float  # share of the figures that the other text lacks
    shorter_is_first: bool
    length_ratio: float  # shorter to longer

    @property
    def score(self) -> float:
        """For ranking matches: the share, and a little for the share of the longer text."""
        return round(self.share + 0.3 * self.share_of_longer, 6)


NOTHING = Overlap(0.0, 0.0, 0.0, 0.0, 0, 0.0, True, 0.0)


def compare(first: Reading, second: Reading) -> Overlap:
    """What two texts have in common."""
    forward = len(first.codes) <= len(second.codes)
    shorter, longer = (first, second) if forward else (second, first)
    if not len(shorter.codes) or shorter.dense != longer.dense:
        return NOTHING
    scale = DENSITY if shorter.dense else 1.0
    size = GRAM_DENSE if shorter.dense else GRAM
    if _estimate(shorter.sampled, longer.sampled) < SURELY_LESS:
        return NOTHING
    common = _covered(shorter, longer, size)
    share = float(common.mean())
    if shorter.boilerplate is not None:
        story = ~shorter.boilerplate
        common_story = common & story
        if int(common_story.sum()) * scale < STORY and int(common.sum()) * scale < FRAME:
            common = common_story
            share = int(common_story.sum()) / max(1, int(story.sum()))
    if share < SHARE_ARTICLE:
        return NOTHING
    back = _covered(longer, shorter, size)
    run = max((end - begin for begin, end in _runs(common)), default=0) * scale
    # Where the run is so long that no template made it, its gaps need no look.
    short = run < TEMPLATE_RUN
    return Overlap(
        share=share,
        share_of_longer=float(back.mean()),
        share_of_lead=float(common[: max(1, len(common) // 3)].mean()),
        longest_run=run,
        digit_gaps=_digit_gaps(shorter, longer, size) if short else 0,
        new_figures=_new_figures(shorter, longer) if short else 0.0,
        shorter_is_first=forward,
        length_ratio=len(shorter.codes) / len(longer.codes),
    )


def _digit_gaps(shorter: Reading, longer: Reading, size: int) -> int:
    """The gaps with digits between runs of text in common, seen more finely than for the share."""
    common = _covered(shorter, longer, max(4, 10 * size // GRAM))
    digits = is_digit(shorter.codes)
    return sum(
        bool(digits[begin:end].any())
        for begin, end in _runs(~common)
        if begin > 0 and end < len(digits)
    )


def _new_figures(shorter: Reading, longer: Reading) -> float:
    figures = shorter.figures
    return len(figures - longer.figures) / max(1, len(figures))


def same_story(
    overlap: Overlap,
    *,
    same_article: bool,
    same_site: bool,
    same_title: bool = False,
    days: float | None,
) -> bool:
    """Whether two texts are copies of one story.

    `same_article`: they stood at one address; `days` lie between them (None if unknown).
    """
    share, run = overlap.share, overlap.longest_run
    if same_article and share >= SHARE_ARTICLE:
        return True
    if same_site and (share < SHARE_SITE or overlap.share_of_lead < LEAD_SITE):
        return False
    if share < QUOTED and overlap.share_of_longer < QUOTED_OF_LONGER:
        return False
    another_day = days is not None and days >= COLUMN_DAYS
    if same_site and same_title and another_day and share < SHARE_COLUMN:
        return False
    if (
        overlap.digit_gaps >= TEMPLATE_GAPS
        and overlap.new_figures >= TEMPLATE_FIGURES
        and run < TEMPLATE_RUN
    ):
        return False
    if share >= SHARE_SAME and (days is None or days <= SAME_DAYS):
        return True
    if share >= SHARE and run >= RUN:
        return True
    if (
        days is not None
        and days <= 1.0
        and overlap.new_figures <= SAME_FACTS
        and overlap.digit_gaps < TEMPLATE_GAPS - 1
        and (share >= SHARE_DAY or (share >= SHARE_SITE and run >= RUN_DAY))
    ):
        return True
    return (
        share >= SHARE_NEAR
        and run >= RUN_NEAR
        and (days is None or days <= NEAR_DAYS)
        and overlap.new_figures <= NEW_FIGURES
    )


def _estimate(some: Hashes, others: Hashes) -> float:
    """The share of `some` that is among `others` (both ascending); 1 for too few to tell."""
    if len(some) < 16 or not len(others):
        return 1.0
    where = np.searchsorted(others, some)
    where[where == len(others)] = 0
    return int(np.count_nonzero(others[where] == some)) / len(some)


def _covered(text: Reading, other: Reading, size: int) -> Mask:
    """Which characters of `text` stand in a run of `size` characters that `other` has as well."""
    grams, order = text.sorted_grams(size)
    known, _ = other.sorted_grams(size)
    out = np.zeros(len(text.codes) + 1, dtype=np.int32)
    if len(grams) and len(known):
        where = np.searchsorted(known, grams)
        where[where == len(known)] = 0
        found = order[known[where] == grams]
        out[found] += 1
        out[found + size] -= 1
    return np.cumsum(out[:-1]) > 0


def _runs(mask: Mask) -> list[tuple[int, int]]:
    """The (begin, end) of each run of true values."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], mask, [False])).astype(np.int8)))
    return list(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))
