"""Extract the pages of the evaluation corpus and score them.

    python benchmarks/extraction/run.py                    # bodies of the dev half, by set
    python benchmarks/extraction/run.py --by lang --whole  # whole records, by language
    python benchmarks/extraction/run.py --sets aeb apac --worst 10

The scorer is the corpus's own (``score.py`` beside it).
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import sys
import time
from pathlib import Path
from types import ModuleType
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))
from corpus import Record, corpus_folder, page_html, records

from newscrawl.extract.body import extract_body
from newscrawl.extract.dom import Document


def load_scorer(folder: Path) -> ModuleType:
    """The module ``score.py`` that lies above the corpus."""
    spec = importlib.util.spec_from_file_location("score", folder.parent / "score.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def predict_body(record: Record) -> dict[str, Any]:
    """A prediction with the body only, from the decoded page."""
    document = Document.parse(page_html(record), record.get("url") or "")
    body = extract_body(document)
    return {"id": record["id"], "body": body.text, "source": body.source}


def predict_whole(record: Record) -> dict[str, Any]:
    """A prediction with the whole record, as the command ``extract`` gives it."""
    import newscrawl

    article = newscrawl.extract(page_html(record), record.get("url") or "")
    published = article.published_local or article.published_at
    return {
        "id": record["id"],
        "title": article.title,
        "authors": article.authors,
        "published": published.isoformat() if published else None,
        "body": article.body,
    }


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--part", default="dev")
    parser.add_argument("--sets", nargs="*")
    parser.add_argument("--by", default="dataset")
    parser.add_argument("--whole", action="store_true", help="title, authors and dates too")
    parser.add_argument("--out", type=Path, help="write the predictions here")
    parser.add_argument("--worst", type=int, default=0, help="list the pages with the least F1")
    args = parser.parse_args()
    folder = corpus_folder(args.part)
    score = load_scorer(folder)
    predict = predict_whole if args.whole else predict_body
    pages: list[dict[str, Any]] = []
    lines: list[str] = []
    started = time.process_time()
    for record in records(folder):
        if args.sets and record["dataset"] not in args.sets:
            continue
        prediction = predict(record)
        lines.append(json.dumps(prediction, ensure_ascii=False))
        page = score.score_page(record, prediction, rouge=False)
        pages.append(page | {"id": record["id"], "group": str(record.get(args.by)),
                             "apac": bool(record.get("apac"))})  # fmt: skip
    spent = time.process_time() - started
    groups: list[tuple[str, list[dict[str, Any]]]] = [
        ("all", pages), ("Asia-Pacific", [p for p in pages if p["apac"]])
    ]  # fmt: skip
    groups += [
        (g, [p for p in pages if p["group"] == g]) for g in sorted({p["group"] for p in pages})
    ]
    if not args.whole:
        for page in pages:
            for key in ("title_exact", "title_norm", "authors", "day", "inst", "time"):
                page.pop(key, None)
    print(score.table([(name, score.summarise(group, 0)) for name, group in groups if group]))
    each = 1000 * spent / max(len(pages), 1)
    print(f"\n{len(pages)} pages, {each:.2f} ms CPU a page with reading and scoring")
    if args.out:
        args.out.write_text("\n".join(lines) + "\n", encoding="utf-8")
    scored = [(score.f1(p["shingle"]), p["id"]) for p in pages if "shingle" in p]
    for value, name in sorted(scored)[: args.worst]:
        print(f"{value:.3f} {name}")


if __name__ == "__main__":
    main()
