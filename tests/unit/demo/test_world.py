from __future__ import annotations

import unicodedata

import pytest

from newscrawl.clean import clean
from newscrawl.demo import OPENED, POLLS, World, demo_sites, load_world
from newscrawl.demo.routes import story_path
from newscrawl.items import Article


@pytest.fixture(scope="module")
def world() -> World:
    return load_world(1)


def _scripts(text: str) -> set[str]:
    return {unicodedata.name(ch).split()[0] for ch in text if ch.isalpha()}


def test_six_scripts(world: World) -> None:
    found: set[str] = set()
    for paper in world.papers:
        texts = [paragraph for story in paper.stories for paragraph in story.paragraphs]
        counts = {script: sum(script in _scripts(t) for t in texts) for script in
                  ("LATIN", "KHMER", "THAI", "MYANMAR", "CJK", "BENGALI")}  # fmt: skip
        found.add(max(counts, key=lambda script: counts[script]))
    assert found == {"LATIN", "KHMER", "THAI", "MYANMAR", "CJK", "BENGALI"}


def test_every_way_of_finding_stories(world: World) -> None:
    styles = {paper.style for paper in world.papers}
    assert styles == {
        *("hub", "wordpress", "sections", "rss", "atom", "news_sitemap", "jsonfeed", "discovered"),
    }


def test_stories_are_stored_text_and_their_addresses_unique(world: World) -> None:
    for paper in world.papers:
        paths = [story_path(paper, story) for story in paper.stories]
        assert len(set(paths)) == len(paths)
        assert 6 <= len(paths) <= 10
        for story in paper.stories:
            assert len(story.paragraphs) >= 3 or story.closed
            assert unicodedata.is_normalized("NFC", "".join(story.paragraphs))
            assert OPENED < story.published <= story.modified
        times = [story.published for story in paper.stories]
        assert times == sorted(times, reverse=True)


def test_the_second_poll_changes_one_story_and_adds_three(world: World) -> None:
    later = load_world(2)
    new, changed = [], []
    for before, after in zip(world.papers, later.papers, strict=True):
        old = {story.slug: story for story in before.stories}
        assert old.keys() <= {story.slug for story in after.stories}
        for story in after.stories:
            if story.slug not in old:
                new.append((after.name, story.slug))
            elif old[story.slug] != story:
                changed.append((after.name, story.slug))
                assert story.modified > old[story.slug].modified
                assert story.published == old[story.slug].published
    assert len(new) == 3
    assert changed == [("menamdaily", "20241205-104")]
    assert load_world(POLLS + 5).papers == later.papers


def test_copies_share_their_text(world: World) -> None:
    hub, herald = world.paper("storyexchange"), world.paper("tonleherald")
    copies = [story for story in hub.stories if story.source == "The Tonle Herald"]
    assert len(copies) == 4
    originals = {story.paragraphs[0]: story for story in herald.stories}
    for copy in copies:
        original = originals[copy.paragraphs[0]]
        assert original.paragraphs[: len(copy.paragraphs)] == copy.paragraphs
        assert copy.published > original.published
    lantern = world.paper("straitlantern")
    shared = {s.paragraphs[0] for s in lantern.stories} & {s.paragraphs[0] for s in herald.stories}
    assert len(shared) == 2


def test_records_do_not_name_a_port(world: World) -> None:
    sites = demo_sites(world)
    assert [site.name for site in sites] == [paper.name for paper in world.papers]
    for site in sites:
        places = (site.home, *site.feeds, *site.news_sitemaps, *(x.url for x in site.listings))
        assert all(place.startswith(f"http://{site.domains[0]}/") for place in places)
    assert [site.name for site in sites if site.discover] == ["straitlantern"]


def test_a_poll_is_counted_from_one() -> None:
    with pytest.raises(ValueError, match="from 1"):
        load_world(0)


def test_cleaning_leaves_the_stories_whole(world: World) -> None:
    for paper in world.papers:
        for story in paper.stories:
            first, *rest = story.paragraphs
            printed = Article(body="\n\n".join([story.dateline + first, *rest]))
            assert clean(printed).body == "\n\n".join(story.paragraphs)
