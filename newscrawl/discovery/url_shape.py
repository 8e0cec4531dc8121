"""Article, section page or something else: what the shape of a URL says.

The site's own patterns decide where the site has them. Without them the shape is weighed: dates
and long numbers in the path and long slugs (in every script, percent-encoded or not) speak for an
article; a short path, and the names that publishing systems give to lists, for a section; file
types, searches, log-ins and calendars for neither. Lengths are counted in characters of the decoded
path, with scripts that pack more into a character counted accordingly.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from unicodedata import category
from urllib.parse import parse_qsl, unquote, urlsplit

from newscrawl.discovery.links import in_domains
from newscrawl.discovery.path_names import ARTICLE_FOLDERS, LISTS, SERVICES, SERVICES_ANYWHERE
from newscrawl.items import Candidate, Via
from newscrawl.site import Site


class UrlKind(StrEnum):
    """What a URL leads to.

    ``SECTION`` is a list of articles (by its name, its page number, its date); ``REFUSED`` is
    nothing to fetch as an article whoever names it (another host, a file, a search, a service);
    ``OTHER`` is what the shape does not tell, so that a feed may be trusted with it.
    """

    ARTICLE = "article"
    SECTION = "section"
    OTHER = "other"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class UrlVerdict:
    """What a URL leads to, by its shape, and the short stable word that says why."""

    kind: UrlKind
    reason: str

    @property
    def is_article(self) -> bool:
        """True for ``article``."""
        return self.kind is UrlKind.ARTICLE


_FILES = re.compile(
    r"\.(?:jpe?g|png|gif|webp|avif|svg|ico|bmp|tiff?|mp[34]|m4[av]|webm|mov|avi|wav|ogg|pdf|docx?|"
    r"xlsx?|pptx?|zip|gz|rar|7z|tar|exe|apk|dmg|css|js|mjs|map|json|xml|rss|atom|txt|csv|ics|woff2?|"
    r"ttf|eot|m3u8|epub|mobi)$",
    re.I,
)
_QUERY_OTHER = {"s", "q", "query", "search", "keyword", "keywords", "replytocom", "add-to-cart"}
_STRICT_LISTS = {"tag", "tags", "author", "authors", "category", "topic", "topics"}
_QUERY_ID = re.compile(
    r"(?:[a-z_]{0,12}id|[a-z_]{0,8}no|idx|newscode|code|story|ud|p|seq|n|post|item|article|news)",
    re.I,
)
_LIST_ID = re.compile(  # keys that name what an article is in, not which it is
    r"(?:[cs]|ad|author|cat|category|channel|class|f_main|gallery|lang|main|menu|page|parent|sec|section|sub"
    r"|tag|topic|type|user|widget)_?(?:id|no)",
    re.I,
)
_PAGE = re.compile(r"/(?:page|p|trang|halaman)[/_-]?[0-9]{1,5}/?$", re.I)
# Numbered channels of the publishing systems common in China (node_31180.htm, list_12.shtml).
_CHANNEL = re.compile(
    r"(?:node|list|channel|col|column|class|index)_[0-9]{1,8}(?:_[0-9]+)?\.\w{3,5}$"
)
_DATE = re.compile(
    r"(?<![0-9])(?:19[89][0-9]|20[0-9]{2})(?:[/-](?:0?[1-9]|1[0-2])(?:[/-](?:0?[1-9]|[12][0-9]|3[01]))"
    r"|/?(?:0[1-9]|1[0-2])/?(?:0[1-9]|[12][0-9]|3[01])?)(?![0-9]{1,2}(?![0-9]))"
)
_DATE_ONLY = re.compile(r"(?:/[a-z-]{1,30}){0,2}/(?:19|20)[0-9]{2}(?:[/-][0-9]{1,2}){0,2}/?", re.I)
_ID = re.compile(r"(?:^|[^0-9a-z])[a-z]{0,6}[0-9]{5,24}(?![0-9])", re.I)
_HEX_ID = re.compile(r"(?:^|[-_/])(?=[^/_-]*[0-9])(?=[^/_-]*[A-Za-z])[0-9A-Za-z]{12,40}(?:$|[-_.])")
_SLUG_MARKS = re.compile(r"[-_+ ]+")
_PAGE_TYPE = re.compile(
    r"\.(?:html?|s?html|php|aspx?|jsp|cfm|ece|cms|do|vnp|chn|epi|stm|mvc)$", re.I
)
_DENSE = re.compile(  # scripts in which a word takes a few characters, or has no space after it
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]"
)


def judge_url(url: str, site: Site | None = None) -> UrlVerdict:
    """What ``url`` leads to.

    Reasons: ``site_article``, ``not_site_article`` (an article's shape, but not the site's),
    ``site_not_article``, ``other_host``, ``not_http``, ``home``, ``file``, ``search``,
    ``list_name``, ``service``, ``paging``, ``archive``, ``date``, ``id``, ``slug``,
    ``page`` (a file in a folder of articles), ``short_path``.
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return UrlVerdict(UrlKind.REFUSED, "not_http")
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        return UrlVerdict(UrlKind.REFUSED, "not_http")
    if site is not None:
        if not in_domains(url, site.domains):
            return UrlVerdict(UrlKind.REFUSED, "other_host")
        if site.not_article and _compiled(site.not_article) and _matches(site.not_article, url):
            return UrlVerdict(UrlKind.REFUSED, "site_not_article")
        if site.article and _compiled(site.article):
            if _matches(site.article, url):
                return UrlVerdict(UrlKind.ARTICLE, "site_article")
            verdict = _by_shape(unquote(parts.path), parts.query)
            return UrlVerdict(UrlKind.OTHER, "not_site_article") if verdict.is_article else verdict
    return _by_shape(unquote(parts.path), parts.query)


