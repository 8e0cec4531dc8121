"""What ``import newscrawl`` gives, and what it does not load."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

import newscrawl

HEAVY = ("pyarrow", "scrapy", "twisted", "numpy", "lxml", "duckdb", "polars", "pandas")


def _run(code: str) -> str:
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=120
    )
    assert result.returncode == 0, result.stderr
    return result.stdout


def test_importing_newscrawl_loads_nothing_heavy() -> None:
    code = f"import sys, newscrawl; print([m for m in {HEAVY!r} if m in sys.modules])"
    assert _run(code).strip() == "[]"


def test_extracting_loads_neither_arrow_nor_scrapy_and_stays_small() -> None:
    code = (
        "import sys, json, newscrawl, psutil\n"
        "html = '<h1>Bridge opens</h1><article>' + '<p>A line of a story, long enough.</p>' * 9\n"
        "for n in range(300):\n"
        "    newscrawl.extract(html, f'https://daily.example/news/{n}')\n"
        "size = psutil.Process().memory_info().rss / 1024**2\n"
        "loaded = [m for m in ('pyarrow', 'scrapy', 'twisted', 'lxml') if m in sys.modules]\n"
        "print(json.dumps([loaded, size]))"
    )
    loaded, size = json.loads(_run(code))
    assert loaded == []
    assert size < 80, f"{size:.0f} MiB"


def test_the_function_and_the_package_live_under_one_name() -> None:
    code = (
        "import newscrawl\n"
        "first = newscrawl.extract('<h1>Bridge opens</h1><p>Text', 'https://daily.example/x')\n"
        "from newscrawl.extract.titles import choose_title\n"
        "import newscrawl.extract.judge\n"
        "second = newscrawl.extract('<h1>Bridge opens</h1><p>Text', 'https://daily.example/x')\n"
        "assert callable(newscrawl.extract)\n"
        "print(first.title == second.title == 'Bridge opens')"
    )
    assert _run(code).strip() == "True"


def test_the_names_that_are_promised() -> None:
    for name in newscrawl.__all__:
        assert getattr(newscrawl, name) is not None
    with pytest.raises(AttributeError, match="nothing_of_this_name"):
        newscrawl.nothing_of_this_name  # noqa: B018


def test_opening_a_dataset_that_is_not_there_says_so(tmp_path) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(Exception, match=r".+"):
        newscrawl.open_dataset(str(tmp_path / "missing"))
