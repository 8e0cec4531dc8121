"""Fit the models that choose headline and authors, cross-validated by host.

Usage: ``python -m benchmarks.train_metadata.train [titles|authors] [--write]`` from the repository;
the evaluation pages are looked for in ``../shared`` or ``$NEWSCRAWL_SHARED``. Prints the figures of
five folds of hosts (what to expect on new sites) and of the model fitted on all pages.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import statistics
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import lightgbm as lgb
import numpy as np

from newscrawl.extract.authors import PERSONAL, Name, choose_names, name_candidates
from newscrawl.extract.body import extract_body
from newscrawl.extract.bylines import read_bylines
from newscrawl.extract.dom import Document
from newscrawl.extract.fact_trees import FactTrees
from newscrawl.extract.source_credit import publisher_name
from newscrawl.extract.structured import read_structured
from newscrawl.extract.titles import choose_title, headline_element, title_candidates
from newscrawl.text import matching

ROOT = Path(__file__).parents[2]
SHARED = Path(os.environ.get("NEWSCRAWL_SHARED", ROOT.parent / "shared"))
DEV = SHARED / "eval" / "extraction" / "dev"
MODELS = ROOT / "newscrawl" / "extract" / "models"
FOLDS = 5
PARAMETERS = {
    "objective": "binary", "max_depth": 3, "num_leaves": 7, "learning_rate": 0.1,
    "min_data_in_leaf": 8, "lambda_l2": 3.0, "feature_fraction": 0.7, "bagging_fraction": 0.8,
    "bagging_freq": 1, "seed": 1, "verbose": -1, "num_threads": 1, "deterministic": True,
}  # fmt: skip
ROUNDS = 80
L2 = 1.0
# Every page of the evaluation has an author; most pages that have none would get one if names
# were taken at less than these log odds (tenths).
LEAST = -20


@dataclass(frozen=True, slots=True)
class Example:
    """One page: the facts of each candidate, which of them are right, and how many there are."""

    page: str
    fold: int
    facts: tuple[frozenset[str], ...]
    kinds: tuple[frozenset[str], ...]
    right: tuple[bool, ...]
    wanted: int


def pages(field: str) -> Iterator[tuple[dict[str, Any], Document]]:
    """The truths that have a field, with their parsed pages."""
    for path in sorted(DEV.glob("*/truth.jsonl")):
        for line in path.read_text("utf-8").split("\n"):
            if not line.strip():
                continue
            truth = json.loads(line)
            if truth.get(field):
                body = gzip.decompress((path.parent / truth["page"]).read_bytes())
                html = body.decode(truth.get("encoding") or "utf-8", "replace")
                yield truth, Document.parse(html, truth.get("url") or "")


def fold_of(truth: dict[str, Any]) -> int:
    return sha256((truth.get("host") or truth["id"]).encode()).digest()[1] % FOLDS


def title_examples() -> list[Example]:
    out = []
    for truth, document in pages("title"):
        found = title_candidates(document, read_structured(document))
        key = matching(truth["title"])
        out.append(
            Example(
                truth["id"],
                fold_of(truth),
                tuple(frozenset(c.facts) for c in found),
                (),
                tuple(c.key == key for c in found),
                1,
            )
        )
    return out


def author_examples() -> list[Example]:
    out = []
    for truth, document in pages("authors"):
        structured = read_structured(document)
        chosen = choose_title(document, structured)
        title = chosen.text if chosen else ""
        headline = headline_element(document, structured, title)
        body = extract_body(document, title=title or None).text
        found = name_candidates(
            read_bylines(document, structured, headline, body[-60:].rpartition("\n")[2]),
            structured,
            None,
            [publisher_name(structured)[0]],
            headline=headline,
            title=title,
        )
        keys = {matching(name) for name in truth["authors"]} - {""}
        out.append(
            Example(
                truth["id"],
                fold_of(truth),
                tuple(frozenset(c.facts) for c in found),
                tuple(frozenset(c.kinds) for c in found),
                tuple(c.key in keys for c in found),
                len(keys),
            )
        )
    return out


def matrix(examples: list[Example], names: list[str]) -> np.ndarray:
    column = {name: n for n, name in enumerate(names)}
    rows = [facts for example in examples for facts in example.facts]
    out = np.zeros((len(rows), len(names)), dtype=np.float32)
    for row, facts in enumerate(rows):
        for fact in facts:
            if fact in column:
                out[row, column[fact]] = 1.0
    return out


def fit_trees(examples: list[Example], names: list[str]) -> list[Any]:
    """Boosted trees on the candidates, each on its own."""
    right = [r for e in examples for r in e.right]
    data = lgb.Dataset(matrix(examples, names), label=np.array(right, dtype=float))
    booster = lgb.train(PARAMETERS, data, num_boost_round=ROUNDS)
    return [tree(t["tree_structure"], names) for t in booster.dump_model()["tree_info"]]


def fit_weights(examples: list[Example], names: list[str]) -> list[Any]:
    """A weight for each fact, so that the right candidate of a page is the likeliest (softmax)."""
    examples = [e for e in examples if any(e.right)]
    x = matrix(examples, names).astype(np.float64)
    group = np.concatenate([np.full(len(e.right), n) for n, e in enumerate(examples)])
    starts = np.r_[0, np.flatnonzero(np.diff(group)) + 1]
    y = np.concatenate([np.array(e.right) / sum(e.right) for e in examples])
    w, m, v = (np.zeros(len(names)) for _ in range(3))
    for step in range(1, 401):  # Adam
        score = x @ w
        p = np.exp(score - np.maximum.reduceat(score, starts)[group])
        p /= np.add.reduceat(p, starts)[group]
        gradient = x.T @ (p - y) + L2 * w
        m = 0.9 * m + 0.1 * gradient
        v = 0.999 * v + 0.001 * gradient**2
        w -= 0.03 * (m / (1 - 0.9**step)) / (np.sqrt(v / (1 - 0.999**step)) + 1e-8)
    return [[n, round(float(x), 2), 0.0] for n, x in zip(names, w, strict=True) if abs(x) > 0.02]


def scores(model: FactTrees, example: Example) -> np.ndarray:
    return np.array([model.score(facts) for facts in example.facts])


def top_is_right(example: Example, score: np.ndarray) -> float:
    return float(len(score) > 0 and example.right[int(score.argmax())])


def page_f1(example: Example, score: np.ndarray, threshold: float, below_best: float) -> float:
    names = [
        Name("", str(n), set(kinds), set(example.facts[n]), None, float(score[n]))
        for n, kinds in enumerate(example.kinds)
        if "is_site" not in example.facts[n] or not PERSONAL.isdisjoint(example.facts[n])
    ]
    taken = [int(name.key) for name in choose_names(names, threshold, below_best)]
    hits = sum(example.right[n] for n in taken)
    return 2 * hits / (len(taken) + example.wanted)


def tree(node: dict[str, Any], names: list[str]) -> Any:
    """A tree of LightGBM as nested lists: a fact that holds is above every threshold."""
    if "split_feature" not in node:
        return round(node["leaf_value"], 4)
    return [
        names[node["split_feature"]],
        tree(node["right_child"], names),
        tree(node["left_child"], names),
    ]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("what", choices=["titles", "authors"])
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()
    examples = title_examples() if arguments.what == "titles" else author_examples()
    count = Counter(fact for e in examples for facts in e.facts for fact in facts)
    names = sorted(name for name, n in count.items() if n >= 8)
    fit = fit_weights if arguments.what == "titles" else fit_trees
    held_out: dict[str, np.ndarray] = {}
    for fold in range(FOLDS):
        model = FactTrees(fit([e for e in examples if e.fold != fold], names))
        held_out |= {e.page: scores(model, e) for e in examples if e.fold == fold}
    trees = fit(examples, names)
    all_seen = {e.page: scores(FactTrees(trees), e) for e in examples}
    threshold, below_best = 0.0, 0.0
    print(f"{len(examples)} pages, {sum(count.values())} facts, {len(names)} names")
    print(f"right among the candidates: {statistics.fmean(any(e.right) for e in examples):.3f}")
    if arguments.what == "titles":
        for label, score in (("cross-validated", held_out), ("fitted on all", all_seen)):
            print(
                label, f"{statistics.fmean(top_is_right(e, score[e.page]) for e in examples):.4f}"
            )
    else:
        choices = [(t / 10, b / 10) for t in range(LEAST, 4, 2) for b in range(4, 40, 4)]
        threshold, below_best = max(
            choices,
            key=lambda c: statistics.fmean(page_f1(e, held_out[e.page], *c) for e in examples),
        )
        for label, score in (("cross-validated", held_out), ("fitted on all", all_seen)):
            f1 = statistics.fmean(
                page_f1(e, score[e.page], threshold, below_best) for e in examples
            )
            print(label, f"{f1:.4f} at {threshold}, {below_best}")
    if arguments.write:
        lines = ",\n".join(json.dumps(t, ensure_ascii=False) for t in trees)
        text = f'{{"threshold": {threshold}, "below_best": {below_best}, "trees": [\n{lines}\n]}}\n'
        (MODELS / f"{arguments.what}.json").write_text(text, "utf-8")
        print(f"written, {len(text)} bytes")


if __name__ == "__main__":
    main()
