"""JSON-LD as publishers write it, and JSON that is nearly JSON."""

from __future__ import annotations

import json

import pytest

from newscrawl.extract.json_repair import read_json
from newscrawl.extract.jsonld import first_text, plain, read_jsonld, texts, types_of

WHOLE = '{"@type": "NewsArticle", "headline": "Ferry service resumes", "n": 1}'


@pytest.mark.parametrize(
    "text",
    [
        WHOLE[:-1] + ",}",
        WHOLE + ";",
        "\ufeff" + WHOLE,
        "<!-- " + WHOLE + " -->",
        "//<![CDATA[\n" + WHOLE + "\n//]]>",
        "/* <![CDATA[ */" + WHOLE + "/* ]]> */",
        WHOLE.replace('"', "&quot;"),
        WHOLE.replace(", ", ",\n// a note\n"),
        WHOLE[:-1],
        '{"@type": "NewsArticle" "headline": "Ferry service resumes", "n": 1}',
        "{'@type': 'NewsArticle', 'headline': 'Ferry service resumes', 'n': 1}",
        '{@type: "NewsArticle", headline: "Ferry service resumes", n: 1}',
    ],
)
def test_json_with_the_usual_faults_is_read(text: str) -> None:
    values, _ = read_json(text)
    assert [v.get("headline") for v in values] == ["Ferry service resumes"]


def test_quotes_and_line_breaks_inside_a_string_do_not_end_it() -> None:
    values, repaired = read_json('{"headline": "The "old" port\nreopens, says mayor", "x": "\\q"}')
    assert repaired
    assert values == [{"headline": 'The "old" port\nreopens, says mayor', "x": "\\q"}]


def test_several_objects_in_a_row_are_all_read() -> None:
    assert [v["n"] for v in read_json(WHOLE + WHOLE)[0]] == [1, 1]


@pytest.mark.parametrize(
    "text", ["", "   ", "text", "<html>", '"', "{", "[" * 5000, '{"a":' * 3000, "]" * 50, "\\",
             "9" * 9000]
)  # fmt: skip
def test_what_is_no_json_raises_nothing(text: str) -> None:
    values, _ = read_json(text)
    assert isinstance(values, list)


def test_infinity_and_nan_become_null() -> None:
    assert read_json('{"a": NaN, "b": -Infinity}')[0] == [{"a": None, "b": None}]


def test_a_graph_gives_its_nodes_and_references_are_resolved() -> None:
    graph = {
        "@graph": [
            {"@type": "WebPage", "name": "Page"},
            {"@type": ["NewsArticle", "Article"], "author": {"@id": "#a"}},
            {"@type": "Person", "@id": "#a", "name": "Mina Sok"},
        ]
    }
    found = read_jsonld([json.dumps(graph)])
    article = next(n for n in found.nodes if "newsarticle" in types_of(n))
    assert first_text(found.resolve(article["author"]), "name") == "Mina Sok"


def test_values_of_any_shape_give_texts() -> None:
    assert texts({"@value": "x", "@language": "th"}) == ["x"]
    assert texts([None, "a", ["b", {"name": {"name": "c"}}], 7, True]) == ["a", "b", "c", "7"]
    assert texts({"name": None}) == []


def test_markup_and_double_escapes_leave_a_value() -> None:
    assert plain("A &amp;amp; B <b>bold</b>\x00\n x") == "A & B bold x"


def test_bombs_are_cut() -> None:
    found = read_jsonld([json.dumps([{"@type": "Thing", "n": n} for n in range(20_000)])])
    assert len(found.nodes) <= 3_000
    many = read_jsonld([WHOLE] * 500)
    assert "jsonld_too_many" in many.problems
    assert "jsonld_too_large" in read_jsonld(["[" + "1," * 2_000_000 + "1]"]).problems
