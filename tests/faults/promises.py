"""What must hold after any fault and one clean run; each breach is a sentence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

import pyarrow.dataset as pads
from click.testing import CliRunner

from newscrawl.archive import BrokenRecord, WarcReader
from newscrawl.cli import main as newscrawl
from newscrawl.dataset import NoSuchSnapshot, open_dataset

_TERMS = ("stored", "new_versions", "unchanged", "refused")
_STATE_OF = {
    "stored": "stored",
    "new_versions": "new_version",
    "unchanged": "unchanged",
    "refused": "refused",
}


def breaches(output: Path, stored: Mapping[str, set[str]]) -> list[str]:
    """What is wrong with an output after a clean run; ``stored`` are the titles of each site."""
    try:
        open_dataset(output, table="runs")
    except NoSuchSnapshot as error:
        return [str(error)]
    found: list[str] = []
    for check in (
        _articles(output, stored),
        _accounts(output),
        _left_over(output),
        _archive(output),
        verified(output),
    ):
        try:
            found += check
        except Exception as error:  # noqa: BLE001 - what cannot even be read is a breach
            found.append(f"{type(error).__name__}: {error}"[:300])
    return found


def _articles(output: Path, stored: Mapping[str, set[str]]) -> Iterator[str]:
    rows = open_dataset(output).to_table(["site", "title", "version_id", "version"]).to_pylist()
    there = Counter((row["site"], row["title"]) for row in rows)
    wanted = {(site, title) for site, titles in stored.items() for title in titles}
    if lost := wanted - set(there):
        log = open_dataset(output, table="fetch_log").to_table(["run_id", "state", "reason"])
        ends = Counter(tuple(row.values()) for row in log.to_pylist())
        yield f"{len(lost)} articles are lost, e.g. {min(lost)}; pages ended so: {dict(ends)}"
    if strange := set(there) - wanted:
        yield f"{len(strange)} articles are unknown, e.g. {min(strange)}"
    if twice := [key for key, count in there.items() if count > 1]:
        yield f"{len(twice)} articles are there more than once, e.g. {min(twice)}"
    if later := [row["title"] for row in rows if row["version"] != 1]:
        yield f"{len(later)} articles have versions that nobody wrote, e.g. {min(later)}"
    globbed = pads.dataset(str(output / "articles" / "data")).count_rows()
    if globbed != len(rows):
        yield f"a glob counts {globbed} rows, the snapshot {len(rows)}"


def _accounts(output: Path) -> Iterator[str]:
    """Conservation: of every run that ended, and of every article that is there."""
    runs = open_dataset(output, table="runs").to_table().to_pylist()
    log = open_dataset(output, table="fetch_log").to_table(["run_id", "site", "state", "url"])
    logged: Counter[tuple[str, str, str]] = Counter()
    for row in log.to_pylist():
        logged[row["run_id"], row["site"], row["state"]] += 1
    for run in runs:
        key = (run["run_id"], run["site"])
        if run["found"] != sum(run[term] for term in _TERMS):
            yield f"run {key}: found {run['found']} is not the sum of " + ", ".join(
                f"{term} {run[term]}" for term in _TERMS
            )
        for term in _TERMS:
            rows = logged[(*key, _STATE_OF[term])]
            if rows != run[term]:
                yield f"run {key}: {run[term]} {term}, but {rows} rows in fetch_log"
    if twice := [
        key for key, n in Counter((r["run_id"], r["site"]) for r in runs).items() if n > 1
    ]:
        yield f"runs are there twice: {twice[:3]}"
    # an article and its row in the log are of one transaction, in killed runs, too
    written = Counter(
        (row["run_id"], row["site"])
        for row in open_dataset(output).to_table(["run_id", "site"]).to_pylist()
    )
    for key, count in written.items():
        accounted = logged[(*key, "stored")] + logged[(*key, "new_version")]
        if accounted != count:
            yield f"run {key}: {count} articles, {accounted} accounted for"


def _left_over(output: Path) -> Iterator[str]:
    for path in sorted(output.rglob("*")):
        if path.name.endswith((".tmp", ".open")):
            yield f"{path.relative_to(output)} was left behind"


def _archive(output: Path) -> Iterator[str]:
    """Every record readable, and every article's page where its row says."""
    places: set[tuple[str, int]] = set()
    for path in sorted((output / "archive").glob("*.warc.gz")):
        with WarcReader(path) as records:
            for record in records:
                if isinstance(record, BrokenRecord):
                    yield f"{path.name} at {record.place.offset}: {record.reason}"
                elif record.type == "response":
                    places.add((path.name, record.place.offset))
    rows = open_dataset(output).to_table(["warc_file", "warc_offset"]).to_pylist()
    missing = [r for r in rows if (r["warc_file"], r["warc_offset"]) not in places]
    if missing:
        yield f"{len(missing)} articles without their page in the archive, e.g. {missing[0]}"


def verified(output: Path) -> list[str]:
    """What `newscrawl dataset verify` says against an output."""
    done = CliRunner().invoke(newscrawl, ["dataset", "--output", str(output), "verify"])
    if done.exit_code == 0:
        return []
    return [f"dataset verify ends with {done.exit_code}: {done.output.strip()[-500:]}"]
