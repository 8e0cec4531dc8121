"""The page of arithmetic says what its simulation says."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

BENCHMARK = Path(__file__).parents[2] / "benchmarks" / "scale" / "simulate.py"


def test_the_page_is_what_the_simulation_says() -> None:
    spec = importlib.util.spec_from_file_location("scale_simulate", BENCHMARK)
    assert spec is not None
    assert spec.loader is not None
    simulate = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = simulate
    spec.loader.exec_module(simulate)
    page = simulate.PAGE.read_text(encoding="utf-8")
    assert simulate.filled(page) == page, "python benchmarks/scale/simulate.py --write"
    # another draw of sites tells the same story
    first, other = dict(simulate.simulation()), dict(simulate.simulation(seed=2))
    for what in ("requests a day", "share of the largest tenth"):
        one, two = (float(x[what].split()[0]) for x in (first, other))
        assert abs(one - two) < 0.1 * one, what
    assert (
        simulate.backfill_days(
            [simulate.Paper(f"p{n}", 86_400.0, 1.0, "") for n in range(100)], 50.0
        )
        == 2.0
    ), "a hundred sites of a day each at half their speed"
