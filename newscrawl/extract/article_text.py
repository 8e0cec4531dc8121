"""The text of an article: the body with broken encodings put right, and its language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from newscrawl.extract.body import extract_body
from newscrawl.extract.dom import Document
from newscrawl.extract.language import detect_language
from newscrawl.extract.mojibake import repair
from newscrawl.extract.reading import MAX_BODY, Reading
from newscrawl.extract.repairs import repair_paragraphs
from newscrawl.text import stored


def fill_text(reading: Reading) -> None:
    """The body, of the page or else of its feed, within its limit and repaired."""
    body, article, candidate = reading.body, reading.article, reading.page.candidate
    if not body.paragraphs and candidate is not None and candidate.body_html:
        part = Document.parse(candidate.body_html, reading.page.url)
        found = extract_body(part, title=article.title or None)
        if found.paragraphs:
            body = reading.body = replace(found, source=str(candidate.via), container=-1)
    text = _repaired(reading, body.paragraphs)
    if len(text) > MAX_BODY:
        article.removed = []  # what the originals stand for may be cut
        text = text[:MAX_BODY]
        article.flag("truncated_by_limit")
    article.body = text
    article.body_chars = len(text)
    article.paragraphs = text.count("\n\n") + 1 if text else 0
    for flag in body.flags:
        article.flag(flag)
    if text:
        reading.credit("body", body.source)
    else:
        article.flag("no_body")


def _repaired(reading: Reading, paragraphs: Sequence[str]) -> str:
    """The body with broken encoding put right, and with it the fields that were read before."""
    found = repair_paragraphs(paragraphs)
    article = reading.article
    article.removed = list(found.originals)
    for kind in found.kinds:
        article.flag(f"repaired_{kind}")
        reading.credit("body", f"repair:{kind}")
    if not found.kinds:
        return "\n\n".join(found.paragraphs)
    for name in ("title", "kicker", "standfirst", "description"):
        value = getattr(article, name)
        if value and (fixed := repair(value)) is not None:
            setattr(article, name, stored(fixed.text))
            reading.credit(name, f"repair:{fixed.kind}")
    return "\n\n".join(found.paragraphs)


def fill_language(reading: Reading) -> None:
    """The language of the text; what site and page declare only breaks ties."""
    article, site = reading.article, reading.site
    prior = [*(site.languages if site is not None else ()), *article.languages_declared]
    found = detect_language(f"{article.title}\n{article.body}", prior=prior)
    article.language_score = found.score
    article.script = found.script
    if found.tag == "und":
        return
    article.language = found.tag
    reading.credit("language", "text")
    declared = {tag.partition("-")[0].lower() for tag in article.languages_declared}
    if declared and found.tag.partition("-")[0] not in declared and found.score > 0.8:
        article.flag("language_differs")
