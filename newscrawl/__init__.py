"""newscrawl: regional news sites to clean, deduplicated Parquet.

``newscrawl.extract(html, url)`` gives the article of a page, ``newscrawl.open_dataset(uri)`` a
snapshot of a dataset. Both load what they need when they are first used, so that ``import
newscrawl`` costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from newscrawl.dataset import DatasetSnapshot
    from newscrawl.extract import extract

    __version__: str

__all__ = ["__version__", "extract", "open_dataset"]


def open_dataset(
    uri: str, version: int | None = None, *, table: str = "articles"
) -> DatasetSnapshot:
    """A snapshot of a dataset's articles (or another table): the newest, or that of a version.

    Raises what `newscrawl.dataset.open_dataset` raises.
    """
    from newscrawl.dataset import open_dataset as open_snapshot

    return open_snapshot(uri, version, table=table)


def __getattr__(name: str) -> Any:
    # The package `newscrawl.extract` can be called (see there), so it serves as the function too.
    if name == "extract":
        return import_module("newscrawl.extract")
    if name == "__version__":
        return _version()
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def _version() -> str:
    # the reader of package metadata loads a dozen modules that workers do without
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("newscrawl")
    except PackageNotFoundError:  # run from a source tree that is not installed
        return "0+unknown"
