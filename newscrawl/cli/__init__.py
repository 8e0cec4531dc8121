"""The commands, each in a module of its own that is imported only when it is called."""

from __future__ import annotations

from importlib import import_module

import click

# name -> module below newscrawl.cli; the module holds a click command named `command`
COMMANDS = {
    "canonical": "canonical",
    "cluster": "cluster",
    "crawl": "crawl",
    "dataset": "dataset",
    "demo": "demo",
    "extract": "extract",
    "ingest": "ingest",
    "reextract": "reextract",
    "report": "report",
    "sites": "sites",
    "status": "status",
}


class _Lazy(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        module = COMMANDS.get(cmd_name)
        if module is None:
            return None
        command = import_module(f"newscrawl.cli.{module}").command
        assert isinstance(command, click.Command)
        return command


@click.group(cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="newscrawl")
def main() -> None:
    """Crawl regional news sites politely into clean, deduplicated Parquet."""
