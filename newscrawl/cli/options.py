"""The options that many commands have, said once so that they read alike everywhere."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

Command = Callable[..., Any]


def output_option(help_text: str = "Where the dataset is.") -> Callable[[Command], Command]:
    """``--output``, an address of a dataset; ``output`` in the working folder where not named."""
    return click.option(
        "--output", default="output", show_default=True, metavar="URI", help=help_text
    )


state_option = click.option(
    "--state",
    "state_dir",
    type=click.Path(file_okay=False),
    metavar="DIR",
    help="Folder for the state, on a local disk.  [default: OUTPUT/_state]",
)

sites_option = click.option(
    "--sites",
    "sites_file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE.toml",
    help="Your own sites.",
)


def telling_options(function: Command) -> Command:
    """``--quiet`` and ``--json``, of commands that run long and end with a summary."""
    quiet = click.option("--quiet", is_flag=True, help="Only the summary and errors.")
    as_json = click.option("--json", "as_json", is_flag=True, help="Summary and log lines as JSON.")
    return quiet(as_json(function))
