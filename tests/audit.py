"""Audits what newscrawl runs on: `make audit`, or ``python tests/audit.py``.

Offline: every requirement has a lower bound that is met; every package that is needed has a known
licence, and its files are those that its RECORD lists, with the hashes it lists, and no others;
nothing that no package owns runs at each start of Python. Online: known vulnerabilities, by
pip-audit (``pip install 'newscrawl[audit]'``), where its service can be reached; else it says that
they were not looked for. ``--lowest FOLDER`` installs the oldest versions that are allowed into an
environment of their own and imports all of newscrawl there.

Ends with 1 if something is wrong (with ``--online`` also if vulnerabilities could not be looked
for).
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import importlib.util
import json
import re
import subprocess
import sys
import tomllib
import venv
from collections.abc import Iterator, Mapping
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PROJECT = Path(__file__).resolve().parents[1]
# What may be used in a service and passed on; words as they stand in licence fields.
LICENCES = re.compile(
    r"\b(?:MIT|BSD|Apache|ISC|PSF|Python Software Foundation|Python-2\.0|MPL|Mozilla Public|ZPL|"
    r"Zope Public|LGPL|Lesser General Public|Unlicense|CC0|0BSD|HPND|Zlib|CNRI-Python)",
    re.IGNORECASE,
)
_GENERATED = re.compile(r"(?:^|/)__pycache__/|\.py[co]$|(?:^|/)dropin\.cache$")
_SECONDS = 120


def requirements(pyproject: Mapping[str, object], extra: str = "") -> list[Requirement]:
    """The direct requirements of a parsed pyproject.toml, or those of one extra."""
    project = pyproject["project"]
    assert isinstance(project, dict)
    listed = project["optional-dependencies"][extra] if extra else project["dependencies"]
    return [Requirement(line) for line in listed]


def lower_bound(requirement: Requirement) -> str | None:
    """The oldest version that is allowed; None if any is."""
    return next((x.version for x in requirement.specifier if x.operator in {">=", "=="}), None)


def closure(direct: list[Requirement]) -> dict[str, metadata.Distribution]:
    """The installed packages that the requirements lead to, by normalised name.

    Raises `importlib.metadata.PackageNotFoundError` for one that is missing.
    """
    found: dict[str, metadata.Distribution] = {}
    waiting = [(requirement, "") for requirement in direct]
    while waiting:
        requirement, extra = waiting.pop()
        if requirement.marker is not None and not requirement.marker.evaluate({"extra": extra}):
            continue
        name = canonicalize_name(requirement.name)
        new = name not in found
        found.setdefault(name, metadata.distribution(requirement.name))
        if new or requirement.extras:
            for line in found[name].requires or []:
                waiting += [(Requirement(line), x) for x in ("", *requirement.extras)]
    return found


def unmet(direct: list[Requirement]) -> Iterator[str]:
    """Requirements without a lower bound, and those that what is installed does not meet."""
    for requirement in direct:
        if lower_bound(requirement) is None:
            yield f"{requirement}: has no lower bound"
        installed = metadata.version(requirement.name)
        if not requirement.specifier.contains(installed, prereleases=True):
            yield f"{requirement}: {installed} is installed"


def licence(package: metadata.Distribution) -> str:
    """What a package says of its licence, on one line; empty if it says nothing."""
    fields = package.metadata
    expression = fields.get_all("License-Expression") or []
    classes = [x for x in fields.get_all("Classifier") or [] if x.startswith("License ::")]
    named = [*expression, *(x.rpartition(":: ")[2] for x in classes)]
    text = "; ".join(dict.fromkeys(named)) or "; ".join(fields.get_all("License") or [])
    return " ".join(text.split())[:120]


def wrong_files(package: metadata.Distribution) -> Iterator[str]:
    """Files that are not as the package's RECORD says: missing, changed, or not listed."""
    files = package.files
    name = package.metadata["Name"]
    if files is None:
        yield f"{name}: has no RECORD"
        return
    listed: set[Path] = set()
    folders: set[Path] = set()
    for file in files:
        path = Path(str(file.locate())).resolve()
        listed.add(path)
        if len(file.parts) > 1 and file.parts[0] not in {"..", "__pycache__"}:
            folders.add(Path(str(package.locate_file(file.parts[0]))).resolve())
        if _GENERATED.search(str(file)):
            continue
        if not path.exists():
            yield f"{name}: {file} is missing"
        elif file.hash is not None:
            data = hashlib.new(file.hash.mode, path.read_bytes()).digest()
            if base64.urlsafe_b64encode(data).rstrip(b"=").decode() != file.hash.value:
                yield f"{name}: {file} is not what was installed"
    for folder in sorted(folders):
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path not in listed and not _GENERATED.search(path.as_posix()):
                yield f"{name}: {path.relative_to(folder.parent)} is not in its RECORD"


