"""SQL for analysts: the story graph in DuckDB, over the tables ``articles`` and ``clusters``."""

from __future__ import annotations

from importlib.resources import files


def recipes() -> tuple[str, ...]:
    """The names of the recipes."""
    return tuple(
        sorted(f.name[:-4] for f in files(__package__).iterdir() if f.name.endswith(".sql"))
    )


def recipe(name: str) -> str:
    """The SQL of a recipe; raises KeyError for an unknown name."""
    if name not in recipes():
        raise KeyError(name)
    return files(__package__).joinpath(f"{name}.sql").read_text(encoding="utf-8")
