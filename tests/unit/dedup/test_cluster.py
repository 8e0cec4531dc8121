"""Comparing texts and grouping a batch of stories; every text here is invented."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

import pytest

from newscrawl.dedup import DuplicateKind, Story, cluster, compare, read, same_story

START = datetime(2026, 3, 1, tzinfo=UTC)

PORT = [
    "The river port of Anlung reopened on Monday, three days after the storm tore down its cranes.",
    "Dockers cleared mud from the quays through the night while engineers tested the power lines.",
    "The governor said the first barges with rice and cement would leave before the evening tide.",
    "Traders in the old market had run short of cooking oil, salt and batteries while it was shut.",
    "A second crane will be brought from the coast next week, the harbour master told reporters.",
    "Insurance firms expect claims to pass those of the flood that closed the port nine years ago.",
    "Schools near the harbour stay shut until the water supply has been declared safe again.",
]
OTHER = [
    "A mountain village opened its first library in a former tea house on Saturday morning.",
    "Teachers carried four thousand books up the footpath in baskets over the past two months.",
    "Children may borrow three volumes at a time and keep them for as long as the snow lasts.",
    "The roof was paid for by a weaver who never learned to read and wanted others to do so.",
    "Visitors are asked to bring lamps, since the power line ends in the valley far below.",
    "The council hopes to add a reading room for the herders who pass through in the spring.",
]
FURNITURE = (
    "Download our app and follow the channel for the fastest news of the province every day. "
    "Subscribe to the morning letter and never miss a story that matters to you and your family."
)
KHMER = [
    "កំពង់ផែទន្លេបានបើកឡើងវិញនៅថ្ងៃចន្ទបីថ្ងៃក្រោយពេលព្យុះបានបំផ្លាញគ្រឿងស្ទូចទាំងអស់របស់ខ្លួន",
    "កម្មករកំពង់ផែបានសម្អាតភក់ពេញមួយយប់ខណៈវិស្វករបានសាកល្បងខ្សែភ្លើងតាមបណ្តោយច្រាំងទន្លេ",
    "អភិបាលខេត្តបាននិយាយថាទូកដំបូងដែលដឹកអង្ករនិងស៊ីម៉ងត៍នឹងចេញដំណើរមុនទឹកជោរពេលល្ងាច",
    "ឈ្មួញនៅផ្សារចាស់បានខ្វះប្រេងឆាអំបិលនិងថ្មពិលក្នុងអំឡុងពេលបិទកំពង់ផែនេះ",
]
CHINESE = [
    "河港在暴风雨摧毁起重机三天后于周一重新开放，码头工人连夜清理了岸边的淤泥。",
    "省长表示，首批装载大米和水泥的驳船将在傍晚涨潮之前离港前往下游各县。",
    "老市场的商人说，关闭期间食用油、盐和电池都已经断货，居民只能到邻县购买。",
    "港务长对记者说，第二台起重机将于下周从沿海运来，保险公司预计索赔金额会超过九年前的洪水。",
]


def story(
    number: int, lines: list[str], *, site: str = "", title: str = "", **other: object
) -> Story:
    site = site or f"paper{number}"
    facts: dict[str, object] = {
        "article_id": f"{site}/{number}",
        "published_at": START + timedelta(hours=number),
        **other,
    }
    return Story(
        version_id=f"{number:032x}",
        url=f"https://{site}.example/{number}",
        site=site,
        title=title or f"Headline {number}",
        text="\n\n".join(lines),
        **facts,  # type: ignore[arg-type]
    )


def groups(stories: list[Story]) -> list[set[int]]:
    found: dict[str, set[int]] = {}
    for assignment in cluster(stories):
        found.setdefault(assignment.cluster_id, set()).add(int(assignment.version_id, 16))
    return sorted(found.values(), key=min)


def test_kinds_of_copies() -> None:
    stories = [
        story(0, PORT),
        story(1, PORT),
        story(2, ["ANLUNG (Agency) - " + PORT[0], *PORT[1:6]]),
        story(3, PORT[:3]),
        story(4, [*OTHER, *PORT]),
        story(5, OTHER),
        story(6, [*PORT, "Correction: the crane comes from the north."], article_id="paper0/0"),
        story(7, ["Nothing of this stands anywhere else, not one long run of its letters does."]),
    ]
    found = cluster(stories)
    kinds = {int(a.version_id, 16): a.kind for a in found}
    assert kinds[0] is None
    assert kinds[1] is DuplicateKind.EXACT
    assert kinds[2] is DuplicateKind.SYNDICATED
    assert kinds[3] is DuplicateKind.BRIEF
    assert kinds[6] is DuplicateKind.SAME_URL_VERSION
    assert kinds[7] is None
    assert {0, 1, 2, 3, 6} <= next(g for g in groups(stories) if 0 in g)
    by_id = {a.version_id: a for a in found}
    for assignment in found:
        assert (assignment.kind is None) == (assignment.duplicate_of is None)
        if assignment.duplicate_of is not None:
            other = by_id[assignment.duplicate_of]
            assert other.cluster_id == assignment.cluster_id
            assert assignment.overlap is not None
            assert 0 < assignment.overlap <= 1
    for members in groups(stories):
        leads = [a for a in found if int(a.version_id, 16) in members and a.is_primary]
        assert len(leads) == 1


def test_a_story_inside_a_longer_one_is_contained() -> None:
    stories = [story(0, PORT), story(1, [*PORT, *OTHER[:4]])]
    assert [a.kind for a in cluster(stories)] == [None, DuplicateKind.CONTAINED]


def test_a_story_that_quotes_two_others_does_not_join_them() -> None:
    own = [
        "Meanwhile the province counts its losses and looks for people who can be spared a while.",
        "A bank lends boats to those who lost theirs, on the word of two neighbours and no more.",
        "The ministry sent a single letter, which arrived after the roads had been opened again.",
    ]
    quoting = story(9, [PORT[0], *own, OTHER[0]])
    assert groups([story(0, PORT), story(1, OTHER), quoting]) == [{0}, {1}, {9}]


@pytest.mark.parametrize("lines", [KHMER, CHINESE])
def test_scripts_without_spaces(lines: list[str]) -> None:
    edited = [lines[0].replace("។", ""), *lines[2:]]
    assert groups([story(0, lines), story(1, edited), story(2, PORT)]) == [{0, 1}, {2}]


def test_a_template_with_other_figures_is_another_story() -> None:
    def quake(day: int, strength: str, depth: int, time: str, place: str) -> list[str]:
        return [
            f"An earthquake of magnitude {strength} shook the sea off {place} at {time} on March"
            f" {day}, the geophysical agency said in a bulletin. Its centre lay {depth} kilometres"
            f" deep and {depth * 3} kilometres from the coast. No tsunami warning was given. The"
            f" agency counted {depth + 4} aftershocks, the strongest of magnitude {strength[0]}.1."
        ]

    first = story(0, quake(1, "5.2", 10, "04:12", "Lombara"), site="quakes")
    second = story(30, quake(2, "4.7", 35, "19:48", "Tirang"), site="quakes")
    assert groups([first, second]) == [{0}, {30}]


def test_a_column_of_another_day_is_another_story() -> None:
    frame = [
        "Readers may send their letters to the desk until Friday of each week without a stamp."
    ] * 1
    one = story(0, [*frame, *PORT[:3]], site="daily", title="Letters of the day")
    other = story(40, [*frame, *PORT[:2], *OTHER[:2]], site="daily", title="Letters of the day")
    assert groups([one, other]) == [{0}, {40}]


def test_furniture_of_a_site_makes_no_copies() -> None:
    texts = [PORT[0], OTHER[0], PORT[4], OTHER[3]]
    stories = [
        story(i, [text, FURNITURE, FURNITURE[::-1]], site="daily") for i, text in enumerate(texts)
    ]
    assert groups(stories) == [{0}, {1}, {2}, {3}]


def test_order_of_the_input_does_not_matter() -> None:
    stories = [story(i, PORT[: 3 + i % 5], site=f"p{i % 4}") for i in range(12)]
    stories += [story(20 + i, OTHER[i % 3 :]) for i in range(8)] + [story(40, [*PORT, *OTHER])]
    expected = sorted(cluster(stories), key=lambda a: a.version_id)
    for seed in range(4):
        shuffled = list(stories)
        random.Random(seed).shuffle(shuffled)
        found = cluster(shuffled)
        assert [a.version_id for a in found] == [s.version_id for s in shuffled]
        assert sorted(found, key=lambda a: a.version_id) == expected


def test_many_copies_of_one_story_stay_together() -> None:
    rng = random.Random(3)
    copies = []
    for i in range(150):
        lines = PORT[: rng.randint(4, 7)]
        copies.append(story(i, [f"Desk {i} of the paper number {i * 7} reports.", *lines]))
    assert groups(copies) == [set(range(150))]


def test_short_and_empty_texts_prove_nothing() -> None:
    stories = [
        story(0, []),
        story(1, []),
        story(2, ["More to come."], title="Port"),
        story(3, ["More to come."], title="Library"),
        story(4, ["More to come."], title="Port"),
        story(5, ["\ud800\ud800 ... !!! \U0001f600 " * 9]),
        story(6, ["\ud800\ud800 ... !!! \U0001f600 " * 9]),
    ]
    assert groups(stories) == [{0}, {1}, {2, 4}, {3}, {5}, {6}]
    assert cluster([]) == []


def test_bad_input_costs_no_more_than_good() -> None:
    big = "".join(f"{i:x}q" for i in range(150_000))
    odd = [big, big[:-1], "a" * 2_000_000, "a" * 2_000_001, "\n" * 1_000_000, "字" * 100_000]
    assert len(cluster([story(i, [text]) for i, text in enumerate(odd)])) == len(odd)
    found = cluster([story(i, PORT, site="s") for i in range(3000)])
    assert len({a.cluster_id for a in found}) == 1


def test_overlap_counts_from_the_shorter() -> None:
    whole, part = read("\n".join(PORT)), read("\n".join(PORT[:2]))
    overlap = compare(whole, part)
    assert overlap.share > 0.95
    assert not overlap.shorter_is_first
    assert 0.2 < overlap.share_of_longer < 0.4
    assert overlap == compare(whole, part)
    assert compare(part, whole).share == overlap.share
    assert compare(read(""), part).share == 0
    assert compare(read("\n".join(CHINESE)), part).share == 0
    assert not same_story(
        compare(part, read("\n".join(OTHER))), same_article=True, same_site=True, days=0.0
    )


def test_primary_is_the_credited_paper_then_the_earliest_own_story() -> None:
    copies = [
        story(0, PORT, site="hub", role="partner", credit="post"),
        story(1, [*PORT[:6]], site="daily", role="partner", credit="post"),
        story(2, PORT[:5], site="post", role="own"),
    ]
    assert [a.is_primary for a in cluster(copies)] == [False, False, True]
    own = [story(0, PORT, role="agency"), story(1, PORT[:6]), story(2, PORT[:5], role="own")]
    assert [a.is_primary for a in cluster(own)] == [False, False, True]
