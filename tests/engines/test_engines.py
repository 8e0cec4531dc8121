"""All engines give what one process gives, workers killed or not.

Ray and Spark are run where they are installed; `run.py` beside this installs them somewhere.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from deadly import task
from matrix import everything, sources

from newscrawl.engines import EngineMissing, Lost, Staging, open_executor

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("engines")]


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sources(tmp_path_factory.mktemp("engines") / "source", 24)


@pytest.fixture(scope="module")
def expected(source: Path) -> dict[str, Any]:
    return everything("local", source.parent / "one", source, processes=0)


def test_local_with_workers_killed(source: Path, expected: dict[str, Any], tmp_path: Path) -> None:
    assert everything("local", tmp_path / "run", source, kill=True) == expected


@pytest.mark.parametrize(("engine", "module"), [("ray", "ray"), ("spark", "pyspark")])
def test_the_others(
    engine: str, module: str, source: Path, expected: dict[str, Any], tmp_path: Path
) -> None:
    if find_spec(module) is None:
        with pytest.raises(EngineMissing, match=rf"newscrawl\[{engine}\]"):
            open_executor(engine, 1)
        pytest.skip(f"{module} is not installed: python tests/engines/run.py --engine {engine}")
    assert everything(engine, tmp_path / "run", source, kill=True) == expected


def test_results_come_in_order_and_may_be_left() -> None:
    with open_executor("local", 2) as executor:
        found = list(executor.run(divmod, 17, range(1, 9)))
        assert found == [divmod(17, n) for n in range(1, 9)]
        # closed early, and used again
        some = executor.run(divmod, 17, range(1, 9))
        assert next(some) == (17, 0)
        some.close()
        assert len(list(executor.run(divmod, 17, range(1, 40)))) == 39


def test_tasks_that_cannot_be_done_are_values(tmp_path: Path) -> None:
    with open_executor("local", 2) as executor:
        found = list(executor.run(task, str(tmp_path), range(8)))
    assert [f for f in found if not isinstance(f, Lost)] == [0, 1, 4, 9, 16, 49]
    assert found[5] == Lost("worker_died", "exit code 9")
    assert found[6] == Lost("error", "ValueError: no")


def test_staging_of_the_dead_is_swept(tmp_path: Path) -> None:
    (tmp_path / "dead").mkdir()
    (tmp_path / "dead" / ".held").touch()
    with Staging(tmp_path, "one") as one:
        assert [p.name for p in tmp_path.iterdir()] == ["one"]
        with Staging(tmp_path, "two"):
            assert one.folder.exists()
    assert list(tmp_path.iterdir()) == []