def start_files(packages: list[metadata.Distribution]) -> Iterator[str]:
    """What runs code at every start of Python and belongs to no installed package."""
    folders = {Path(str(p.locate_file(""))).resolve() for p in packages}
    owned = {
        Path(str(f.locate())).resolve() for p in metadata.distributions() for f in p.files or []
    }
    for folder in sorted(folders):
        for path in [*folder.glob("*.pth"), *folder.glob("*customize.py")]:
            if path.resolve() not in owned:
                yield f"{path.name}: runs at every start and belongs to no package"


def vulnerabilities(packages: Mapping[str, metadata.Distribution]) -> tuple[bool | None, str]:
    """Whether there are known ones (None: could not be looked for), and what pip-audit said."""
    if importlib.util.find_spec("pip_audit") is None:
        return None, "pip-audit is not installed (pip install 'newscrawl[audit]')"
    pins = "".join(f"{name}=={p.version}\n" for name, p in sorted(packages.items()))
    command = [
        sys.executable, "-m", "pip_audit", "--requirement", "/dev/stdin", "--no-deps",
        "--disable-pip", "--format", "json", "--progress-spinner", "off", "--timeout", "15",
    ]  # fmt: skip
    try:
        done = subprocess.run(
            command, input=pins, capture_output=True, text=True, timeout=_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        return None, f"no answer from the vulnerability service in {_SECONDS} s"
    try:
        told = json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError, TypeError):
        lines = done.stderr.strip().splitlines() or ["it gave no reason"]
        return None, f"the vulnerability service cannot be used: {lines[-1][:300]}"
    known = [f"{x['name']} {x['version']} {v['id']}" for x in told for v in x.get("vulns", [])]
    passed_over = [x["name"] for x in told if "skip_reason" in x]
    if known:
        return True, ", ".join(known)
    if passed_over or len(told) < len(packages):  # it ends with 0 then, too
        names = ", ".join(passed_over[:5]) or "some packages"
        more = f" and {len(passed_over) - 5} more" if len(passed_over) > 5 else ""
        return None, f"the service knows nothing of {names}{more}"
    return False, f"none in {len(told)} packages"


def lowest(direct: list[Requirement], folder: Path) -> str | None:
    """Install the oldest allowed versions into ``folder``; what went wrong, None if nothing."""
    venv.create(folder, with_pip=True, clear=True)
    python = str(folder / "bin" / "python")
    pins = [f"{r.name}=={lower_bound(r)}" for r in direct]
    imports = (
        "import importlib, pkgutil, newscrawl\n"
        "for m in pkgutil.walk_packages(newscrawl.__path__, 'newscrawl.'):\n"
        "    if not m.name.startswith(('newscrawl.engines', 'newscrawl.__main__')):\n"
        "        importlib.import_module(m.name)\n"
    )
    for command in (
        [python, "-m", "pip", "install", "--quiet", *pins],
        [python, "-m", "pip", "install", "--quiet", "--no-deps", str(PROJECT)],
        [python, "-W", "ignore", "-c", imports],
        [python, "-m", "newscrawl", "sites", "list"],
    ):
        done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder)
        if done.returncode:
            return f"{' '.join(command[1:5])[:60]!r}: {done.stderr.strip()[-500:]!r}"
    return None


def main() -> int:
    """Print what was looked at and what is wrong."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--online", action="store_true", help="fail if pip-audit cannot ask")
    parser.add_argument("--lowest", type=Path, metavar="FOLDER", help="try the oldest versions")
    args = parser.parse_args()
    direct = requirements(tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8")))
    packages = closure(direct)
    wrong = list(unmet(direct))
    for name, package in sorted(packages.items()):
        said = licence(package)
        print(f"{name} {package.version}: {said or 'no licence named'}")
        if not LICENCES.search(said):
            wrong.append(f"{name}: licence {said!r} is not among those known")
        wrong += wrong_files(package)
    wrong += start_files(list(packages.values()))
    if args.lowest is not None and (fault := lowest(direct, args.lowest)) is not None:
        wrong.append(f"oldest allowed versions: {fault}")
    found, text = vulnerabilities(packages)
    print(f"\n{len(packages)} packages, {len(direct)} of them required directly")
    print("known vulnerabilities: " + ("NOT LOOKED FOR, " if found is None else "") + text)
    for line in wrong:
        print(f"WRONG {line}")
    return int(bool(wrong) or found is True or (args.online and found is None))


if __name__ == "__main__":
    raise SystemExit(main())
