"""Where a site's learned boilerplate is kept: one JSON file a site in the state folder."""

from __future__ import annotations

import logging
from pathlib import Path
from urllib.parse import quote

from newscrawl.clean import Furniture
from newscrawl.written import write_whole

logger = logging.getLogger(__name__)


def furniture_path(state_dir: Path, site: str) -> Path:
    """The file of a site."""
    return state_dir / "furniture" / f"{quote(site, safe='')[:200]}.json"


def load_furniture(state_dir: Path, site: str) -> Furniture:
    """What was learned of a site; nothing, if there is no file or it cannot be read."""
    path = furniture_path(state_dir, site)
    try:
        return Furniture.from_json(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Furniture()
    except (OSError, ValueError) as error:
        # It only saves work: what it held is learned again.
        logger.warning("%s cannot be read (%s): learning anew", path, error)
        return Furniture()


def save_furniture(state_dir: Path, site: str, furniture: Furniture) -> None:
    """Keep what was learned; the file is replaced as a whole.

    Raises OSError if it cannot be written.
    """
    path = furniture_path(state_dir, site)
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, furniture.to_json())
