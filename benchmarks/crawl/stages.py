"""CPU milliseconds a page for each stage of the pipeline, on real pages, in one process.

    python benchmarks/crawl/stages.py FOLDER

FOLDER holds real pages as `tests/crawl/real_sites.py` describes. The stages are called as the
pipelines call them; fetching is what a bare Scrapy crawl of the same pages costs (`pipeline.py`).
"""

from __future__ import annotations

import argparse
import gzip
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from newscrawl.clean import clean
from newscrawl.clock import now
from newscrawl.dataset import Output
from newscrawl.dedup import Story, StoryIndex, article_id, canonical_url, content_hash, version_id
from newscrawl.extract import read_article
from newscrawl.items import Article, Page, Rejection

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tests" / "crawl"))

from real_sites import RealSites  # noqa: E402

GROUP = 50


class Stages:
    """CPU seconds by stage."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        began = time.process_time()
        yield
        self.seconds[name] = self.seconds.get(name, 0.0) + time.process_time() - began


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    sites = RealSites.load(parser.parse_args().folder)
    pages = [
        Page(
            url := f"http://{host}{path}", url, 200, (("content-type", "text/html"),),
            gzip.decompress(page.file.read_bytes()), now(),
        )
        for (host, path), page in sites.pages.items()
    ]  # fmt: skip
    read_article(pages[0], None)  # models and tables are loaded once
    stages = Stages()
    articles: list[Article] = []
    refused = 0
    with stages.stage("extract"):
        for page in pages:
            result = read_article(page, None)
            if isinstance(result, Rejection):
                refused += 1
            else:
                articles.append(result)
    assert len(articles) + refused == len(pages)
    assert len(articles) > 0.97 * len(pages), refused
    with stages.stage("clean"):
        articles = [clean(article) for article in articles]
    with stages.stage("identify"):
        for article in articles:
            article.site = article.site or article.host
            article.canonical_url = canonical_url(article.canonical_url or article.url)
            article.article_id = article_id(
                article.site, article.canonical_url, article.publisher_article_id
            )
            article.content_hash = content_hash(article.body)
            article.version_id = version_id(article.article_id, article.content_hash, article.title)
            article.run_id = article.spider = article.code_version = "benchmark"
            article.first_seen_at = article.fetched_at
    with tempfile.TemporaryDirectory() as tmp:
        output = Output(f"{tmp}/output").open()
        stories = StoryIndex(output.state.connection, Path(tmp) / "stories")
        stored = 0
        for start in range(0, len(articles), GROUP):
            group = articles[start : start + GROUP]
            with stages.stage("write: accept"), output.transaction() as tx:
                with stages.stage("dedup: match"):
                    found = stories.assign([_story(article) for article in group])
                for article, assignment in zip(group, found, strict=True):
                    article.cluster_id, article.is_primary = assignment.cluster_id, True
                    article.duplicate_kind = assignment.kind
                    stored += not isinstance(tx.add_article(article), Rejection)
        with stages.stage("write: flush"):
            output.flush(force=True)
        output.close()
    assert stored > 0.97 * len(articles), stored
    stages.seconds["write: accept"] -= stages.seconds["dedup: match"]
    total = sum(stages.seconds.values())
    print(f"{len(pages)} pages, {len(articles)} articles, {stored} stored")
    for name, seconds in stages.seconds.items():
        print(f"{name:16}{1000 * seconds / len(pages):8.2f} ms/page{seconds / total:8.0%}")
    print(f"{'all':16}{1000 * total / len(pages):8.2f} ms/page")


def _story(article: Article) -> Story:
    return Story(
        version_id=article.version_id, article_id=article.article_id, url=article.canonical_url,
        site=article.site, title=article.title, text=article.body, lang=article.language,
        published_at=article.published_at, content_hash=article.content_hash,
    )  # fmt: skip


if __name__ == "__main__":
    main()
