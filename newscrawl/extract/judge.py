"""Whether a page is an article at all.

Evidence is weighed without counting words: a brief of twenty Khmer words is an article, a page of
two thousand words about cookies is none. What the page declares (types, dates, headline), how its
text stands (links, headings) and where it is (home, section) decide; phrases serve only to
tell walls and missing pages of the commonest languages, and never against a declared article.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from newscrawl.extract.article import read_page
from newscrawl.extract.jsonld import types_of
from newscrawl.extract.reading import Reading
from newscrawl.extract.roles import Role
from newscrawl.extract.structured import ARTICLE_TYPES
from newscrawl.items import Article, Page, Rejection, Stage, Via
from newscrawl.site import Site

_CONSENT = int(Role.CONSENT)
_LISTS = frozenset({"collectionpage", "searchresultspage", "profilepage", "contactpage"})
_MISSING_CLASS = re.compile(r"(?:^|[\s_-])(?:error-?404|page-?404|not-?found|404-?page)", re.I)
_MISSING = re.compile(
    r"\b(?:error\s+)?404\b(?!\s*-?\s*[0-9])|(?:page|article|story|content|file)\s+(?:was\s+|could\s+)?"
    r"(?:not|no longer)\s+(?:be\s+)?(?:found|exist|available)|not\s+found|does\s?n.t\s+exist|"
    r"seite\s+(?:wurde\s+)?nicht\s+gefunden|page\s+introuvable|página\s+no\s+encontrada|"
    r"halaman\s+tidak\s+ditemukan|không\s+tìm\s+thấy|页面不存在|找不到|頁面不存在|見つかりません|"
    r"찾을\s*수\s*없|ไม่พบหน้า|រកមិនឃើញ|страница\s+не\s+найдена|পাওয়া যায়নি",
    re.IGNORECASE,
)
_CONSENT_WORDS = re.compile(
    r"cookie|consent|gdpr|dsgvo|datenschutz|privacy|rgpd|คุกกี้|쿠키|クッキー", re.IGNORECASE
)
_LOGIN = re.compile(
    r"\b(?:log\s?in|sign\s?in|anmelden|einloggen|connexion|iniciar\s+sesión|masuk|đăng\s+nhập)\b|"
    r"登录|登入|ログイン|로그인|เข้าสู่ระบบ", re.IGNORECASE
)  # fmt: skip
_SCRIPT = re.compile(r"javascript|java\s?script", re.IGNORECASE)


def judge(article: Article, page: Page, site: Site | None = None) -> Rejection | None:
    """Why a page is no article, or None if it is one.

    Reasons: ``home_page``, ``section_page``, ``not_found``, ``consent_wall``, ``login_wall``,
    ``needs_script``, ``no_text``.
    """
    reading = read_page(page, site)
    reading.article = article
    return judge_reading(reading)


def judge_reading(reading: Reading) -> Rejection | None:
    """As `judge`, for a page that has been read."""
    article = reading.article
    declared = _declared_article(reading)
    verdict = _verdict(reading, declared)
    if verdict is None:
        return None
    reason, detail = verdict
    return Rejection(article.url, article.site, Stage.EXTRACT, reason, detail)


def _verdict(reading: Reading, declared: bool) -> tuple[str, str] | None:
    article = reading.article
    if not declared:
        if _is_home(reading):
            return "home_page", "the address is the root of the site"
        if _missing(reading):
            return "not_found", article.title[:120]
        if _consent(reading):
            return "consent_wall", article.title[:120]
        if reading.structured.seen.password and (not article.body or _LOGIN.search(article.title)):
            return "login_wall", article.title[:120]
        if (kind := _list_type(reading)) and not article.published_at:
            return "section_page", kind
        if _is_index(reading):
            return "section_page", "headings and teasers, no story"
    if not article.body:
        if article.article_type in {"gallery", "video"} and article.images and article.title:
            return None
        if _needs_script(reading):
            return "needs_script", "the text is drawn by a script"
        return "no_text", ""
    return None


def _declared_article(reading: Reading) -> bool:
    """Whether the page itself, its address or a feed of the site says it is an article."""
    structured, page, site = reading.structured, reading.page, reading.site
    if structured.article and types_of(structured.article) & (ARTICLE_TYPES - {"creativework"}):
        return True
    item = structured.item
    if item is not None and ("article" in item.type or "posting" in item.type):
        return True
    if structured.first("og:type").lower() in {"article", "news.article", "newsarticle"}:
        return not _is_home(reading)
    if structured.first("article:published_time", "citation_publication_date"):
        return not _is_home(reading)
    return False if site is None or site.article is None else bool(re.match(site.article, page.url))


def _is_home(reading: Reading) -> bool:
    parts = urlsplit(reading.article.url)
    path = parts.path.strip("/").lower()
    if parts.query or not parts.netloc:
        return False
    return path in {"", "index.html", "index.php", "index.htm", "home", "default.aspx"}


def _missing(reading: Reading) -> bool:
    seen, article = reading.structured.seen, reading.article
    if _MISSING_CLASS.search(seen.root_class):
        return True
    page_title = reading.document.text(seen.title) if seen.title >= 0 else ""
    heads = [article.title, page_title]
    heads += [reading.document.text(i) for i in seen.headings[:3]]
    if article.published_at:
        return False
    return any(len(head) < 120 and _MISSING.search(head) for head in heads)


def _consent(reading: Reading) -> bool:
    article, seen = reading.article, reading.structured.seen
    if article.published_at:
        return False
    words = len(_CONSENT_WORDS.findall(article.body[:20_000]))
    dense = words >= 3 and words * 400 >= min(len(article.body), 20_000)
    if _CONSENT_WORDS.search(article.title) and (words >= 2 or not article.body):
        return True
    walled = any(seen.roles[i] & _CONSENT for i in seen.noted)
    return dense or (walled and words >= 2 and words * 800 >= len(article.body))


def _list_type(reading: Reading) -> str:
    for node in reading.structured.jsonld.nodes:
        if found := types_of(node) & _LISTS:
            return min(found)
    return ""


def _is_index(reading: Reading) -> bool:
    """Many linked headings of equal rank, and little text that is not a link."""
    document, article, seen = reading.document, reading.article, reading.structured.seen
    candidate = reading.page.candidate
    if candidate is not None and candidate.via in {Via.FEED, Via.NEWS_SITEMAP, Via.API}:
        return False
    if article.published_at:
        return False
    linked = own = 0
    for i in seen.headings:
        inside = range(i + 1, min(document.end[i], i + 6))
        above = document.parent[i]
        if any(document.tags[k] == "a" for k in inside) or (
            above >= 0 and document.tags[above] == "a"
        ):
            linked += 1
        else:
            own += 1
    if len(seen.articles) >= 6 and linked >= 6 and reading.body.confidence < 0.9:
        return True
    return linked >= 10 and linked > 4 * own and reading.body.confidence < 0.75


def _needs_script(reading: Reading) -> bool:
    document = reading.document
    for i, tag in enumerate(document.tags):
        if tag == "noscript":
            pieces = document.texts[document.text_start[i] : document.text_end[i]]
            if _SCRIPT.search("".join(pieces)[:2_000]):
                return True
    return len(reading.structured.seen.scripts) > 0 and not any(
        document.tags[i] == "p" for i in range(len(document.tags))
    )
