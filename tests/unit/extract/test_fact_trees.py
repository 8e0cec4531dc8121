"""Scores of candidates by their facts."""

from __future__ import annotations

import pytest

from newscrawl.extract.fact_trees import FactTrees, fact_trees


def test_a_score_is_the_sum_over_the_trees() -> None:
    model = FactTrees([["a", 2.0, 0.0], ["a", ["b", 1.0, -1.0], 0.25], 0.5])
    assert model.score({"a", "b"}) == pytest.approx(3.5)
    assert model.score({"a"}) == pytest.approx(1.5)
    assert model.score(set()) == pytest.approx(0.75)


@pytest.mark.parametrize("name", ["titles", "authors"])
def test_the_models_that_ship_can_be_read(name: str) -> None:
    model = fact_trees(name)
    assert isinstance(model.score({"is_h1", "in_jsonld_person"}), float)
