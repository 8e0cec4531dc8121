"""Who may import whom (docs/architecture.md)."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "newscrawl"
RECORDS = {"items", "site", "schema", "text", "clock"}
CORES = {
    "discovery",
    "extract",
    "clean",
    "dedup",
    "dataset",
    "manners",
    "account",
    "archive",
    "report",
    "schedule",
    "engines",
}
FRAMEWORK = {"scrapy", "twisted", "itemadapter"}


def _imports(path: Path) -> list[str]:
    out: list[str] = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            out += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            out.append(node.module or "")
            if node.module == "newscrawl":
                out += [f"newscrawl.{alias.name}" for alias in node.names]
    return out


def _modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


@pytest.mark.parametrize("path", _modules(), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_imports_point_inwards(path: Path) -> None:
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    top = parts[0]
    for name in _imports(path):
        root, *rest = name.split(".")
        inner = rest[0] if root == "newscrawl" and rest else None
        if inner == "spiders":
            assert top == "spiders", "nothing imports spiders"
        if inner == "settings":
            assert top in {"settings", "cli"}, "nothing imports settings"
        if top in RECORDS:
            assert root not in FRAMEWORK
            assert inner is None or inner in RECORDS
        if top in CORES:
            assert root not in FRAMEWORK, f"{path}: a pure core imports {root}"
            if inner is not None:
                assert inner in RECORDS | CORES, f"{path}: a pure core imports newscrawl.{inner}"
                if inner in CORES and inner != top:
                    assert len(rest) == 1, f"{path}: imports the internals of {inner}"
        if top == "spiders":
            assert root in {"__future__", "newscrawl"} or root not in FRAMEWORK
            assert inner is None or inner in {"spider", "platforms", "site", "spiders"}
