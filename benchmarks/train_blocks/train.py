"""Train the block model on the dev half of the evaluation corpus.

    python benchmarks/train_blocks/train.py --validate     # figures by cross-validation over hosts
    python benchmarks/train_blocks/train.py --write        # train on all of dev, write the model

Stage one sees the features of a block; stage two also what stage one thought of its neighbours and
containers. For stage two the probabilities of stage one come from models that did not see the host
(five folds). Headlines have no label: that they are no part of the body is a rule, not a guess.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from dataclasses import dataclass, field
from hashlib import md5
from pathlib import Path
from typing import Any, Final

import lightgbm
import numpy as np
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1] / "extraction"))
import run
from corpus import Record, corpus_folder, page_html, records
from export import stage
from labels import IGNORE, labels

from newscrawl.extract.block_features import BYTES, TITLE_LIKE, block_features
from newscrawl.extract.block_frame import Frame
from newscrawl.extract.block_text import Hints
from newscrawl.extract.blocks import make_blocks
from newscrawl.extract.body import HEADLINE, chosen_blocks, without_copies
from newscrawl.extract.body_hints import gather_hints
from newscrawl.extract.dom import Document
from newscrawl.extract.second_look import second_look
from newscrawl.extract.standfirst import read_description
from newscrawl.extract.structured import read_structured
from newscrawl.extract.titles import choose_title

FOLDS: Final = 5
ROUNDS: Final = (170, 100)
RATE: Final = (0.13, 0.13)
SEED: Final = 5
BAGS: Final = (1, 3)  # boosters of a stage, each on its own draw; their scores are averaged
# trees that judge every block; see `newscrawl.extract.model.Trees.predict`
EARLY: Final = 48  # trees of stage one that judge every block
SURE: Final = 2.5  # log-odds with which the first booster of stage two settles a block
FLOOR: Final = -4.0  # log-odds after those trees, below which a block is settled
SECOND_FLOOR: Final = 0.015  # probability after stage one, below which stage two is spared
THRESHOLD: Final = 0.47
PARAMETERS: Final[dict[str, Any]] = {
    "objective": "cross_entropy", "num_leaves": 31, "max_depth": 6, "min_data_in_leaf": 40,
    "min_sum_hessian_in_leaf": 0.3, "feature_fraction": 0.4, "bagging_fraction": 0.8,
    "bagging_freq": 1, "lambda_l2": 3.0, "max_bin": 63, "num_threads": 1, "verbose": -1, "seed": 3,
}  # fmt: skip
KEPT_FEATURES: Final = (130, 130)
KEPT_NEGATIVES: Final = 0.4  # share of the plainly negative blocks that is trained on


@dataclass(slots=True)
class Sample:
    """One page: features (blocks, features), labels, weights, and what scoring needs."""

    record: Record
    fold: int
    texts: list[str]
    frame: Frame
    features: NDArray[np.float32]
    labels: NDArray[np.float64]
    weights: NDArray[np.float64]
    headline: NDArray[np.bool_]
    modern: bool
    first: NDArray[np.float64] = field(default_factory=lambda: np.zeros(0))
    second: NDArray[np.float64] = field(default_factory=lambda: np.zeros(0))


def read_sample(record: Record, tokenize: Any) -> tuple[Sample, list[str]] | None:
    """The sample of a page, and the feature names; None for a page without text or truth."""
    if not (record.get("body") or record.get("with")):
        return None
    document = Document.parse(page_html(record), record.get("url") or "")
    blocks = make_blocks(document)
    if not len(blocks):
        return None
    frame = Frame(document, blocks)
    hints = page_hints(document)
    matrix, names = block_features(blocks, frame, hints)
    truth, sizes = labels(blocks.texts, record, tokenize)
    headline = matrix[names.index(TITLE_LIKE)] > HEADLINE
    truth[headline & (truth > 0.5)] = IGNORE
    host = (record.get("host") or record["id"]).removeprefix("www.")
    sample = Sample(
        record,
        int(md5(f"f{host}".encode(), usedforsecurity=False).hexdigest(), 16) % FOLDS,
        blocks.texts,
        frame,
        np.ascontiguousarray(matrix.T),
        truth,
        page_weights(truth, sizes, snippets=not record.get("body")),
        headline,
        hints.modern,
    )
    return sample, names


def page_hints(document: Document) -> Hints:
    """What the head and the data of a page say of its article, as `extract_page` gives them."""
    structured = read_structured(document)
    title = choose_title(document, structured, ())
    return gather_hints(
        document,
        title.text if title is not None else None,
        read_description(structured).value or None,
        structured.ld("articleBody") or None,
    )


def page_weights(
    truth: NDArray[np.float64], sizes: NDArray[np.float64], *, snippets: bool
) -> NDArray[np.float64]:
    """Weights of blocks: their share of the article, so that every page counts about alike."""
    article = max(float((sizes * np.maximum(truth, 0)).sum()), 60.0)
    share = (0.15 + np.minimum(sizes, 150) / 25) / max(article / 25, 8.0)
    weights = np.where(truth >= 0, 0.5 * share + 0.02, 0.0)
    return weights * (0.5 if snippets else 1.0)


def fit(
    x: NDArray[np.float32], y: NDArray[Any], w: NDArray[Any], number: int, rounds: int = 0
) -> list[Any]:
    """The boosters of stage ``number`` (0 or 1)."""
    boosters = []
    for bag in range(BAGS[number]):
        seed = SEED + 10 * number + bag
        drawn = np.random.default_rng(seed).random(len(y)) < KEPT_NEGATIVES
        plain = (y <= 0.02) & (w > 0)
        weights = np.where(plain, w / KEPT_NEGATIVES, w) * (~plain | drawn)
        keep = weights > 0
        data = lightgbm.Dataset(x[keep], y[keep], weight=weights[keep])
        parameters = PARAMETERS | {"learning_rate": RATE[number], "seed": seed}
        boosters.append(lightgbm.train(parameters, data, rounds or ROUNDS[number]))
    return boosters


def predict(boosters: list[Any], x: NDArray[np.float32]) -> NDArray[np.float64]:
    """Probabilities: the scores of all boosters averaged."""
    score = np.mean([b.predict(x, raw_score=True) for b in boosters], axis=0)
    return np.asarray(1 / (1 + np.exp(-score)))


def gathered(samples: list[Sample], number: int) -> tuple[Any, Any, Any]:
    """Features, labels and weights of many pages."""
    x = [stage_features(s, number) for s in samples]
    return (
        np.concatenate(x),
        np.concatenate([s.labels for s in samples]),
        np.concatenate([s.weights for s in samples]),
    )


# columns that are used: of the length of blocks, and of either stage (all, until they are chosen)
SIZE_COLUMN: Final = [0]
CHOSEN: Final[dict[int, NDArray[np.int64]]] = {}


def stage_features(sample: Sample, number: int) -> NDArray[np.float32]:
    """The features of a page for a stage, only the chosen ones once they are chosen."""
    x = sample.features if number == 0 else second_features(sample)
    return x[:, CHOSEN[number]] if number in CHOSEN else x


def second_features(sample: Sample) -> NDArray[np.float32]:
    """The features of stage two, from the out-of-fold probabilities of stage one."""
    more, _ = second_look(sample.frame, sample.first, sample.features[:, SIZE_COLUMN[0]])
    return np.concatenate([sample.features, more.T], axis=1)


def best_features(samples: list[Sample], number: int) -> NDArray[np.int64]:
    """The columns that a quick booster gains most from; the others are not computed at run time."""
    x, y, w = gathered(samples, number)
    gain = fit(x, y, w, number, rounds=80)[0].feature_importance("gain")
    return np.sort(np.argsort(-gain, kind="stable")[: KEPT_FEATURES[number]])


def out_of_fold(samples: list[Sample], number: int) -> None:
    """Fill ``first`` or ``second`` with probabilities of models that did not see the host."""
    for fold in range(FOLDS):
        boosters = fit(*gathered([s for s in samples if s.fold != fold], number), number)
        for s in samples:
            if s.fold == fold:
                if number == 0:
                    s.first = predict(boosters, stage_features(s, 0))
                else:
                    s.second = predict(boosters, stage_features(s, 1))
        print(f"stage {number + 1}, fold {fold + 1}: {time.process_time():.0f} s CPU", flush=True)


def report(samples: list[Sample], score: Any) -> None:
    """The scores of the out-of-fold probabilities, by set."""
    groups: dict[str, list[Any]] = {}
    for s in samples:
        keep = chosen_blocks(
            s.second, s.headline.astype(float), s.features[:, SIZE_COLUMN[0]], THRESHOLD,
            modern=s.modern,
        )  # fmt: skip
        keep = without_copies(s.texts, s.second, keep)
        body = "\n\n".join(t for t, k in zip(s.texts, keep, strict=True) if k)
        page = score.score_page(s.record, {"body": body}, rouge=False)
        for key in ("title_exact", "title_norm", "authors", "day", "inst", "time"):
            page.pop(key, None)
        for group in ("all", s.record["dataset"], *(["Asia-Pacific"] * bool(s.record.get("apac")))):
            groups.setdefault(group, []).append(page)
    print(score.table([(name, score.summarise(g, 0)) for name, g in groups.items()]))


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(description="Train the block model.")
    parser.add_argument("--validate", action="store_true", help="cross-validated figures")
    parser.add_argument("--write", action="store_true", help="write the model file")
    args = parser.parse_args()
    score = run.load_scorer(corpus_folder())
    samples: list[Sample] = []
    names: list[str] = []
    for record in records(corpus_folder()):
        found = read_sample(record, score.tokenize)
        if found:
            samples.append(found[0])
            names = found[1]
    SIZE_COLUMN[0] = names.index(BYTES)
    CHOSEN[0] = best_features(samples, 0)
    out_of_fold(samples, 0)
    CHOSEN[1] = best_features(samples, 1)
    if args.validate:
        out_of_fold(samples, 1)
        report(samples, score)
    if args.write:
        write_model(samples, names)


def write_model(samples: list[Sample], names: list[str]) -> None:
    """Train both stages on all pages and write the model file of the package."""
    import newscrawl.extract.model as model

    one = samples[0]
    _, more = second_look(one.frame, one.first, one.features[:, SIZE_COLUMN[0]])
    data = {"threshold": THRESHOLD, "floor": SECOND_FLOOR}
    for number, label, columns in ((0, "first", names), (1, "second", names + more)):
        boosters = fit(*gathered(samples, number), number)
        used = tuple(columns[k] for k in CHOSEN[number])
        data[label] = stage(boosters, used, EARLY, FLOOR, SURE)
    path = Path(model.__file__).with_name(model.MODEL_FILE)
    lines = json.dumps(data, separators=(",", ":")).replace('{"feature"', '\n{"feature"')
    path.write_text(lines + "\n", encoding="utf-8")
    print(f"{path}: {path.stat().st_size} bytes")


if __name__ == "__main__":
    main()
