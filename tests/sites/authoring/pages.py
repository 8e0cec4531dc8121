"""The page of one invented story in the anatomy of a site, and what must come out of it."""

from __future__ import annotations

import html
import json
from dataclasses import dataclass, field
from datetime import UTC
from typing import Any

from elements import Element, path, place
from words import Fill

from newscrawl.site import Layout, Site

_PLAIN_LAYOUT = Layout(title=("h1.entry-title",), body=("div.entry-content p",))
_RTL = {"ur"}


@dataclass(frozen=True, slots=True)
class Story:
    """An invented story on its way into a site's page."""

    site: Site
    language: str
    fill: Fill
    url: str
    title: str
    paragraphs: tuple[str, ...]
    standfirst: str
    caption: str
    bank: dict[str, Any]
    quirks: dict[str, Any] = field(default_factory=dict)

    @property
    def layout(self) -> Layout:
        return self.site.layout_for(self.fill.at.date()) or _PLAIN_LAYOUT

    @property
    def by(self) -> str:
        return str(self.quirks.get("by", "top"))

    @property
    def byline(self) -> str:
        return self.fill(self.quirks.get("byline") or self.bank["byline"])

    def clock(self) -> str:
        """The moment as the site's machine-readable dates have it."""
        at, kind = self.fill.at, self.quirks.get("meta", "local")
        if kind == "naive":
            return f"{at:%Y-%m-%d %H:%M:%S}"
        if kind == "utc":
            return at.astimezone(UTC).isoformat()
        if kind == "day":
            return f"{at:%Y-%m-%d}"
        if kind == "short":
            return f"{at:%Y-%m-%dT%H:%M%z}"
        if kind == "tight":
            return f"{at:%Y-%m-%dT%H:%M:%S%z}"
        if kind == "ampm":
            return f"{at:%Y-%m-%d %I:%M %p}"
        if self.quirks.get("day"):
            return at.replace(hour=0, minute=0).isoformat()
        return at.isoformat()


def page(story: Story) -> str:
    """The whole page."""
    head, body = _head(story), Element("div", {"class": "page"})
    body.children.append(_menu(story))
    _article(story, head, body)
    body.children.append(_around(story))
    direction = ' dir="rtl"' if story.language in _RTL else ""
    return (
        f'<!DOCTYPE html>\n<html lang="{story.language}"{direction}>\n<head>\n'
        + "\n".join(head)
        + f"\n</head>\n<body>\n{body.render()}</body>\n</html>\n"
    )


def expected(story: Story) -> dict[str, Any]:
    """What must come out of the page."""
    out: dict[str, Any] = {"title": story.title, "language": story.language}
    layout = story.layout
    in_capitals = "{NAME}" in story.quirks.get("byline", "")
    names = [story.fill.name.upper() if in_capitals else story.fill.name]
    if story.quirks.get("authors") == 2:
        names.append(story.fill.other)
    out["authors"] = [] if story.by == "none" else names
    if story.quirks.get("day"):
        out["published"] = f"{story.fill.at:%Y-%m-%d}"
        out["published_precision"] = "day"
    else:
        out["published"] = story.fill.at.isoformat()
    if layout.standfirst and story.standfirst:
        out["standfirst"] = story.standfirst
    if layout.tags:
        out["tags"] = story.bank["tags"]
    if place_name := story.quirks.get("place"):
        out["dateline"] = place_name
    out["captions"] = [story.caption]
    out["body_paragraphs"] = list(story.paragraphs)
    return out


def _head(story: Story) -> list[str]:
    site, title = story.site, html.escape(story.title)
    lines = [
        '<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{title} | {html.escape(site.title)}</title>",
        f'<meta property="og:title" content="{title}">',
        f'<meta property="og:site_name" content="{html.escape(site.title)}">',
        '<meta property="og:type" content="article">',
        f'<meta property="og:url" content="{story.url}">',
        f'<link rel="canonical" href="{story.url}">',
    ]
    if story.quirks.get("source") == "og":
        lines.append(f'<meta property="article:published_time" content="{story.clock()}">')
    if story.quirks.get("source") == "jsonld" or story.by == "jsonld":
        lines.append(f'<script type="application/ld+json">{_jsonld(story)}</script>')
    return lines


def _jsonld(story: Story) -> str:
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": story.title,
        "publisher": {"@type": "NewsMediaOrganization", "name": story.site.title},
    }
    if story.quirks.get("source") == "jsonld":
        data["datePublished"] = story.clock()
    if story.by == "jsonld":
        data["author"] = [{"@type": "Person", "name": story.fill.name}]
    return json.dumps(data, ensure_ascii=False)


