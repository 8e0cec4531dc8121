"""Makes the small output of one schema version that the tests keep for ever.

    python tests/unit/dataset/make_version.py

Run once when SCHEMA_VERSION was raised; never again for that version.
"""

from __future__ import annotations

import shutil
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from newscrawl.dataset import Output
from newscrawl.items import Article, FetchRecord, Image, Provenance, Removal, RunRecord
from newscrawl.schema import SCHEMA_VERSION

AT = datetime(2026, 11, 24, 12, tzinfo=UTC)
BODY = "The lighthouse was lit again on Friday.\n\nប្រទីបត្រូវបានបំភ្លឺ\u200bឡើងវិញ។"


def main() -> None:
    target = Path(__file__).parent / "versions" / str(SCHEMA_VERSION)
    if target.exists():
        raise SystemExit(f"{target} exists and must not change")
    article = Article(
        article_id="0" * 31 + "1", version_id="0" * 31 + "2", url="https://paper.example/1",
        canonical_url="https://paper.example/1", site="paper", host="paper.example",
        title="Lighthouse lit again", authors=["Mya Mya"], tags=["sea"], body=BODY,
        body_chars=len(BODY), paragraphs=2, removed=[Removal("Share", "share", 0)],
        images=[Image("https://paper.example/1.jpg", "The lighthouse")], content_hash="0" * 32,
        cluster_id="0" * 31 + "2", published_at=AT, published_local=AT.replace(tzinfo=None),
        published_zone="UTC", first_seen_at=AT, fetched_at=AT, run_id="run", spider="paper",
        code_version="0", provenance=[Provenance("title", "jsonld")],
        schema_version=SCHEMA_VERSION,
    )  # fmt: skip
    fetch = FetchRecord(
        run_id="run", site="paper", url=article.url, state="stored", discovered_via="feed",
        found_at=AT, version_id=article.version_id,
    )  # fmt: skip
    run = RunRecord(
        run_id="run", site="paper", started_at=AT, finished_at=AT, verdict="ok", found=1, stored=1,
        config_hash="0" * 32, code_version="0",
    )  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        with Output(Path(folder) / "o", clock=lambda: AT) as output:
            with output.transaction() as tx:
                tx.add_article(article)
                tx.log_fetch(fetch)
                tx.add_run(run)
            output.flush(force=True)
        shutil.copytree(Path(folder) / "o", target, ignore=shutil.ignore_patterns("_state"))


if __name__ == "__main__":
    main()
