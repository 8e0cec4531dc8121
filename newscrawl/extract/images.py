"""The pictures of a story, each with caption, credit and size where the page gives them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from newscrawl.extract.dom import Document
from newscrawl.extract.jsonld import first_text, plain, texts
from newscrawl.extract.picture_captions import beside, by_layout
from newscrawl.extract.roles import Role
from newscrawl.extract.structured import Structured
from newscrawl.items import Image
from newscrawl.site import Layout

MAX_IMAGES = 60
_MAX_URL = 2_000
_MAX_LOOKED_AT = 600  # pictures and figures; a gallery has fewer
_MAX_CAPTION = 2_000
_SMALL = 120  # CSS pixels; below this a picture is an icon, an avatar or a tracking pixel
_NOT_HERE = int(Role.ASIDE | Role.TEASER | Role.BRAND | Role.BIO | Role.BYLINE)
_TEASER = int(Role.TEASER)
_LAZY = (
    "data-src", "data-original", "data-lazy-src", "data-orig-file", "data-full-src", "data-srcset",
    "data-lazy", "data-image", "data-url", "data-echo", "data-hi-res-src", "data-large-file",
)  # fmt: skip
_DECORATION = re.compile(
    r"(?:^|[/_.-])(?:logo|icon|icons|avatar|gravatar|pixel|spacer|blank|placeholder|sprite|favicon|"
    r"loading|transparent|1x1|default[-_]image|no[-_]image|emoji|badge|button|share)(?:[/_.-]|$)|"
    r"\.svg(?:$|\?)|^data:|doubleclick|scorecardresearch|/beacon",
    re.IGNORECASE,
)
_SIZE = re.compile(r"^\s*([0-9]{1,5})")


def read_images(
    document: Document,
    structured: Structured,
    container: int = -1,
    headline: int = -1,
    layout: Layout | None = None,
) -> list[Image]:
    """Pictures of the story: by the site's captions, in figures or the body, by the page's data.

    ``container`` is the index of the body's element, ``headline`` of the headline, -1 if unknown;
    a figure or a picture with a caption between the two belongs to the story as well. Addresses
    are absolute http(s). A picture that comes twice is kept once, with the caption and size of
    either.
    """
    found: dict[str, Image] = {}
    for image in (
        *_by_layout(document, structured, layout),
        *_printed(document, structured, container, headline),
        *_declared(document, structured),
    ):
        if len(found) >= MAX_IMAGES:
            break
        key = _key(image.url)
        known = found.get(key)
        found[key] = image if known is None else _joined(known, image)
    lead = _key(document.absolute(structured.first("og:image", "og:image:url", "twitter:image")))
    return sorted(found.values(), key=lambda image: _key(image.url) != lead)


def _key(url: str) -> str:
    """What is the same for all sizes of one picture: its file name without size marks."""
    path = urlsplit(url).path.rsplit("/", 1)[-1].lower() if url else ""
    path = re.sub(
        r"[-_@](?:[0-9]{2,4}x[0-9]{2,4}|[0-9]x|scaled|thumb|large|medium)(?=\.)", "", path
    )
    return path if len(path) > 6 and "." in path else url


def _joined(a: Image, b: Image) -> Image:
    return Image(
        url=a.url,
        caption=a.caption or b.caption,
        credit=a.credit or b.credit,
        width=a.width or b.width,
        height=a.height or b.height,
    )


def _declared(document: Document, structured: Structured) -> Iterator[Image]:
    yield from _of_jsonld(document, structured, structured.article.get("image"), 0)
    urls = structured.all("og:image", "og:image:url", "og:image:secure_url")
    widths, heights = structured.all("og:image:width"), structured.all("og:image:height")
    for n, url in enumerate(urls[:10]):
        yield from _made(
            document,
            url,
            width=_pixels(widths[n] if n < len(widths) else None),
            height=_pixels(heights[n] if n < len(heights) else None),
        )
    if not urls:
        for url in structured.all("twitter:image", "twitter:image:src", "sailthru.image.full")[:2]:
            yield from _made(document, url)


def _of_jsonld(
    document: Document, structured: Structured, value: Any, depth: int
) -> Iterator[Image]:
    if depth > 4:
        return
    value = structured.jsonld.resolve(value)
    if isinstance(value, str):
        yield from _made(document, value)
    elif isinstance(value, list):
        for entry in value[:MAX_IMAGES]:
            yield from _of_jsonld(document, structured, entry, depth + 1)
    elif isinstance(value, dict):
        address = value.get("contentUrl") or value.get("url") or value.get("@id")
        if isinstance(address, list | dict):
            yield from _of_jsonld(document, structured, address, depth + 1)
        elif isinstance(address, str):
            credit = first_text(value, "creditText", "copyrightNotice", "author", "copyrightHolder")
            yield from _made(
                document,
                address,
                caption=first_text(value, "caption", "description"),
                credit=credit,
                width=_pixels(next(iter(texts(value.get("width"))), None)),
                height=_pixels(next(iter(texts(value.get("height"))), None)),
            )


def _printed(
    document: Document, structured: Structured, container: int, headline: int
) -> Iterator[Image]:
    seen = structured.seen
    figures = [(i, document.end[i]) for i in seen.figures[:_MAX_LOOKED_AT]]
    first, last = (container, document.end[container]) if container >= 0 else (0, 0)
    start = max(0, (headline if headline >= 0 else first) - 60)
    for i in seen.images[:_MAX_LOOKED_AT]:
        figure = next((f for f in figures if f[0] < i < f[1]), None)
        zone = seen.zone[i]
        above = start < i < first
        if above and figure is not None and not seen.zone[document.parent[figure[0]]] & _NOT_HERE:
            zone &= ~_TEASER  # "post-thumbnail": the story's own, where it stands above the text
        inside = first < i < last
        if not inside and not above and (figure is None or last):
            continue
        caption, credit = beside(document, structured, i, figure)
        if not inside and ((figure is None and not caption) or zone & _NOT_HERE):
            continue
        if zone & _NOT_HERE & ~seen.zone[container]:
            continue
        attrs = document.attrs[i]
        width, height = _pixels(attrs.get("width")), _pixels(attrs.get("height"))
        if (width is not None and width < _SMALL) or (height is not None and height < _SMALL // 2):
            continue
        yield from _made(
            document, _source(attrs), caption=caption, credit=credit, width=width, height=height
        )


def _by_layout(
    document: Document, structured: Structured, layout: Layout | None
) -> Iterator[Image]:
    if layout is None or not layout.caption:
        return
    for i, caption, credit in by_layout(document, structured, layout):
        attrs = document.attrs[i]
        yield from _made(
            document,
            _source(attrs),
            caption=caption,
            credit=credit,
            width=_pixels(attrs.get("width")),
            height=_pixels(attrs.get("height")),
        )


def _source(attrs: dict[str, str | None]) -> str:
    for name in _LAZY:
        value = attrs.get(name)
        if value and not value.startswith("data:"):
            return value.split(",")[0].split()[0] if " " in value.strip() else value
    source = attrs.get("src") or ""
    if not source or source.startswith("data:"):
        candidates = (attrs.get("srcset") or "").split(",")
        source = candidates[-1].split()[0] if candidates[-1].split() else ""
    return source


def _made(
    document: Document,
    url: str,
    *,
    caption: str = "",
    credit: str = "",
    width: int | None = None,
    height: int | None = None,
) -> Iterator[Image]:
    url = plain(url)
    if not url or len(url) > _MAX_URL or _DECORATION.search(url):
        return
    address = document.absolute(url)
    if not address.startswith(("http://", "https://")) or address.rstrip("/") == document.url:
        return
    yield Image(
        url=address,
        caption=caption[:_MAX_CAPTION] or None,
        credit=credit[:300] or None,
        width=width,
        height=height,
    )


def _pixels(value: str | None) -> int | None:
    if value and (match := _SIZE.match(value)) and "%" not in value:
        number = int(match[1])
        return number if 0 < number < 30_000 else None
    return None
