"""Rows of features: which are kept, in which order, and what stands beyond the ends."""

import numpy as np
import pytest

from newscrawl.extract.block_columns import Columns, running, shift

VALUES = np.array([1.0, 2.0, 3.0])


def test_only_wanted_rows_are_kept_in_the_order_they_came():
    columns = Columns(3, frozenset({"2_a", "2_c+1", "2_d1", "2_d2"}), "2_")
    columns.add("a", 7)
    columns.add("b", VALUES)
    columns.add_shifted("c", VALUES, -1, 1)
    columns.add_all(("d0", "d1", "d2"), np.array([VALUES, VALUES * 2, VALUES * 3]))
    columns.add_all(("e0", "e1"), np.array([VALUES, VALUES]))
    assert columns.names == ["2_a", "2_c+1", "2_d1", "2_d2"]
    assert columns.matrix().tolist() == [[7, 7, 7], [2, 3, -1], [2, 4, 6], [3, 6, 9]]
    assert columns.matrix().dtype == np.float32


def test_where_none_is_named_all_rows_are_kept_however_many():
    columns = Columns(3, None)
    for k in range(100):
        columns.add(f"a{k}", k)
    columns.add_all(tuple(f"b{k}" for k in range(90)), np.ones((90, 3)))
    assert len(columns.names) == 190
    assert columns.matrix()[:, 0].tolist() == [*range(100), *[1] * 90]


@pytest.mark.parametrize(
    ("by", "expected"),
    [(1, [2, 3, -1]), (-1, [-1, 1, 2]), (2, [3, -1, -1]), (3, [-1] * 3), (-5, [-1] * 3)],
)
def test_what_is_beyond_the_ends_is_minus_one(by, expected):
    assert shift(VALUES, by).tolist() == expected


def test_what_is_beyond_the_ends_of_yes_and_no_is_yes():
    assert shift(np.array([False, False]), 1).tolist() == [False, True]


def test_running_sums_begin_with_nothing():
    assert running(VALUES).tolist() == [0, 1, 3, 6]
    assert running(np.array([VALUES, -VALUES])).tolist() == [[0, 1, 3, 6], [0, -1, -3, -6]]
