"""Section pages: which links lead to articles, and where the next page is.

With a `Listing` that has selectors these decide; otherwise every link is judged by its URL, the
length of its text, and where it stands (in a heading, an ``article``, a navigation).
"""

from __future__ import annotations

from dataclasses import replace

from selectolax.lexbor import LexborHTMLParser, LexborNode

from newscrawl.discovery.archive_pages import following_page
from newscrawl.discovery.links import absolute_url, host_of
from newscrawl.discovery.page_tree import page_tree
from newscrawl.discovery.plain import MAX_TITLE
from newscrawl.discovery.readings import Notes, SectionReading
from newscrawl.discovery.selectors import attribute, first_value, select
from newscrawl.discovery.url_shape import UrlKind, UrlVerdict, judge_url
from newscrawl.items import Candidate, Via
from newscrawl.site import Listing, Site
from newscrawl.text import one_line

MAX_HTML = 10 * 1024 * 1024
MAX_LINKS = 20_000
"""Links of a page that are looked at."""
MAX_CANDIDATES = 1000
"""Candidates of a page that are kept, the best where there are more."""

_AWAY = {"nav", "header", "footer", "aside", "form"}
_AWAY_WORDS = ("nav", "menu", "footer", "breadcrumb", "social", "share", "sidebar", "pagination")
_HEADINGS = {"h1", "h2", "h3", "h4", "h5"}
_ITEMS = {"article", "li", "section", "figure", "dl", "tr"}
_LEVELS = 12  # ancestors that are looked at
_NEXT = (
    "link[rel~=next]",
    "a[rel~=next]",
    "a.next[href]",
    ".next > a[href]",
    ".nav-previous > a[href]",  # WordPress: older posts
    ".pagination-next a[href]",
    "a[aria-label*=Next]",
    "a[aria-label*=next]",
)
_ARROWS = " »›>→"
_NEXT_TEXTS = {
    "next", "next page", "older posts", "older", "trang sau", "tiếp", "selanjutnya", "berikutnya",
    "seterusnya", "susunod", "дараах",
    "下一页", "下一頁", "下页", "次へ", "次のページ", "다음",
    "ถัดไป", "หน้าถัดไป", "បន្ទាប់", "နောက်တစ်မျက်နှာ", "ຕໍ່ໄປ",
    "बाद में", "अगला", "পরবর্তী", "அடுத்து", "ඊළඟ", "اگلا",
}  # fmt: skip


def read_section(
    html: str,
    url: str,
    site: Site | None,
    listing: Listing | None = None,
    *,
    page: int | None = None,
) -> SectionReading:
    """The article links of a section page, in the page's order, each once.

    ``page`` is the page's number in the listing where the address does not tell it.
    Problems: ``empty``, ``bad_selector``, ``selector_no_match`` (the links were then found as
    without a listing), ``too_many_links``, ``no_links``. Never raises.
    """
    notes = Notes()
    if not html.strip():
        notes.add("empty")
        return SectionReading(problems=notes.freeze())
    if len(html) > MAX_HTML:
        notes.add("too_large", f"{len(html)} characters, {MAX_HTML} read")
    tree = page_tree(html[:MAX_HTML], notes)
    found: dict[str, tuple[int, Candidate]] = {}
    base = _base(tree, url)
    if listing is not None and (listing.item or listing.link):
        found = _by_selectors(tree, url, base, site, listing, notes)
        if not found:
            notes.add("selector_no_match", listing.item or listing.link or "")
    if not found:
        found = _by_looks(tree, url, base, site, notes)
    if not found:
        notes.add("no_links")
    candidates = _best(found, notes)
    following = _next_page(tree, url, base, listing, page) if candidates else None
    return SectionReading(candidates, following, notes.freeze())


def _base(tree: LexborHTMLParser, url: str) -> str:
    node = tree.css_first("base[href]")
    return (absolute_url(attribute(node, "href"), url) if node else None) or url


def _best(found: dict[str, tuple[int, Candidate]], notes: Notes) -> tuple[Candidate, ...]:
    if len(found) > MAX_CANDIDATES:
        notes.add("too_many_links", f"{len(found)} candidates, {MAX_CANDIDATES} kept")
        keep = set(sorted(found, key=lambda x: -found[x][0])[:MAX_CANDIDATES])
        found = {key: value for key, value in found.items() if key in keep}
    return tuple(candidate for _, candidate in found.values())


def _by_selectors(
    tree: LexborHTMLParser,
    url: str,
    base: str,
    site: Site | None,
    listing: Listing,
    notes: Notes,
) -> dict[str, tuple[int, Candidate]]:
    found: dict[str, tuple[int, Candidate]] = {}
    root = tree.root
    if root is None:
        return found
    items = select(root, listing.item, notes) if listing.item else [root]
    for item in items[:MAX_LINKS]:
        links = select(item, listing.link, notes) if listing.link else _links_of(item)
        for link in links if not listing.item else links[:1] or _links_of(item)[:1]:
            address = absolute_url(_address_of(link), base)
            if address is None:
                continue
            verdict = judge_url(address, site)
            if verdict.kind is UrlKind.REFUSED or verdict.reason == "home":
                continue
            context = item if listing.item else link
            title = first_value(context, listing.title, notes) if listing.title else None
            candidate = Candidate(
                url=address,
                site=site.name if site else "",
                via=Via.SECTION,
                source_url=url,
                title=title or _title(link, item if listing.item else None),
                published_raw=(
                    first_value(context, listing.published, notes) if listing.published else None
                )
                or (_time_in(item) if listing.item else None),
                section=listing.section,
            )
            _add(found, 100, candidate)
    return found


