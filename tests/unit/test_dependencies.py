"""What newscrawl runs on: lower bounds, licences, files as installed (`tests/audit.py`)."""

from __future__ import annotations

import ast
import importlib
import sys
import tomllib
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement

sys.path.insert(0, str(Path(__file__).parents[1]))

import audit

TESTS = Path(__file__).parents[1]
PYPROJECT = tomllib.loads((TESTS.parent / "pyproject.toml").read_text("utf-8"))
DIRECT = audit.requirements(PYPROJECT)
EXTRAS = [
    requirement
    for extra in PYPROJECT["project"]["optional-dependencies"]
    for requirement in audit.requirements(PYPROJECT, extra)
    if requirement.name != "newscrawl"
]


@pytest.mark.parametrize("requirement", [*DIRECT, *EXTRAS], ids=str)
def test_every_requirement_has_a_lower_bound_and_no_upper_one(requirement: Requirement) -> None:
    assert audit.lower_bound(requirement) is not None
    assert {x.operator for x in requirement.specifier} == {">="}


@pytest.mark.parametrize("requirement", DIRECT, ids=lambda x: x.name)
def test_what_is_required_is_installed_and_can_be_imported(requirement: Requirement) -> None:
    assert requirement.specifier.contains(metadata.version(requirement.name), prereleases=True)
    importlib.import_module(requirement.name.replace("-", "_"))


def test_only_what_is_required_is_imported() -> None:
    """Every package that the code names outside the extras' own modules is a requirement."""
    named = {r.name.replace("-", "_").lower() for r in [*DIRECT, *EXTRAS]}
    named |= {"newscrawl", "zope", "py4j"}  # the last two are parts of Twisted and of Spark
    for path in (TESTS.parent / "newscrawl").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                names = [x.name for x in node.names]
            else:
                names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            for name in (x.partition(".")[0] for x in names):
                known = name in sys.stdlib_module_names or name.lower() in named
                assert known, f"{path.name} imports {name}, which is not required"


def test_a_changed_file_and_one_too_many_are_seen(tmp_path: Path) -> None:
    """A package installed by hand, then tampered with."""
    info, code = tmp_path / "thing-1.dist-info", tmp_path / "thing"
    info.mkdir()
    code.mkdir()
    (code / "__init__.py").write_text("")
    (code / "lost.py").write_text("")
    (info / "METADATA").write_text("Name: thing\nVersion: 1\nClassifier: License :: OSI :: MIT\n")
    empty = "sha256=47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU"
    (info / "RECORD").write_text(
        f"thing/__init__.py,{empty},0\nthing/lost.py,{empty},0\nthing-1.dist-info/METADATA,,\n"
        "thing-1.dist-info/RECORD,,\n"
    )
    package = metadata.Distribution.at(info)
    assert audit.licence(package) == "MIT"
    assert list(audit.wrong_files(package)) == []
    (code / "__init__.py").write_text("import os")
    (code / "lost.py").unlink()
    (code / "more.py").write_text("")
    (tmp_path / "at-start.pth").write_text("import thing")
    assert list(audit.wrong_files(package)) == [
        "thing: thing/__init__.py is not what was installed",
        "thing: thing/lost.py is missing",
        "thing: thing/more.py is not in its RECORD",
    ]
    assert list(audit.start_files([package])) == [
        "at-start.pth: runs at every start and belongs to no package"
    ]


def test_bounds_that_are_missing_or_not_met_are_told() -> None:
    old = Requirement("click>=1000")
    assert len(list(audit.unmet([Requirement("click"), old, Requirement("click>=8")]))) == 2


def test_without_its_service_the_audit_says_what_was_not_looked_for(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """pip-audit stands in as a module that fails as it does without a network."""
    assert audit.vulnerabilities({}) == (
        None,
        "pip-audit is not installed (pip install 'newscrawl[audit]')",
    )
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    packages = audit.closure([Requirement("itemadapter")])
    good = '{"name": "itemadapter", "version": "1", "vulns": %s}'
    for answer, found, said in (
        ("", None, "connection refused"),
        ('{"name": "itemadapter", "skip_reason": "not found"}', None, "nothing of itemadapter"),
        (good % '[{"id": "CVE-1"}]', True, "itemadapter 1 CVE-1"),
        (good % "[]", False, "none in 1 packages"),
    ):
        told = f'{{"dependencies": [{answer}]}}' if answer else ""
        (tmp_path / "pip_audit.py").write_text(
            f"import sys; print({told!r}); print('connection refused', file=sys.stderr)"
        )
        verdict, text = audit.vulnerabilities(packages)
        assert (verdict, said in text) == (found, True), text
