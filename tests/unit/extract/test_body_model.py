"""The vectorised evaluation of trees against walking them one by one."""

import json
import math
from importlib.resources import files

import numpy as np
import pytest

from newscrawl.extract.block_features import block_features
from newscrawl.extract.block_frame import Frame
from newscrawl.extract.block_text import Hints
from newscrawl.extract.blocks import make_blocks
from newscrawl.extract.dom import Document
from newscrawl.extract.model import MODEL_FILE, block_model, read_trees
from newscrawl.extract.second_look import second_look

DATA = json.loads(files("newscrawl.extract").joinpath(MODEL_FILE).read_text(encoding="utf-8"))


def walk(tree, depth, values):
    at = 0
    for _ in range(depth):
        threshold = tree["threshold"][at]
        limit = math.inf if threshold is None else np.float32(threshold)
        at = 2 * at + 1 + int(values[tree["feature"][at]] > limit)
    return tree["leaf"][at - (2**depth - 1)]


@pytest.mark.parametrize("stage", ["first", "second"])
def test_trees_give_what_walking_them_gives(stage):
    data = DATA[stage] | {"early": 10_000, "sure": math.inf}
    trees = read_trees(data)
    rng = np.random.default_rng(1)
    matrix = (rng.normal(size=(len(data["names"]), 7)) * 50).astype(np.float32)
    found = trees.predict(matrix)
    for block in range(7):
        score = sum(walk(tree, data["depth"], matrix[:, block]) for tree in data["trees"])
        assert found[block] == pytest.approx(1 / (1 + math.exp(-score)), rel=1e-4)


def test_blocks_that_the_first_trees_settle_stay_settled():
    trees = read_trees(DATA["first"])
    whole = read_trees(DATA["first"] | {"early": 10_000})
    rng = np.random.default_rng(2)
    matrix = (rng.normal(size=(len(trees.names), 300)) * 50).astype(np.float32)
    settled, full = trees.predict(matrix), whole.predict(matrix)
    differ = ~np.isclose(settled, full)
    assert (settled[differ] < 0.02).all()


def test_blocks_that_the_first_booster_is_sure_of_are_judged_alike_by_all():
    trees = read_trees(DATA["second"])
    whole = read_trees(DATA["second"] | {"sure": math.inf})
    rng = np.random.default_rng(3)
    matrix = (rng.normal(size=(len(trees.names), 300)) * 50).astype(np.float32)
    settled, full = trees.predict(matrix), whole.predict(matrix)
    sure = ~np.isclose(settled, full)
    assert sure.any()
    assert (np.abs(settled - full) < 0.15).all()


def test_all_features_of_the_model_are_computed():
    document = Document.parse("<h1>A</h1><p>One two three.</p><article><p>Four.</p></article>", "")
    blocks = make_blocks(document)
    frame = Frame(document, blocks)
    model = block_model()
    matrix, names = block_features(blocks, frame, Hints(title="A"), model.wanted)
    more, more_names = second_look(frame, np.full(len(blocks), 0.4), matrix[0], model.wanted)
    assert {*model.first.names, *model.second.names} <= {*names, *more_names}
    assert np.isfinite(matrix).all()
    assert np.isfinite(more).all()


def test_features_do_not_depend_on_which_are_wanted():
    document = Document.parse("<h1>A b c</h1>" + "<p>One, two: three. <a href=x>4</a></p>" * 9, "")
    blocks = make_blocks(document)
    frame = Frame(document, blocks)
    every, names = block_features(blocks, frame, Hints())
    some, chosen = block_features(blocks, frame, Hints(), block_model().wanted)
    assert len(chosen) < len(names)
    np.testing.assert_array_equal(some, every[[names.index(name) for name in chosen]])