def _address_of(link: LexborNode) -> str | None:
    own = attribute(link, "href")
    if own is None and (inner := link.css_first("a[href]")) is not None:
        own = attribute(inner, "href")
    return own


def _links_of(item: LexborNode) -> list[LexborNode]:
    """The links of an item, one in a heading first; the item itself if it is a link."""
    if item.tag == "a" and attribute(item, "href"):
        return [item]
    for selector in ("h1 a[href], h2 a[href], h3 a[href], h4 a[href]", "a[href]"):
        if links := item.css(selector):
            return links
    node, steps = item.parent, 0
    while node is not None and steps < 3:
        if node.tag == "a" and attribute(node, "href"):
            return [node]
        node, steps = node.parent, steps + 1
    return []


def _by_looks(
    tree: LexborHTMLParser, url: str, base: str, site: Site | None, notes: Notes
) -> dict[str, tuple[int, Candidate]]:
    found: dict[str, tuple[int, Candidate]] = {}
    links = tree.css("a[href]")
    if len(links) > MAX_LINKS:
        notes.add("too_many_links", f"{len(links)} links, {MAX_LINKS} looked at")
    verdicts: dict[str, UrlVerdict] = {}
    here = url.partition("#")[0].rstrip("/")
    for link in links[:MAX_LINKS]:
        address = absolute_url(attribute(link, "href"), base)
        if address is None or address.rstrip("/") == here:
            continue
        verdict = verdicts.get(address)
        if verdict is None:
            verdict = verdicts[address] = judge_url(address, site)
        if verdict.kind in {UrlKind.REFUSED, UrlKind.SECTION}:
            continue
        if site is None and not _same_host(address, url):
            continue
        score, item = _score(link, verdict)
        if score < 4:
            continue
        candidate = Candidate(
            url=address,
            site=site.name if site else "",
            via=Via.SECTION,
            source_url=url,
            title=_title(link, item),
            published_raw=_time_in(item) if item is not None else None,
        )
        _add(found, score, candidate)
    return found


def _same_host(address: str, url: str) -> bool:
    return host_of(address) == host_of(url)


def _add(found: dict[str, tuple[int, Candidate]], score: int, candidate: Candidate) -> None:
    """Keep each address once, where it stood first, with the best text and time of all links."""
    known = found.get(candidate.url)
    if known is None:
        found[candidate.url] = (score, candidate)
        return
    best, first = known
    title = first.title
    if candidate.title and len(candidate.title) > len(title or "") and score >= best:
        title = candidate.title
    merged = replace(
        first, title=title, published_raw=first.published_raw or candidate.published_raw
    )
    found[candidate.url] = (max(best, score), merged)


def _score(link: LexborNode, verdict: UrlVerdict) -> tuple[int, LexborNode | None]:
    """How much a link looks like an article's (4 is enough), and the item that it stands in."""
    score = 4 if verdict.is_article else 0
    if verdict.reason == "site_article":
        score += 4
    text = one_line(link.text(deep=True))
    weight = len(text) + sum(
        1 for ch in text if ord(ch) > 0xDFF
    )  # dense scripts say more a character
    if weight >= 24:
        score += 2
    elif text and weight < 8 and not verdict.is_article:
        score -= 2
    if text and (text.lower() in _NEXT_TEXTS or not any(ch.isalpha() for ch in text)):
        score -= 4  # page numbers and arrows
    item: LexborNode | None = None
    node: LexborNode | None = link
    if link.css_first("h1, h2, h3, h4, h5") is not None:
        score += 2
    for _ in range(_LEVELS):
        node = node.parent if node is not None else None
        if node is None or node.tag in {"body", "html"}:
            break
        tag = node.tag or ""
        if tag in _HEADINGS:
            score += 2
        if tag in _ITEMS and item is None:
            item = node
            score += 1 if tag == "article" else 0
        if tag in _AWAY:
            score -= 3
            break
        names = f"{attribute(node, 'class') or ''} {attribute(node, 'id') or ''}".lower()[:400]
        if any(word in names for word in _AWAY_WORDS):
            score -= 2
            break
    if verdict.reason == "site_article" and (not text or any(ch.isalpha() for ch in text)):
        score = max(score, 4)
    return score, item


def _title(link: LexborNode, item: LexborNode | None) -> str | None:
    text = one_line(link.text(deep=True))[:MAX_TITLE]
    if not text and item is not None:
        heading = item.css_first("h1, h2, h3, h4, h5")
        text = one_line(heading.text(deep=True))[:MAX_TITLE] if heading is not None else ""
    return text or (one_line(attribute(link, "title") or "")[:MAX_TITLE] or None)


def _time_in(item: LexborNode) -> str | None:
    times = item.css("time[datetime]")
    if not times or len(item.css("time[datetime]")) > 2:
        return None  # the item holds several stories: none of the times is this one's
    return (attribute(times[0], "datetime") or "").strip()[:64] or None


def _next_page(
    tree: LexborHTMLParser, url: str, base: str, listing: Listing | None, page: int | None
) -> str | None:
    if listing is not None and "{page}" in listing.url:
        return following_page(listing, url, page)
    here = url.partition("#")[0]
    for selector in _NEXT:
        for node in tree.css(selector)[:3]:
            address = absolute_url(_address_of(node), base)
            if address and address != here and _same_host(address, url):
                return address
    for node in tree.css("a[href]")[-400:]:
        text = (node.text(deep=True) or "").strip().lower()
        if text and len(text) <= 24 and (text.strip(_ARROWS) in _NEXT_TEXTS or text in _ARROWS):
            address = absolute_url(attribute(node, "href"), base)
            if address and address != here and _same_host(address, url):
                return address
    return None