def judge_candidate(candidate: Candidate, site: Site | None = None) -> UrlVerdict:
    """`judge_url` with the evidence of the source.

    What a feed, a news sitemap or a listing API names is an article (reason ``evidence``) unless
    the site's own patterns or the path say that it is none; a short path alone does not.
    """
    verdict = judge_url(candidate.url, site)
    if verdict.kind is not UrlKind.OTHER:
        return verdict
    if candidate.via in {Via.FEED, Via.NEWS_SITEMAP, Via.API}:
        return UrlVerdict(UrlKind.ARTICLE, "evidence")
    if candidate.via is Via.SECTION and candidate.title and _weight(candidate.title) >= 24:
        return UrlVerdict(UrlKind.ARTICLE, "evidence")
    return verdict


@lru_cache(maxsize=1024)
def _compiled(pattern: str) -> re.Pattern[str] | None:
    try:
        return re.compile(pattern)
    except re.error:
        return None


def _matches(pattern: str, url: str) -> bool:
    """Does the pattern match the URL as written or with its percent-encoding undone."""
    compiled = _compiled(pattern)
    if compiled is None or len(url) > 4096:
        return False
    return bool(compiled.match(url) or ("%" in url and compiled.match(unquote(url))))


def _by_shape(path: str, query: str) -> UrlVerdict:
    path = re.sub(r"/{2,}", "/", path[:4096]) or "/"
    segments = [x for x in path.split("/") if x]
    names = [x.lower() for x in segments]
    pairs = parse_qsl(query[:2048], keep_blank_values=True, max_num_fields=None) if query else []
    keys = {key.lower() for key, _ in pairs}
    if names and (found := _by_name(path, names)):
        return found
    if not segments or names[-1] in {"index.html", "index.php", "index.htm", "home"}:
        if identified := _query_id(pairs):
            return identified
        if keys & _QUERY_OTHER:
            return UrlVerdict(UrlKind.REFUSED, "search")
        return UrlVerdict(UrlKind.SECTION, "home")
    if keys & _QUERY_OTHER and not _query_id(pairs):
        return UrlVerdict(UrlKind.REFUSED, "search")
    if _CHANNEL.match(names[-1]):
        return UrlVerdict(UrlKind.SECTION, "list_name")
    if _PAGE.search(path) and len(segments) <= 5:
        return UrlVerdict(UrlKind.SECTION, "paging")
    if _DATE_ONLY.fullmatch(path):
        return UrlVerdict(UrlKind.SECTION, "archive")
    return _by_weight(path, segments, pairs)


