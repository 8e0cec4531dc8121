"""The languages a page says it is in."""

from __future__ import annotations

from newscrawl.extract.dom import Document
from newscrawl.extract.jsonld import texts
from newscrawl.extract.structured import Structured
from newscrawl.items import Candidate


def declared_languages(
    structured: Structured, document: Document, candidate: Candidate | None
) -> list[str]:
    """BCP 47 tags of ``lang``, JSON-LD, meta elements and the source, each once."""
    values: list[str] = []
    if document.tags:
        for i in range(min(3, len(document.tags))):
            if document.tags[i] == "html":
                values += [
                    document.attrs[i].get("lang") or "",
                    document.attrs[i].get("xml:lang") or "",
                ]
    values += texts(structured.article.get("inLanguage"), ("alternateName", "name", "@value"))
    values += structured.all("og:locale", "content-language", "language", "dc.language")
    if candidate is not None and candidate.language:
        values.append(candidate.language)
    out: dict[str, None] = {}
    for value in values:
        tag = value.strip().replace("_", "-")
        if 2 <= len(tag) <= 20 and tag.replace("-", "").isalnum() and tag.isascii():
            out[tag] = None
    return list(out)[:10]
