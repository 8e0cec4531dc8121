"""Recorded cases: a page of a site, where it stood, and what must come out of it.

A case is a folder ``<site>/<case>`` with ``page.html.gz`` (the bytes of the page), ``meta.json``
(``url``, ``fetched_at``, ``content_type``, ``origin``) and ``expected.json``. Tests are collected
from the folders; ``newscrawl sites check`` runs a site's rules over them.
"""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from newscrawl.extract import decode
from newscrawl.items import Article, Page
from newscrawl.site import Site
from newscrawl.site_rules import Known

# fields of an article that stand in expected.json under their own name
_PLAIN = ("title", "kicker", "standfirst", "dateline", "source_name", "section", "language")


@dataclass(frozen=True, slots=True)
class Case:
    """One recorded page. ``expected`` holds the fields that are known to be right."""

    site: str
    name: str
    url: str
    fetched_at: datetime
    html: str
    expected: dict[str, Any]

    def known(self) -> Known:
        """What the page is known to hold, for `check_rules`."""
        get = self.expected.get
        published = get("published")
        return Known(
            title=get("title", ""),
            kicker=get("kicker") or "",
            standfirst=get("standfirst") or "",
            byline=tuple(get("authors", ())),
            body=tuple(get("body_paragraphs", ())),
            caption=tuple(caption for caption in get("captions", ()) if caption),
            published=date.fromisoformat(published[:10]) if published else None,
        )


def cases_folder() -> Path | None:
    """``tests/sites`` of the working folder or of the checkout this runs from; None if neither."""
    for root in (Path.cwd(), Path(__file__).parents[1]):
        folder = root / "tests" / "sites"
        if folder.is_dir():
            return folder
    return None


def load_cases(folder: Path, site: str = "*") -> list[Case]:
    """The cases below a folder, of one site or of all, in the order of their names.

    Raises OSError, ValueError or KeyError for a broken case.
    """
    return [_load(path.parent) for path in sorted(folder.glob(f"{site}/*/expected.json"))]


def _load(folder: Path) -> Case:
    meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
    body = gzip.decompress((folder / "page.html.gz").read_bytes())
    return Case(
        site=folder.parent.name,
        name=folder.name,
        url=meta["url"],
        fetched_at=datetime.fromisoformat(meta["fetched_at"]),
        html=decode(body, meta.get("content_type")).text,
        expected=json.loads((folder / "expected.json").read_text(encoding="utf-8")),
    )


def write_case(
    folder: Path, site: Site, name: str, page: Page, article: Article, *, origin: str
) -> Path:
    """Record a page and what came out of it; returns the folder of the case.

    What stands in expected.json is what the extraction gave: a person has to read it. Raises
    FileExistsError if the case is there already.
    """
    target = folder / site.name / name
    target.mkdir(parents=True)
    meta = {
        "url": page.url,
        "fetched_at": page.fetched_at.isoformat(),
        "content_type": page.header("content-type"),
        "origin": origin,
    }
    (target / "page.html.gz").write_bytes(gzip.compress(page.body, 9, mtime=0))
    _write_json(target / "meta.json", meta)
    _write_json(target / "expected.json", expected_of(article))
    return target


def expected_of(article: Article) -> dict[str, Any]:
    """The fields of an article as expected.json has them; fields without a value are left out."""
    out: dict[str, Any] = {key: value for key in _PLAIN if (value := getattr(article, key))}
    out["authors"] = list(article.authors)
    if article.published_at is not None and article.published_local is not None:
        if article.published_precision == "day":
            out["published"] = article.published_local.date().isoformat()
        else:
            out["published"] = article.published_at.isoformat()
        out["published_precision"] = article.published_precision
    if article.tags:
        out["tags"] = list(article.tags)
    out["captions"] = [image.caption for image in article.images if image.caption]
    out["body_paragraphs"] = article.body.split("\n\n") if article.body else []
    return out


def _write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
