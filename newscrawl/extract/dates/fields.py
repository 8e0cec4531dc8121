"""The names under which pages declare when they were published or changed, best first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

Kind = Literal["published", "modified"]

# Name of the meta element -> weight. The weights order evidence; they are not probabilities.
PUBLISHED_META = {
    "article:published_time": 88, "article:published": 86, "og:article:published_time": 86,
    "og:published_time": 84, "datepublished": 84, "date_published": 82, "article.published": 84,
    "article:post_time": 82, "shareaholic:article_published_time": 82, "bt:pubdate": 82,
    "published_time": 82, "published_at": 82, "publishedat": 82, "published": 78,
    "publish_date": 80,
    "publishdate": 80, "publish-date": 80, "published-date": 80, "published_date": 80,
    "pubdate": 80, "pub_date": 80, "pub-date": 80, "publication_date": 80,
    "publication-date": 80, "publicationdate": 80, "parsely-pub-date": 80, "sailthru.date": 78,
    "cxenseparse:recs:publishtime": 80, "cxenseparse:publishtime": 78, "rnews:datepublished": 80,
    "article_date_original": 78, "originalpublicationdate": 80, "original-publish-date": 80,
    "og:pubdate": 78, "vr:published_time": 78, "mediator_published_time": 78,
    "citation_online_date": 74, "citation_publication_date": 74, "citation_date": 72,
    "dc.date.issued": 76, "dcterms.issued": 76, "dc.date.published": 76, "dc.issued": 76,
    "dc.date.created": 72, "dcterms.created": 72, "dcterms.date": 72, "dc.date": 72,
    "dcsext.articlefirstpublished": 78, "article:create_at": 76, "weibo:article:create_at": 76,
    "displaydate": 74, "display_date": 74, "releasedate": 70, "release_date": 70,
    "content_create_date": 70, "datecreated": 72, "dc.created": 70, "created": 66,
    "creation_date": 66, "ptime": 70, "pubtime": 76, "publishtime": 76, "iso-8601-publish-date": 78,
    "article_publication_date": 78, "article-published": 78, "cse_date": 66, "date": 66,
    "og:date": 66, "dat": 50, "timestamp": 56, "issue_date": 60, "artpubdate": 78,
    "swiftype.published_at": 76, "news_publish_date": 76, "article.created": 70,
    "analyticsattributes.articledate": 74, "analytics-publication-date": 74, "gentime": 40,
    "st:published_at": 76, "fb:published_time": 76, "article:publication_date": 80,
    "firstpublished": 78, "first_published": 78, "uploaddate": 50, "lmsid_date": 40,
}  # fmt: skip
MODIFIED_META = {
    "article:modified_time": 88, "og:updated_time": 80, "datemodified": 84, "date_modified": 82,
    "article:modified": 84, "article:updated_time": 82, "article:updated": 80, "modified": 70,
    "modified_time": 80, "lastmod": 70, "last_modified": 70, "updated": 66, "updated_time": 74,
    "dc.date.modified": 76, "dcterms.modified": 76, "parsely-modified-date": 76,
    "article_date_updated": 78, "utime": 60, "last-modified": 60, "revised": 50,
    "rnews:datemodified": 78, "bt:moddate": 78, "swiftype.updated_at": 74, "update_date": 74,
    "updateddate": 74, "dc.modified": 74, "iso-8601-modified-date": 76, "og:modified_time": 80,
}  # fmt: skip
# Names that no list holds: what their words say.
_SAYS_PUBLISHED = re.compile(
    r"(?:publish|publication|posted|issue|create|release|pub)[_.:-]?(?:ed|d)?[_.:-]?"
    r"(?:date|time|on|at|datetime)\b|(?:date|time)[_.:-]?(?:published|posted|issued|created)",
    re.IGNORECASE,
)
_SAYS_MODIFIED = re.compile(
    r"(?:modif|updat|revis)[a-z]*[_.:-]?(?:date|time|on|at)\b|(?:date|last)[_.:-]?(?:modified|updated)",
    re.IGNORECASE,
)
_PUBLISHED_PROPERTIES = {"datePublished": 92, "dateCreated": 70, "uploadDate": 56}
_MODIFIED_PROPERTIES = {"dateModified": 92}


@dataclass(frozen=True, slots=True)
class Declared:
    """One declared date: its kind, where it was declared, under which name, as written."""

    kind: Kind
    source: Literal["jsonld", "meta"]
    name: str
    raw: str
    weight: int


def declared_dates(
    article: Mapping[str, Any],
    meta: Mapping[str, Iterable[str]],
    microdata: Mapping[str, Iterable[str]] | None = None,
) -> Iterator[Declared]:
    """The dates a page declares.

    ``article`` is the JSON-LD object of the page's article, ``meta`` the contents of meta elements
    by lower-case name, ``microdata`` the article item's texts by lower-case property.
    """
    for properties, kind in (
        (_PUBLISHED_PROPERTIES, "published"),
        (_MODIFIED_PROPERTIES, "modified"),
    ):
        for name, weight in properties.items():
            for raw in _texts(article.get(name)):
                yield Declared(kind, "jsonld", name, raw, weight)  # type: ignore[arg-type]
            for raw in (microdata or {}).get(name.lower(), ()):
                yield Declared(kind, "meta", f"microdata:{name}", raw, weight - 6)  # type: ignore[arg-type]
    for name, values in meta.items():
        if (weight_ := PUBLISHED_META.get(name)) is not None:
            for raw in list(values)[:2]:
                yield Declared("published", "meta", name, raw, weight_)
        elif (weight_ := MODIFIED_META.get(name)) is not None:
            for raw in list(values)[:2]:
                yield Declared("modified", "meta", name, raw, weight_)
        elif _SAYS_PUBLISHED.search(name):
            yield Declared("published", "meta", name, next(iter(values), ""), 62)
        elif _SAYS_MODIFIED.search(name):
            yield Declared("modified", "meta", name, next(iter(values), ""), 60)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, bool):
        return
    if isinstance(value, str):
        yield value
    elif isinstance(value, int | float):
        yield str(int(value)) if abs(value) < 1e15 else ""
    elif isinstance(value, Mapping):
        yield from _texts(value.get("@value"))
    elif isinstance(value, list):
        for entry in value[:3]:
            yield from _texts(entry)
