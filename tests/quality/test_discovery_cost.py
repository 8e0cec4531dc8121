"""The sitemap reader costs little more than bare lxml iteration, in one run on one machine."""

from __future__ import annotations

import importlib.util
from pathlib import Path

BENCHMARK = Path(__file__).parents[2] / "benchmarks" / "discovery" / "sitemap_cpu.py"


def test_ratio_to_plain_lxml() -> None:
    spec = importlib.util.spec_from_file_location("sitemap_cpu", BENCHMARK)
    assert spec is not None
    assert spec.loader is not None
    benchmark = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(benchmark)
    ratios = benchmark.ratios()
    assert ratios["sitemap"][1] < 2.5, ratios
    assert ratios["news sitemap"][1] < 4.5, ratios
