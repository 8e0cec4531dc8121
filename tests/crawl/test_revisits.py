"""Articles that no source names any more are looked at again, and a server's lies found out."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hostile.server import HostileServer
from jobs import run, summary
from papers import Paper, job, let_pass, state_of

from newscrawl.dataset import Output, open_dataset
from newscrawl.schedule import is_sampled

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("revisits")]

HOUR = timedelta(hours=1)
FEED = 'feeds = ["BASE/feed.xml"]\n'


def asked_for(server: HostileServer, path: str) -> list[str | None]:
    """The validators that requests for an article sent."""
    return [x.headers.get("if-none-match") for x in server.asked("paper", path)]


def test_articles_that_no_source_names_are_looked_at_again(tmp_path: Path) -> None:
    kept, edited, gone, named = (f"/news/{x}.html" for x in ("kept", "edited", "gone", "named"))
    # what is asked for is not the canonical form
    paper = Paper("paper", dict.fromkeys((kept, edited, gone, named), "First."))
    paper.feed = [f"{kept}?utm_source=feed", edited, gone, named]
    with HostileServer([paper.case()]) as server:
        command = job(server, "paper", tmp_path, FEED)
        assert summary(run(*command))["totals"]["stored"] == 4

        new = "/news/new.html"
        paper.feed = [named]
        paper.texts[edited] = "Second, corrected."
        del paper.texts[gone]
        assert summary(run(*command))["totals"]["found"] == 1, "before its time no look is made"
        let_pass(tmp_path, 1.1 * HOUR, paper)
        paper.texts[new] = "New."
        paper.feed.append(new)
        second = run(*command)
        assert second.returncode == 0, second.stderr[-2000:]
        (site,) = summary(second)["sites"]
        assert (site["found"], site["revisited"], site["gone"]) == (5, 3, 1)
        assert site["stored"] == 1
        paths = [x.path.partition("?")[0] for x in server.log]
        assert paths.index(new) < min(  # what is new comes first
            len(paths) - 1 - paths[::-1].index(x) for x in (kept, edited, gone)
        )
        assert (site["new_versions"], site["unchanged"], site["refused"]) == (1, 2, 1)
        assert site["refused_by_choice"] == 1
        # asked for as the feed named it
        (look,) = server.asked("paper", kept)[1:]
        assert look.path.endswith("?utm_source=feed")

        (gone_row,) = (
            row
            for row in open_dataset(tmp_path / "output", table="fetch_log").to_table().to_pylist()
            if row["reason"] == "gone"
        )
        assert (gone_row["state"], gone_row["status"]) == ("refused", 410)
        assert gone_row["discovered_via"] == "revisit"
        rows = open_dataset(tmp_path / "output").to_table(
            ["version", "canonical_url", "discovered_via", "published_at"]
        )
        (later,) = (row for row in rows.to_pylist() if row["version"] == 2)
        assert later["canonical_url"].endswith(edited)

        let_pass(tmp_path, 6 * HOUR, paper)
        paper.feed.remove(new)
        (site,) = summary(run(*command))["sites"]
        assert (site["revisited"], site["gone"]) == (4, 1)
        # gone twice: not asked for any more; nor is what a wrong clock planned left for ever
        state = state_of(tmp_path)
        far = int((datetime.now(UTC) + timedelta(days=365)).timestamp() * 1_000_000)
        state.execute("UPDATE urls SET next_due = ? WHERE url LIKE '%/kept.html'", (far,))
        state.close()
        let_pass(tmp_path, 18 * HOUR, paper)
        (site,) = summary(run(*command))["sites"]
        assert (site["revisited"], site["gone"]) == (3, 0)
        assert len(asked_for(server, gone)) == 3
        # the plan ends with the week, and so does what the state holds for it
        let_pass(tmp_path, timedelta(days=7), paper)
        assert summary(run(*command))["sites"][0]["revisited"] == 3
        state = state_of(tmp_path)
        (planned,) = state.execute(
            "SELECT count(*) FROM urls WHERE fetch_url IS NOT NULL"
            " OR (next_due IS NOT NULL AND outcome NOT LIKE 'refused:%')"
        ).fetchone()
        state.close()
        assert planned == 0
    with Output(tmp_path / "output") as output:
        assert output.verify().ok


def test_a_server_that_always_says_304_is_found_out(tmp_path: Path) -> None:
    """Its ETag changes with the text; only what it answers to the old one gives it away."""
    path = "/news/liar.html"
    paper = Paper("paper", {path: "First."}, [path], always_304=True)
    with HostileServer([paper.case()]) as server:
        command = job(server, "paper", tmp_path, FEED)
        assert summary(run(*command))["totals"]["stored"] == 1
        paper.feed = []

        def look(after: timedelta, *, sampled: bool) -> int:
            """New versions that a look finds which is made so long after the last."""
            let_pass(tmp_path, after, paper)
            state = state_of(tmp_path)
            url, at = state.execute("SELECT url, fetched_at FROM urls").fetchone()
            moments = (at - n * 1000 for n in range(1000))
            at = next(
                x for x in moments
                if is_sampled(url, datetime.fromtimestamp(0, UTC) + timedelta(microseconds=x))
                is sampled
            )  # fmt: skip
            state.execute("UPDATE urls SET fetched_at = ?, next_due = ?", (at, at))
            state.close()
            done = summary(run(*command, "--due"))
            assert done["totals"]["found"] == 1
            return int(done["totals"]["new_versions"])

        paper.texts[path] = "Second, hidden."
        assert look(1.1 * HOUR, sampled=False) == 0
        assert look(5 * HOUR, sampled=True) == 1
        # three looks, one of them without a validator, and then the test of the old one
        assert [bool(x) for x in asked_for(server, path)] == [False, True, False, True]
        paper.texts[path] = "Third, hidden in vain."
        assert look(18 * HOUR, sampled=False) == 1
        # no validator was sent, and the one that lied was put to the test again
        assert [bool(x) for x in asked_for(server, path)[4:]] == [False, True]
    with Output(tmp_path / "output") as output:
        learned = {x.what: (x.yes, x.no) for x in output.learned("paper")}
    assert learned["article_etag_hides"][0] > 10 * learned["article_etag_hides"][1]
