"""The commands."""

from __future__ import annotations

import click


@click.group()
@click.version_option(package_name="newscrawl")
def main() -> None:
    """Crawl regional news sites politely into clean, deduplicated Parquet."""
