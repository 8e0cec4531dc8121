"""Listing APIs: the WordPress REST list of posts, and any JSON that dotted paths can read."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from newscrawl.discovery.archive_pages import following_page
from newscrawl.discovery.charsets import to_utf8
from newscrawl.discovery.json_values import as_list, as_object, as_text, at_path, load_json
from newscrawl.discovery.links import absolute_url
from newscrawl.discovery.packing import inflate
from newscrawl.discovery.plain import plain, plain_title
from newscrawl.discovery.readings import Notes, SectionReading
from newscrawl.discovery.sections import read_section
from newscrawl.discovery.url_shape import judge_url
from newscrawl.items import Candidate, Via
from newscrawl.site import Listing, Site
from newscrawl.text import one_line

MAX_BYTES = 16 * 1024 * 1024
MAX_POSTS = 1000
WORDPRESS_FIELDS = (
    "id,date,date_gmt,modified_gmt,link,title,content,excerpt,jetpack_featured_media_url"
)
_END = {"rest_post_invalid_page_number", "rest_invalid_param"}
_HTML = re.compile(rb"\s*<(?:!doctype\s+html|html|head|body)\b", re.I)


def wordpress_url(
    home: str, page: int = 1, *, per_page: int = 100, after: str | None = None,
    before: str | None = None,
) -> str:  # fmt: skip
    """The address of one page of a WordPress site's posts, newest first.

    ``after`` and ``before`` are ISO 8601 times by which the API filters (its local time).
    """
    query: dict[str, str | int] = {"per_page": per_page, "page": page}
    query |= {"orderby": "date", "order": "desc", "_fields": WORDPRESS_FIELDS}
    query |= {key: value for key, value in (("after", after), ("before", before)) if value}
    root = home.partition("?")[0].partition("#")[0].rstrip("/")
    return f"{root}/wp-json/wp/v2/posts?{urlencode(query, safe=',:')}"


def read_listing(
    body: bytes,
    url: str,
    site: Site | None,
    listing: Listing,
    content_type: str | None = None,
    *,
    page: int | None = None,
) -> SectionReading:
    """One page of a listing as candidates, by ``listing.kind``.

    Problems: ``empty``, ``html`` (an HTML answer of an API), ``not_json``, ``api_refused`` (the
    API's own error), ``no_entries``, ``no_address``. Never raises.
    """
    notes = Notes()
    data = to_utf8(inflate(body, MAX_BYTES, notes), content_type, notes)
    if listing.kind == "html":
        reading = read_section(data.decode("utf-8", "replace"), url, site, listing, page=page)
        problems = (*notes.freeze(), *reading.problems)
        return SectionReading(reading.candidates, reading.next_url, problems, reading.empty)
    if not data.strip():
        notes.add("empty")
        return SectionReading(problems=notes.freeze())
    if _HTML.match(data) and b'"' not in data[:20]:
        notes.add("html")
        return SectionReading(problems=notes.freeze())
    value = load_json(data, notes)
    posts = as_list(value) if listing.kind == "wordpress" else _items(value, listing)
    if not posts:
        return _without_posts(value, notes)
    name = site.name if site else ""
    found: dict[str, Candidate] = {}
    for post in map(as_object, posts[:MAX_POSTS]):
        candidate = (
            _wordpress_post(post, url, name)
            if listing.kind == "wordpress"
            else _json_post(post, url, name, listing)
        )
        if candidate is None:
            notes.add("no_address")
        elif judge_url(candidate.url, site).reason not in {"other_host", "site_not_article"}:
            found.setdefault(candidate.url, candidate)
    following = _following(url, listing, len(posts), page) if found else None
    return SectionReading(tuple(found.values()), following, notes.freeze())


def _without_posts(value: object, notes: Notes) -> SectionReading:
    code = as_text(as_object(value).get("code"))
    if code in _END:
        return SectionReading(problems=notes.freeze(), empty=True)
    if code:
        notes.add("api_refused", f"{code}: {as_text(as_object(value).get('message')) or ''}")
    elif value == [] or (value and not notes.problems):
        if value != []:
            notes.add("no_entries")
        return SectionReading(problems=notes.freeze(), empty=value == [])
    return SectionReading(problems=notes.freeze())


def _items(value: object, listing: Listing) -> list[object]:
    found = at_path(value, listing.item or "")
    if isinstance(found, dict):
        # Lists keyed by id or position.
        found = list(found.values())
    return as_list(found)


def _rendered(value: object) -> str | None:
    return as_text(as_object(value).get("rendered")) if isinstance(value, dict) else as_text(value)


def _utc(value: object) -> str | None:
    """A ``*_gmt`` time as it would stand with its zone: the API leaves the Z out."""
    text = as_text(value)
    if not text or text.startswith("0000"):
        return None
    return text if text.endswith("Z") or "+" in text else text + "Z"


def _wordpress_post(post: dict[str, object], url: str, site_name: str) -> Candidate | None:
    link = post.get("link")
    address = absolute_url(link, url) if isinstance(link, str) else None
    if address is None:
        return None
    embedded = as_object(post.get("_embedded"))
    media = as_object(next(iter(as_list(embedded.get("wp:featuredmedia"))), None))
    terms = [as_object(x) for group in as_list(embedded.get("wp:term")) for x in as_list(group)]
    names = [(as_text(x.get("taxonomy")), plain(as_text(x.get("name")))) for x in terms]
    authors = (plain(as_text(as_object(x).get("name"))) for x in as_list(embedded.get("author")))
    image = as_text(media.get("source_url")) or as_text(post.get("jetpack_featured_media_url"))
    return Candidate(
        url=address,
        site=site_name,
        via=Via.API,
        source_url=url,
        title=plain_title(_rendered(post.get("title"))),
        published_raw=_utc(post.get("date_gmt")) or as_text(post.get("date")),
        modified_raw=_utc(post.get("modified_gmt")) or as_text(post.get("modified")),
        section=next((name for kind, name in names if kind == "category" and name), None),
        keywords=tuple(name for kind, name in names if kind == "post_tag" and name),
        authors=tuple(x for x in authors if x),
        summary=plain(_rendered(post.get("excerpt"))),
        image_url=absolute_url(image, url) if image else None,
        publisher_id=one_line(as_text(post.get("id")) or "") or None,
        body_html=_rendered(post.get("content")),
    )


def _json_post(
    post: dict[str, object], url: str, site_name: str, listing: Listing
) -> Candidate | None:
    paths = (
        [listing.link] if listing.link else ["url", "link", "href", "permalink", "canonical_url"]
    )
    raw = next((x for x in (_text_at(post, path) for path in paths) if x), None)
    address = absolute_url(raw, _site_root(url) if raw and not raw.startswith("/") else url)
    if address is None:
        return None
    return Candidate(
        url=address,
        site=site_name,
        via=Via.API,
        source_url=url,
        title=plain_title(_text_at(post, listing.title or "title")),
        published_raw=_text_at(post, listing.published) if listing.published else None,
        section=listing.section and (_text_at(post, listing.section) or listing.section),
    )


def _site_root(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}/"


def _text_at(value: object, path: str) -> str | None:
    found = at_path(value, path)
    if isinstance(found, list):
        found = found[0] if found else None
    return as_text(found)


def _following(url: str, listing: Listing, count: int, page_given: int | None) -> str | None:
    if "{page}" in listing.url:
        return following_page(listing, url, page_given)
    if listing.kind != "wordpress":
        return None
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query, keep_blank_values=True))
    size, page = query.get("per_page", "10"), query.get("page", "1")
    if not (size.isdecimal() and page.isdecimal()) or count < int(size):
        return None
    if int(page) + 1 - listing.first_page >= listing.max_pages:
        return None
    query["page"] = str(int(page) + 1)
    return urlunsplit(parts._replace(query=urlencode(query, safe=",:")))
