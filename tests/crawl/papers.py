"""A paper on loopback whose pages and sources a test changes between runs."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from hostile.server import FILLER, Case, Conversation, HostileServer, article, marked

Etag = Callable[[str], str]


@dataclass(slots=True)
class Paper:
    """Articles by path, each with its text and an honest ETag; ``feed`` names some of them."""

    name: str
    texts: dict[str, str] = field(default_factory=dict)
    feed: list[str] = field(default_factory=list)
    published: datetime = field(default_factory=lambda: datetime.now(UTC))
    always_304: bool = False  # whatever is sent

    def case(self, **pages: Any) -> Case:
        """The paper as a site of a server; pages given here come first."""
        return Case(self.name, (), {"/feed.xml": self._feed, **pages, "/news/*": self._article})

    def _article(self, talk: Conversation) -> None:
        path = talk.path.partition("?")[0]
        text = self.texts.get(path)
        if text is None:
            talk.send("<html><body>Gone</body></html>", status=410)
            return
        etag = f'"{abs(hash(text))}"'
        sent = talk.asked.headers.get("if-none-match")
        if sent == etag or (sent and self.always_304):
            talk.send("", status=304, headers=[("ETag", sent)])
            return
        key = "".join(c for c in path if c.isalnum())
        page = article(
            key, title=f"Report {key} from the district office", date=self.published.isoformat(),
            paragraphs=marked(key, f"{key} {text} {FILLER}"),
        )  # fmt: skip
        talk.send(page, headers=[("ETag", etag)])

    def _feed(self, talk: Conversation) -> None:
        host = talk.asked.headers["host"]
        items = "".join(f"<item><link>http://{host}{path}</link></item>" for path in self.feed)
        talk.send(
            f'<rss version="2.0"><channel><title>x</title>{items}</channel></rss>',
            type_="application/rss+xml",
        )


def job(server: HostileServer, name: str, folder: Path, record: str) -> list[str]:
    """A job on a site of the server; ``record`` is what its TOML record says besides."""
    base = f"http://{name}.torture.test:{server.port}"
    toml = folder / "sites.toml"
    toml.write_text(
        f'[[site]]\nname = "{name}"\ntitle = "Paper"\ncountry = "ZZ"\nlanguages = ["en"]\n'
        f'timezone = "UTC"\ndomains = ["{name}.torture.test"]\nhome = "{base}/"\n'
        + record.replace("BASE", base),
        encoding="utf-8",
    )
    return [
        "crawl", name, "--sites", str(toml), "--json", "--workers", "0",
        "--output", str(folder / "output"), "--allow-address", f"127.0.0.1:{server.port}",
        "--set", "DOWNLOAD_DELAY=0.01",
        "--set", "TWISTED_DNS_RESOLVER=loopback.LoopbackResolver",
    ]  # fmt: skip


def state_of(folder: Path) -> sqlite3.Connection:
    """The state of a job's output, in autocommit."""
    return sqlite3.connect(folder / "output" / "_state" / "newscrawl.sqlite", isolation_level=None)


def let_pass(folder: Path, time: timedelta, paper: Paper) -> None:
    """Make everything in the state and the paper as much older: so much time has passed."""
    paper.published -= time
    micros = time // timedelta(microseconds=1)
    state = state_of(folder)
    for table, columns in (
        ("urls", ("first_seen_at", "fetched_at", "next_due")),
        ("articles", ("first_seen_at", "fetched_at", "published_at")),
        ("sources", ("polled_at", "good_at", "next_due")),
    ):
        changes = ", ".join(f"{column} = {column} - {micros}" for column in columns)
        state.execute(f"UPDATE {table} SET {changes}")
    state.close()
