"""What a crawl of hostile sites keeps, whatever the sites are."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest

from hostile.crawl import Outcome


def connects_only_as_allowed(outcome: Outcome) -> None:
    """Every connect that strace saw goes to the server; skips where there is no strace."""
    if outcome.connects is None:
        pytest.skip("strace is not installed")
    addresses = set(re.findall(r"sa_family=AF_INET6?, .*?}", outcome.connects))
    allowed = f'sin_port=htons({outcome.server.port}), sin_addr=inet_addr("127.0.0.1")'
    assert addresses, outcome.connects[:500]
    assert all(allowed in address for address in addresses), addresses


def memory_is_bounded(outcome: Outcome) -> None:
    """The whole process tree stays under 700 MiB."""
    assert outcome.peak < 700 * 2**20, f"{outcome.peak / 2**20:.0f} MiB"


def account_balances(outcome: Outcome) -> None:
    """Every URL found has ended, and what was refused has a reason."""
    for site in outcome.summary["sites"]:
        ended = sum(site[x] for x in ("stored", "new_versions", "unchanged", "refused"))
        assert site["found"] == ended, site
    assert all(r["reason"] for r in outcome.log if r["state"] == "refused")


def texts_are_storable_and_logs_printable(outcome: Outcome) -> None:
    """No control characters but tab and line feed in a row, none but line feeds in the log."""
    for row in outcome.rows:
        for name, value in row.items():
            for text in value if isinstance(value, list) else [value]:
                if isinstance(text, str):
                    bad = [c for c in text if unicodedata.category(c) == "Cc" and c not in "\t\n"]
                    assert not bad, (row["url"], name, bad)
                    text.encode()
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", outcome.stderr)


def no_file_outside_the_output(outcome: Outcome) -> None:
    """Nothing lies beside the output, and nothing in it has a name that a site gave."""
    assert {p.name for p in outcome.output.parent.iterdir()} == {"output", "sites.toml"}
    assert not [p for p in outcome.output.rglob("*") if "qpwned" in p.name or ".tmp" in p.name]
    assert not Path("/tmp/qpwned").exists()
