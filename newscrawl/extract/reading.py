"""A page on its way to an article."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from newscrawl.extract.body import Body
from newscrawl.extract.dom import Document
from newscrawl.extract.structured import Structured
from newscrawl.items import Article, Page, Provenance
from newscrawl.site import Layout, Site
from newscrawl.text import one_line

MAX_TITLE = 500
MAX_LINE = 500
MAX_SUMMARY = 5_000
MAX_BODY = 2_000_000

NO_LAYOUT = Layout()
# Stands for "not known when it was fetched": relative dates are then left unread.
NO_TIME = datetime.max.replace(tzinfo=UTC)


@dataclass(slots=True)
class Reading:
    """A page on its way to an article: what was read, and the article made of it."""

    page: Page
    site: Site | None
    document: Document
    structured: Structured
    body: Body
    article: Article = field(default_factory=Article)
    headline: int = -1  # the element of the headline, -1 if it is not printed

    def put(self, name: str, value: str | None, source: str, limit: int = MAX_LINE) -> bool:
        """Fill a text field, in its stored form and within its limit; False for no value."""
        text = one_line(value) if value else ""
        if not text:
            return False
        if len(text) > limit:
            text = text[:limit].rstrip()
            self.article.flag(f"{name}_cut")
        setattr(self.article, name, text)
        self.credit(name, source)
        return True

    def credit(self, name: str, source: str) -> None:
        """Note which rule gave a field."""
        self.article.provenance.append(Provenance(name, source))


def page_of(
    html: str | bytes,
    url: str,
    fetched_at: datetime | None = None,
    headers: Iterable[tuple[str, str]] = (),
) -> Page:
    """A `Page` of text or bytes that did not come from a fetch."""
    pairs = tuple((name.lower(), value) for name, value in headers)
    if isinstance(html, str):
        html = html.encode("utf-8", "surrogatepass")
        pairs = (
            *((n, v) for n, v in pairs if n != "content-type"),
            ("content-type", "text/html; charset=utf-8"),
        )
    return Page(
        url=url,
        requested_url=url,
        status=200,
        headers=pairs,
        body=html,
        fetched_at=fetched_at or NO_TIME,
    )
