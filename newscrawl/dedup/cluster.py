"""Grouping a batch of stories on its own, whatever their order.

signatures -> candidate pairs -> comparison on text -> agglomeration. Each step is a function of
plain values, so that an engine can run it over its own partitions.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
import numpy.typing as npt

from newscrawl.dedup.boilerplate import passages, recurring
from newscrawl.dedup.fingerprints import Hashes, fingerprints
from newscrawl.dedup.identity import NO_TEXT, content_hash
from newscrawl.dedup.roles import primary
from newscrawl.dedup.stories import Assignment, DuplicateKind, Story, same_title
from newscrawl.dedup.verify import Overlap, Reading, compare, read, same_story

ALL_PAIRS = 64  # a print in up to so many stories makes all pairs of them candidates
WINDOW = 2  # in more, each is paired with so many of its neighbours in time
FIRST = 5  # and with so many of the first ones
LINKED = 0.5  # share of the pairs of two groups that must be one story for the groups to be joined
LINKS = 8  # links that one story needs at most towards a large group
SHORT_TEXT = 40  # characters up to which an equal text alone proves nothing
READINGS = 4096  # texts held ready at a time


Pairs = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Match:
    """Two stories (positions, first < second) that are one story."""

    first: int
    second: int
    overlap: Overlap


def cluster(stories: Sequence[Story]) -> list[Assignment]:
    """Assign each story of a batch to its cluster, in the order of the input.

    The result depends on the set of stories only, not on their order.
    """
    order = sorted(range(len(stories)), key=lambda i: _age(stories[i]))
    ordered = [stories[i] for i in order]
    heads = exact_heads(ordered)
    distinct = [i for i, head in enumerate(heads) if i == head]
    unique = [ordered[i] for i in distinct]
    prints = [mark.prints for mark in fingerprints([story.text for story in unique])]
    pairs = candidate_pairs(prints, [story.article_id for story in unique])
    found = assigned(ordered, heads, verified(unique, pairs))
    out: list[Assignment | None] = [None] * len(stories)
    for i, assignment in zip(order, found, strict=True):
        out[i] = assignment
    return [assignment for assignment in out if assignment is not None]


def assigned(
    stories: Sequence[Story], heads: Sequence[int], matches: Sequence[Match]
) -> list[Assignment]:
    """The assignments of stories in order of time, from exact heads and from matches.

    Matches count distinct texts only, in the order of their heads.
    """
    distinct = [i for i, head in enumerate(heads) if i == head]
    position = {i: n for n, i in enumerate(distinct)}
    groups = agglomerate(len(distinct), matches)
    group = [groups[position[head]] for head in heads]
    return assignments(stories, heads, position, group, matches)


def _age(story: Story) -> tuple[bool, float, str, str, str]:
    at = story.published_at
    return (at is None, at.timestamp() if at else 0.0, story.version_id, story.url, story.title)


def exact_key(story: Story, content: str) -> str:
    """What two stories must have in common to have the same text.

    That is the content hash; a very short text (a note that a story is to come) proves nothing by
    itself and needs the same title as well, and one without a letter the same article.
    """
    if content == NO_TEXT:
        return story.article_id
    if len(story.text) >= SHORT_TEXT:
        return content
    return f"{content} {story.title.strip() or story.article_id}"


def exact_heads(stories: Sequence[Story]) -> list[int]:
    """For each story the position of the first one with the same text, or its own."""
    first: dict[str, int] = {}
    return [
        first.setdefault(exact_key(story, story.content_hash or content_hash(story.text)), i)
        for i, story in enumerate(stories)
    ]


def candidate_pairs(prints: Sequence[Hashes], articles: Sequence[str]) -> Pairs:
    """The pairs (first < second) worth comparing: a print in common, or the same article.

    Returns an array of shape (n, 2), ascending. Positions are taken to be in order of time.
    """
    lengths = np.fromiter((len(p) for p in prints), dtype=np.int64, count=len(prints))
    blocks: list[Pairs] = [np.empty((0, 2), dtype=np.int64)]
    if lengths.sum():
        values = np.concatenate(list(prints))
        owner = np.repeat(np.arange(len(prints), dtype=np.int64), lengths)
        by_print = np.lexsort((owner, values))
        blocks += neighbours(values[by_print], owner[by_print])
    codes: dict[str, int] = {}
    names = np.fromiter(
        (codes.setdefault(a, len(codes)) for a in articles), np.int64, len(articles)
    )
    by_name = np.argsort(names, kind="stable")
    blocks += neighbours(names[by_name].astype(np.uint64), by_name)
    found = np.concatenate(blocks)
    one = np.unique(found[:, 0] * len(prints) + found[:, 1])
    return np.stack((one // max(1, len(prints)), one % max(1, len(prints))), axis=1)


def neighbours(values: Hashes, owner: npt.NDArray[np.int64]) -> list[Pairs]:
    """Pairs of owners of equal values; `values` ascending, owners ascending within a value."""
    if not len(values):
        return []
    starts = np.flatnonzero(np.concatenate(([True], values[1:] != values[:-1])))
    sizes = np.diff(np.append(starts, len(values)))
    size = np.repeat(sizes, sizes.tolist())
    out: list[Pairs] = []
    for step in range(1, ALL_PAIRS):
        reach = np.flatnonzero(
            (values[step:] == values[:-step]) & ((size[step:] <= ALL_PAIRS) | (step <= WINDOW))
        )
        if not len(reach):
            break
        out.append(np.stack((owner[reach], owner[reach + step]), axis=1))
    begin = np.repeat(starts, sizes.tolist())
    crowded = np.flatnonzero(size > ALL_PAIRS)
    for place in range(FIRST if len(crowded) else 0):
        later = crowded[crowded > begin[crowded] + place]
        out.append(np.stack((owner[begin[later] + place], owner[later]), axis=1))
    return out


def verified(stories: Sequence[Story], pairs: Pairs) -> list[Match]:
    """The candidate pairs that are one story."""
    involved = (stories[i] for i in np.unique(pairs).tolist())
    known = recurring((story.site, story.article_id, passages(story.text)[1]) for story in involved)
    return matched(stories, pairs, known)


def matched(
    stories: Mapping[int, Story] | Sequence[Story],
    pairs: Pairs,
    known: Mapping[str, Container[int]],
) -> list[Match]:
    """The pairs that are one story, `known` being the boilerplate of each site."""
    reading = _remembered(lambda i: read(stories[i].text, known.get(stories[i].site, ())))
    out = []
    for first, second in pairs.tolist():
        overlap = compare(reading(first), reading(second))
        if are_one(stories[first], stories[second], overlap):
            out.append(Match(first, second, overlap))
    return out


def are_one(one: Story, other: Story, overlap: Overlap) -> bool:
    """Whether two stories with this overlap are one."""
    return overlap.share > 0 and same_story(
        overlap,
        same_article=one.article_id == other.article_id,
        same_site=one.site == other.site,
        same_title=same_title(one.title, other.title),
        days=days_between(one.published_at, other.published_at),
    )


def days_between(one: datetime | None, other: datetime | None) -> float | None:
    """The days between two moments; None if one is unknown."""
    return abs((one - other).total_seconds()) / 86400 if one and other else None


def _remembered(make: Callable[[int], Reading]) -> Callable[[int], Reading]:
    """`make` with its latest results kept, so that memory stays bounded."""
    kept: dict[int, Reading] = {}

    def get(i: int) -> Reading:
        found = kept.pop(i, None)
        if found is None:
            found = make(i)
            if len(kept) >= READINGS:
                del kept[next(iter(kept))]
        kept[i] = found
        return found

    return get


def agglomerate(count: int, matches: Iterable[Match]) -> list[int]:
    """The group of each of `count` stories, named by its first member.

    Best matches first; two groups are joined if at least half of the pairs between them match, so
    that one story that quotes two others does not make one of them.
    """
    ranked = sorted(matches, key=lambda m: (-m.overlap.score, m.first, m.second))
    links: dict[int, dict[int, int]] = {}
    for match in ranked:
        for a, b in ((match.first, match.second), (match.second, match.first)):
            links.setdefault(a, {})
            links[a][b] = links[a].get(b, 0) + 1
    parent = list(range(count))
    size = [1] * count

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for match in ranked:
        a, b = root(match.first), root(match.second)
        if a == b:
            continue
        possible = min(size[a] * size[b], LINKS * min(size[a], size[b]))
        if links[a].get(b, 0) < LINKED * possible:
            continue
        if len(links[a]) < len(links[b]):
            a, b = b, a
        parent[b] = a
        size[a] += size[b]
        links[a].pop(b, None)
        for other, n in links.pop(b).items():
            if other != a:
                links[a][other] = links[a].get(other, 0) + n
                towards = links[other]
                towards[a] = towards.get(a, 0) + towards.pop(b, 0)
    first: dict[int, int] = {}
    return [first.setdefault(root(i), i) for i in range(count)]


def assignments(
    stories: Sequence[Story],
    heads: Sequence[int],
    position: dict[int, int],
    group: Sequence[int],
    matches: Sequence[Match],
) -> list[Assignment]:
    """Write up the clusters: primary, kind, best match and overlap of each story.

    `position` gives the place of a head among the distinct texts, which `group` and `matches`
    count in.
    """
    members: dict[int, list[int]] = {}
    for i, name in enumerate(group):
        members.setdefault(name, []).append(i)
    chief = {name: primary([(i, stories[i]) for i in own]) for name, own in members.items()}
    distinct = {n: i for i, n in position.items()}
    best: dict[int, tuple[float, int, Overlap, bool]] = {}
    for match in matches:
        first, second = distinct[match.first], distinct[match.second]
        if group[first] != group[second]:
            continue
        # The earlier is what the later was taken from; ties go to the earlier match.
        entry = (match.overlap.score, -first, match.overlap, not match.overlap.shorter_is_first)
        if second not in best or entry[:2] > best[second][:2]:
            best[second] = entry
    out = []
    for i, story in enumerate(stories):
        name = group[i]
        cluster_id = stories[members[name][0]].version_id
        head, main = heads[i], i == chief[name]
        if head != i:
            other = stories[head]
            kind = (
                DuplicateKind.SAME_URL_VERSION
                if other.article_id == story.article_id
                else DuplicateKind.EXACT
            )
            out.append(Assignment(story.version_id, cluster_id, main, kind, other.version_id, 1.0))
        elif i in best:
            _, earlier, overlap, is_shorter = best[i]
            other = stories[-earlier]
            kind = kind_of(overlap, is_shorter, same_article=other.article_id == story.article_id)
            share = round(overlap.share, 4)
            out.append(
                Assignment(story.version_id, cluster_id, main, kind, other.version_id, share)
            )
        else:
            out.append(Assignment(story.version_id, cluster_id, main))
    return out


def kind_of(overlap: Overlap, is_shorter: bool, *, same_article: bool) -> DuplicateKind:
    """How a copy (the shorter of the two or not) relates to the text it matched."""
    if same_article:
        return DuplicateKind.SAME_URL_VERSION
    if overlap.length_ratio < 0.7 and overlap.share >= 0.7:
        return DuplicateKind.BRIEF if is_shorter else DuplicateKind.CONTAINED
    return DuplicateKind.SYNDICATED
