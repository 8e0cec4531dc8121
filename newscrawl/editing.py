"""From an extracted article to one that can be stored: validate, clean, identify.

The crawl's pipelines, ingestion and re-extraction all go through these functions. No Scrapy here:
worker processes load this module.
"""

from __future__ import annotations

from newscrawl.clean import Furniture, clean
from newscrawl.dedup import article_id, canonical_url, content_hash, version_id
from newscrawl.extract import read_article
from newscrawl.items import Article, Page, Rejection, Stage
from newscrawl.site import Site

_NEEDED = ("url", "site", "title", "body", "fetched_at")


def name_of_host(host: str) -> str:
    """What an unregistered site is called in the dataset: its host without ``www.``."""
    return host.lower().rstrip(".").removeprefix("www.")


def validate(article: Article) -> Rejection | None:
    """Why what was extracted is no article: without title, text or address; else None."""
    for name in _NEEDED:
        if not getattr(article, name):
            return Rejection(article.url, article.site, Stage.VALIDATE, f"no_{name}")
    return None


def tidy(
    article: Article, site: Site | None, furniture: Furniture | None = None
) -> Article | Rejection:
    """The article without what the author did not write, or a rejection if nothing is left.

    ``furniture``, the boilerplate learned of the site so far, learns from the article.
    """
    cleaned = clean(article, site, furniture)
    if not cleaned.body:
        detail = "nothing left after cleaning"
        return Rejection(article.url, article.site, Stage.VALIDATE, "no_body", detail)
    if furniture is not None:
        furniture.learn(cleaned)
    return cleaned


def identify(article: Article, site: Site | None) -> Article:
    """Fill canonical URL, article id, content hash and version id; returns the same article."""
    article.canonical_url = canonical_url(article.canonical_url or article.url, site)
    article.article_id = article_id(
        article.site, article.canonical_url, article.publisher_article_id
    )
    article.content_hash = content_hash(article.body)
    article.version_id = version_id(article.article_id, article.content_hash, article.title)
    return article


def edit(
    article: Article, site: Site | None, furniture: Furniture | None = None
) -> Article | Rejection:
    """All of it: an article ready to be accepted, or why it is none."""
    if (rejection := validate(article)) is not None:
        return rejection
    tidied = tidy(article, site, furniture)
    return tidied if isinstance(tidied, Rejection) else identify(tidied, site)


def edit_page(page: Page, site: Site | None) -> Article | Rejection:
    """A task for `ExtractionPool`: from a page to an article ready to be accepted."""
    read = read_article(page, site)
    if site is None and isinstance(read, Article):
        read.site = name_of_host(read.host)
    return read if isinstance(read, Rejection) else edit(read, site)