def _by_name(path: str, names: list[str]) -> UrlVerdict | None:
    if _FILES.search(path):
        return UrlVerdict(UrlKind.REFUSED, "file")
    if names[0] in SERVICES or names[-1] in SERVICES or SERVICES_ANYWHERE & set(names):
        # A long slug below such a name is an article in a section that happens to be called so.
        if not (len(names) > 1 and names[-1] not in SERVICES and _weight(names[-1]) >= 24):
            kind = "search" if {"search", "cari", "tim-kiem"} & set(names[:1]) else "service"
            return UrlVerdict(UrlKind.REFUSED, kind)
        if names[0] in {"wp-json", "wp-admin", "wp-content", "feed", "api", "calendar", "search"}:
            return UrlVerdict(UrlKind.REFUSED, "service")
    if names[0] in LISTS or (len(names) > 1 and names[-2] in LISTS):
        last = names[-1]
        if names[-2:-1] in (["archives"], ["archive"]) and re.fullmatch(r"[0-9]{3,}", last):
            return UrlVerdict(UrlKind.ARTICLE, "id")
        weight = _weight(last)
        numbered = weight >= 16 and (bool(_ID.search("/" + last)) or weight >= 40)
        numbered = numbered or (len(last) >= 14 and bool(_DATE.match(last)))
        if len(names) < 3 and not numbered and "article" not in names:
            return UrlVerdict(UrlKind.SECTION, "list_name")
        if names[0] in _STRICT_LISTS and not numbered:
            return UrlVerdict(UrlKind.SECTION, "list_name")
    return None


def _query_id(pairs: list[tuple[str, str]]) -> UrlVerdict | None:
    for key, value in pairs:
        if (
            _QUERY_ID.fullmatch(key)
            and not _LIST_ID.fullmatch(key)
            and re.fullmatch(r"[A-Za-z_-]{0,8}[0-9]{3,24}", value)
        ):
            return UrlVerdict(UrlKind.ARTICLE, "id")
    return None


def _weight(slug: str) -> int:
    """Letters of a slug; a character of a dense script counts threefold."""
    text = _PAGE_TYPE.sub("", slug)
    letters = sum(1 for ch in text if ch.isalpha() or category(ch)[0] == "M")
    return letters + 2 * len(_DENSE.findall(text))


def _by_weight(path: str, segments: list[str], pairs: list[tuple[str, str]]) -> UrlVerdict:
    last = _PAGE_TYPE.sub("", segments[-1])
    typed = last != segments[-1]
    weight = max(_weight(x) for x in segments[-2:])
    pieces = len([x for x in _SLUG_MARKS.split(last) if x])
    tail = "/".join(segments[-2:])
    if _DATE.search(path) and (weight >= 4 or _ID.search(tail) or typed):
        return UrlVerdict(UrlKind.ARTICLE, "date")
    if _ID.search("/" + last) or (
        len(segments) > 1 and _ID.search("/" + segments[-2]) and weight > 8
    ):
        return UrlVerdict(UrlKind.ARTICLE, "id")
    if _query_id(pairs):
        return UrlVerdict(UrlKind.ARTICLE, "id")
    if _HEX_ID.search("/" + last) and pieces != 2:
        return UrlVerdict(UrlKind.ARTICLE, "id")
    own = _weight(last)
    if (
        (own >= 24 and pieces >= 4)
        or (own >= 30 and pieces >= 2)
        or (own >= 30 and _DENSE.search(last))
    ):
        return UrlVerdict(UrlKind.ARTICLE, "slug")
    if len(segments) > 1 and pieces <= 2:
        # A long slug with a short name after it: /slug-of-the-story/story-AbC123.html
        before = [x for x in _SLUG_MARKS.split(segments[-2]) if x]
        if len(before) >= 5 and _weight(segments[-2]) >= 30:
            return UrlVerdict(UrlKind.ARTICLE, "slug")
    below = segments[-2].lower() if len(segments) > 1 else ""
    if below in ARTICLE_FOLDERS and re.fullmatch(r"[0-9]{3,}", last):
        return UrlVerdict(UrlKind.ARTICLE, "id")
    if re.fullmatch(r"[0-9]{4}", last) and len(segments) > 1 and not 1900 <= int(last) < 2100:
        return UrlVerdict(UrlKind.ARTICLE, "id")
    if typed and own >= 16 and pieces >= 3:
        return UrlVerdict(UrlKind.ARTICLE, "slug")
    if typed and below in ARTICLE_FOLDERS:
        return UrlVerdict(UrlKind.ARTICLE, "page")
    return UrlVerdict(UrlKind.OTHER, "short_path")
