"""The story index made again says what the old one said."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from newscrawl.dataset import Output, rebuild_stories
from newscrawl.dataset.stories import stored_stories
from newscrawl.dedup import StoryIndex
from newscrawl.items import Article, ClusterRecord

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


def test_stories_come_in_order_of_time_with_their_last_cluster(
    output: Output, article: Callable[..., Article], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("newscrawl.dataset.external_sort.RUN_BYTES", 1)
    times = [5, 1, 4, 9, 2, 8, 3, 3, 7, 6]
    articles = [article(n, fetched_at=NOW + timedelta(days=t)) for n, t in enumerate(times)]
    with output.transaction() as tx:
        for item in articles:
            tx.add_article(item)
        for turn, cluster in enumerate(("early", "late")):
            at = NOW + timedelta(hours=turn)
            record = ClusterRecord(
                version_id=articles[3].version_id, cluster_id=cluster, is_primary=True,
                assigned_at=at, job_id="j",
            )  # fmt: skip
            assert tx.add_clusters([record]) == []
    output.flush(force=True)
    stories = list(stored_stories(output.uri, tmp_path))
    by_time = sorted(articles, key=lambda a: (str(a.fetched_at), a.version_id))
    assert [story.version_id for story, _ in stories] == [a.version_id for a in by_time]
    clusters = {story.version_id: cluster for story, cluster in stories}
    assert clusters[articles[3].version_id] == "late"
    assert clusters[articles[0].version_id] == articles[0].cluster_id


def test_an_index_made_again_knows_the_same_stories(
    tmp_path: Path, article: Callable[..., Article]
) -> None:
    with Output(tmp_path / "o") as output:
        with output.transaction() as tx:
            for number in range(5):
                tx.add_article(article(number))
        output.flush(force=True)
    for file in (tmp_path / "o" / "_state").glob("newscrawl.sqlite*"):
        file.unlink()
    with Output(tmp_path / "o") as output:
        assert output.rebuilt
        index = StoryIndex(output.state.connection, output.state_dir / "stories")
        assert rebuild_stories(output, index) == 5
        assert index.size().stories == 5
        assert not output.rebuilt
        assert output.verify(indexed=5).ok
        assert not output.verify(indexed=4).ok
