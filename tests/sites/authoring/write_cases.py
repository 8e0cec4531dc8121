"""Writes recorded cases for sites whose pages nobody may copy: their anatomy, invented text.

    python tests/sites/authoring/write_cases.py [SITE...]

The page comes from the site's record (its selectors become elements), from ``anatomy.toml`` (date
and byline forms, datelines, lines that are no text) and from ``texts_*.toml`` (invented stories).
What the page says is known here, so expected.json is written from it and not from an extraction.
Cases written by hand or recorded from a site are left alone.
"""

from __future__ import annotations

import gzip
import json
import sys
import tomllib
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))  # a script, not a package: its parts lie beside it

from pages import Story, expected, page  # noqa: E402
from words import Fill, slug_of  # noqa: E402

from newscrawl.registry import all_sites  # noqa: E402
from newscrawl.site import Site  # noqa: E402

CASE = "written"
FETCHED = datetime(2026, 11, 20, 2, tzinfo=UTC)


def _texts() -> dict[str, Any]:
    texts: dict[str, Any] = {}
    for path in sorted(HERE.glob("texts_*.toml")):
        texts |= tomllib.loads(path.read_text(encoding="utf-8"))
    return texts


def _story(site: Site, number: int, texts: dict[str, Any], quirks: dict[str, Any]) -> Story:
    language = "en" if site.name == "freshnews" else site.languages[0]
    bank = texts[language]
    told = bank["stories"][number % len(bank["stories"])]
    if language == "en":
        place, name, other = texts["places"][site.country]
    else:
        place, (name, other) = "", bank["names"]
    local = datetime(2026, 11, 2, 6, 5, tzinfo=ZoneInfo(site.timezone))
    local += timedelta(hours=9 * (number % 45), minutes=11 * (number % 50))
    fill = Fill(local, number, slug_of(told["title"].format(place=place), language), name, other)

    def told_here(text: str) -> str:
        return text.format(place=place, name=name, other=other) if language == "en" else text

    standfirsts = bank.get("standfirsts", [])
    return Story(
        site=site,
        language=language,
        fill=fill,
        url=fill(quirks["url"]),
        title=told_here(told["title"]),
        paragraphs=tuple(told_here(text) for text in told["paragraphs"]),
        standfirst=standfirsts[number % len(standfirsts)] if standfirsts else "",
        caption=bank["captions"][number % len(bank["captions"])],
        bank=bank,
        quirks=quirks,
    )


def main(names: list[str]) -> None:
    """Write the cases of the named sites, or of all that ``anatomy.toml`` knows."""
    texts = _texts()
    anatomy = tomllib.loads((HERE / "anatomy.toml").read_text(encoding="utf-8"))
    sites = all_sites()
    for number, name in enumerate(sorted(anatomy)):
        if names and name not in names:
            continue
        story = _story(sites[name], number, texts, anatomy[name])
        folder = HERE.parent / name / CASE
        folder.mkdir(parents=True, exist_ok=True)
        html = page(story)
        (folder / "page.html.gz").write_bytes(gzip.compress(html.encode("utf-8"), 9, mtime=0))
        meta = {
            "url": story.url,
            "fetched_at": FETCHED.isoformat(),
            "content_type": "text/html; charset=utf-8",
            "origin": "written for this test: the site's anatomy, invented text",
        }
        _write(folder / "meta.json", meta)
        _write(folder / "expected.json", expected(story))


def _write(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
