"""``newscrawl canonical``: URLs in, canonical URLs out, line for line."""

from __future__ import annotations

import sys
from typing import IO

import click

from newscrawl.dedup import canonical_url, is_url


@click.command("canonical")
@click.argument("source", type=click.File("rb"), default="-", metavar="[FILE]")
def command(source: IO[bytes]) -> None:
    """Write the canonical form of each URL of FILE (or of standard input), one a line.

    A line that is no URL comes back unchanged, so that line N out is always line N in.
    """
    out = sys.stdout.buffer
    for raw in source:
        line = raw.rstrip(b"\r\n")
        try:
            text = line.decode("utf-8")
            if is_url(text):
                line = canonical_url(text).encode("utf-8")
        except UnicodeError:
            pass  # not UTF-8, so no URL
        out.write(line + b"\n")
    out.flush()