def _menu(story: Story) -> Element:
    links = "".join(
        f'<li><a href="/section-{i}">{word}</a></li>' for i, word in enumerate(story.bank["menu"])
    )
    logo = f'<a class="logo" href="/">{html.escape(story.site.title)}</a>'
    # five headers that differ as sites do
    shape = story.fill.number % 5
    tag, name = [
        ("header", "site-header"),
        ("div", "topbar"),
        ("nav", "main-nav"),
        ("div", "masthead"),
        ("header", "navbar"),
    ][shape]
    return Element(tag, {"class": name}, [logo, f"<ul>{links}</ul>"])


def _article(story: Story, head: list[str], body: Element) -> None:
    layout, quirks = story.layout, story.quirks
    main = Element(["main", "div", "section"][story.fill.number % 3], {"class": "content-area"})
    body.children.append(main)
    _put(main, head, layout.title or ("h1",), story.title, "h1")
    if layout.standfirst and story.standfirst:
        _put(main, head, layout.standfirst, story.standfirst, "p")
    if story.by in {"top", "meta"}:
        if layout.byline:
            _put(main, head, layout.byline, _in_field(story), "span")
        else:
            main.children.append(Element("div", {"class": "byline"}, [html.escape(story.byline)]))
    if layout.published:
        if "::attr(" in layout.published[0]:
            _put(main, head, layout.published, story.clock(), "time")
        else:
            _put(main, head, layout.published, story.fill(quirks["date"]), "span")
    if quirks.get("source") == "text":
        main.children.append(Element("div", {"class": "date"}, [story.fill(quirks["date"])]))
    picture = '<img src="/images/story.jpg" alt="" width="800">'
    if layout.caption:
        caption = path(layout.caption[0].partition("::")[0], "figcaption")
        outer = caption[:-1] if len(caption) > 1 else [Element("figure")]
        place(main, outer).children += [picture, caption[-1]]
        caption[-1].children.append(html.escape(story.caption))
    else:
        figure = Element("figure", {}, [picture])
        figure.children.append(Element("figcaption", {}, [html.escape(story.caption)]))
        main.children.append(figure)
    _text(story, main)
    if layout.tags:
        for tag in story.bank["tags"]:
            _put(main, head, layout.tags, tag, "a")


def _in_field(story: Story) -> str:
    return story.fill.name if story.by == "meta" else story.byline


def _put(
    main: Element, head: list[str], selectors: tuple[str, ...], value: str, last_tag: str
) -> None:
    selector, _, ending = selectors[0].partition("::")
    elements = path(selector, last_tag)
    last = elements[-1]
    if ending.startswith("attr("):
        last.attrs[ending[5:-1]] = value
        if last.tag == "div":
            last.tag = "meta"
        if last.tag == "meta":
            head.append(elements[0].render() if len(elements) == 1 else last.render())
            return
        last.children.append(value[:16].replace("T", " "))
    else:
        last.children.append(html.escape(value))
    place(main, elements)


def _text(story: Story, main: Element) -> None:
    quirks = story.quirks
    selector = (story.layout.body or ("div.story-text p",))[0]
    elements = path(selector, "p")
    if elements[-1].tag == "p" and len(elements) > 1:
        paragraph, container = elements[-1], elements[:-1]
    else:
        paragraph, container = Element("p"), elements
    lines = [html.escape(text) for text in story.paragraphs]
    lines[0] = _dateline(story) + lines[0]
    lines[2:2] = [html.escape(text) for text in quirks.get("mid", ())]
    if story.by == "first":
        lines.insert(0, html.escape(story.byline))
    lines += [
        html.escape(story.fill(text)).replace("\n", "<br>") for text in quirks.get("tail", ())
    ]
    if quirks.get("br"):
        filled: list[Element | str] = ["<br><br>\n".join(lines)]
    else:
        filled = [Element(paragraph.tag, dict(paragraph.attrs), [line]) for line in lines]
    innermost = place(main, container)
    innermost.children += filled


def _dateline(story: Story) -> str:
    text = html.escape(story.fill(story.quirks.get("dateline", "")))
    if not text or not story.layout.dateline:
        return text
    element = path(story.layout.dateline[0], "span")[-1]
    element.children.append(text)
    return element.render()


def _around(story: Story) -> Element:
    links = "".join(
        f'<li><a href="/other-story-{i}">{html.escape(text)}</a></li>'
        for i, text in enumerate(story.bank["related"])
    )
    related = Element("aside", {"class": "related"})
    related.children = [f"<h3>{story.bank['label']}</h3><ul>{links}</ul>"]
    extra = [f"<p>{html.escape(line)}</p>" for line in story.site.boilerplate]
    title = html.escape(story.site.title)
    footer = Element("footer", {}, [f"<p>© 2026 {title}. {story.bank['rights']}</p>"])
    return Element("div", {"class": "below"}, [related, *extra, footer])
