"""The pages of the demo's papers as HTML: each paper has an anatomy of its own."""

from __future__ import annotations

import json
from html import escape

from newscrawl.demo.routes import section_path, story_path, story_url, variants
from newscrawl.demo.world import Paper, Story

PER_PAGE = 2  # stories on a page of a section

_THAI_MONTHS = (
    "มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน",
    "กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม",
)  # fmt: skip
_LABELS = {
    "km": ("ដោយ", "អត្ថបទ​ថ្មីៗ"),
    "th": ("โดย", "ข่าวล่าสุด"),
    "my": ("ရေးသားသူ", "နောက်ဆုံးရသတင်းများ"),
    "zh-Hans": ("记者", "最新报道"),
    "bn": ("লেখক:", "সর্বশেষ"),
    "en": ("By", "Latest"),
}


def article_page(paper: Paper, story: Story, variant: str = "") -> str:
    """The page of a story; ``variant`` is empty, ``amp`` or ``print``."""
    if paper.style == "hub":
        main = _hub_story(story)
    elif paper.style == "rss":
        main = _portal_story(paper, story, variant)
    else:
        main = _plain_story(paper, story)
    return _document(paper, story.title, main, _head(paper, story, variant), bare=bool(variant))


def home_page(paper: Paper) -> str:
    """The front page: every story that robots may read."""
    items = "".join(_teaser(paper, story) for story in paper.stories if not story.closed)
    feed = ""
    if paper.style == "discovered":
        feed = '<link rel="alternate" type="application/rss+xml" title="RSS" href="/feed.xml">'
    return _document(paper, paper.title, f'<div class="front">{items}</div>', feed)


def section_page(paper: Paper, section: str, page: int) -> str | None:
    """A page of a section, empty after the last; None if there is no such section."""
    stories = [story for story in paper.stories if story.section == section and not story.closed]
    first = (page - 1) * PER_PAGE
    shown = stories[first : first + PER_PAGE]
    if not stories:
        return None
    items = "".join(_teaser(paper, story) for story in shown)
    paging = ""
    if first + PER_PAGE < len(stories):
        href = escape(section_path(paper, section, page + 1))
        paging = f'<nav class="paging"><a rel="next" href="{href}">{page + 1}</a></nav>'
    main = f'<h1 class="section">{escape(section)}</h1><div class="list">{items}</div>{paging}'
    return _document(paper, section, main, "")


def _teaser(paper: Paper, story: Story) -> str:
    stamp = story.published.isoformat()
    return (
        f'<article class="teaser"><h2 class="entry-title"><a href="{story_path(paper, story)}">'
        f"{escape(story.title)}</a></h2>"
        f'<time class="entry-date" datetime="{stamp}">{stamp[:10]}</time></article>\n'
    )


def _document(paper: Paper, title: str, main: str, head: str, *, bare: bool = False) -> str:
    language = paper.languages[0]
    links = "".join(
        f'<li><a href="{escape(section_path(paper, section))}">{escape(section)}</a></li>'
        for section in paper.sections
        if paper.style in {"hub", "sections", "discovered"}
    )
    latest = _LABELS[language][1]
    others = "".join(
        f'<li><a href="{story_path(paper, story)}">{escape(story.title)}</a></li>'
        for story in paper.stories[:3]
        if not story.closed
    )
    around = (
        ("", "")
        if bare
        else (
            f'<header class="site"><a class="logo" href="/">{escape(paper.title)}</a>'
            f"<nav><ul>{links}</ul></nav></header>\n",
            f'<aside class="sidebar"><h3>{latest}</h3><ul>{others}</ul></aside>\n'
            f"<footer><p>© 2024 {escape(paper.title)}</p>"
            f"{_to_top(paper)}</footer>\n",
        )
    )
    return (
        f'<!DOCTYPE html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)} | {escape(paper.title)}</title>\n{head}</head>\n<body>\n"
        f"{around[0]}<main>\n{main}\n</main>\n{around[1]}</body>\n</html>\n"
    )


def _to_top(paper: Paper) -> str:
    return '<a href="#top">scroll to top</a>' if paper.style == "hub" else ""


def _head(paper: Paper, story: Story, variant: str) -> str:
    url = story_url(paper, story)
    lines = [f'<link rel="canonical" href="{url}">', '<meta property="og:type" content="article">']
    if not variant and (amp := variants(paper, story).get("amp")):
        lines.append(f'<link rel="amphtml" href="{paper.home.rstrip("/")}{amp}">')
    lines.append(f'<meta property="og:title" content="{escape(story.title)}">')
    lines.append(f'<meta property="og:site_name" content="{escape(paper.title)}">')
    if paper.style in {"wordpress", "discovered", "atom"}:
        for name, moment in (("published", story.published), ("modified", story.modified)):
            lines.append(f'<meta property="article:{name}_time" content="{moment.isoformat()}">')
    if paper.style in {"rss", "news_sitemap", "jsonfeed"}:
        lines.append(f'<script type="application/ld+json">{_json_ld(paper, story)}</script>')
    return "\n".join(lines) + "\n"


def _json_ld(paper: Paper, story: Story) -> str:
    record = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": story.title,
        "datePublished": story.published.isoformat(),
        "dateModified": story.modified.isoformat(),
        "author": {"@type": "Person", "name": story.author},
        "publisher": {"@type": "Organization", "name": paper.title},
        "articleSection": story.section,
        "inLanguage": paper.languages[0],
        "mainEntityOfPage": story_url(paper, story),
    }
    return json.dumps(record, ensure_ascii=False).replace("</", "<\\/")


def _body(story: Story) -> str:
    first, *rest = story.paragraphs
    return "\n".join(f"<p>{escape(p, quote=False)}</p>" for p in (story.dateline + first, *rest))


def _hub_story(story: Story) -> str:
    """The anatomy of the founding example: byline twice, source paper, file name, caption."""
    day = f"{story.published:%B} {story.published.day}, {story.published.year}"
    figure = ""
    if story.picture:
        figure = (
            f'<figure class="lead"><img src="/uploads/{story.picture}" alt="{story.picture}">'
            f'<p class="image-title">{story.picture}</p>'
            f"<figcaption>{escape(story.caption or '')} {escape(story.credit or '')}</figcaption>"
            "</figure>\n"
        )
    source = f'<p class="publisher">{escape(story.source)}</p>\n' if story.source else ""
    author = escape(story.author)
    return (
        f'<article class="post">\n<h1 class="entry-title">{escape(story.title)}</h1>\n'
        f'<div class="excerpt"><p>{escape(story.standfirst or "")}</p></div>\n'
        f'<div class="meta"><p class="author">{author}</p>\n'
        f'<p class="author-link"><a rel="author" href="/author/">{author}</a></p>\n'
        f'{source}</div>\n{figure}<p class="post-date">{day}</p>\n'
        f'<div class="entry-content articlebody">\n{_body(story)}\n</div>\n</article>'
    )


def _portal_story(paper: Paper, story: Story, variant: str) -> str:
    """A portal's page: Buddhist year in print, share bar, a prompt between the paragraphs."""
    when = story.published
    printed = f"{when.day} {_THAI_MONTHS[when.month - 1]} {when.year + 543}, {when:%H:%M} น."
    body = _body(story).split("\n")
    others = [other for other in paper.stories if other.slug != story.slug and not other.closed]
    if not variant and others:
        other = others[0]
        prompt = (
            f'<p><strong>อ่านเพิ่มเติม: <a href="{story_path(paper, other)}">'
            f"{escape(other.title)}</a></strong></p>"
        )
        body.insert(1, prompt)
    share = "" if variant else '<div class="share"><a>แชร์</a> <a>Facebook</a> <a>LINE</a></div>'
    return (
        f'<article>\n<h1 class="headline">{escape(story.title)}</h1>\n'
        f'<div class="byline">โดย <span class="author">{escape(story.author)}</span>'
        f' <span class="date">{printed}</span></div>\n{share}\n'
        '<div class="story-body">\n' + "\n".join(body) + "\n</div>\n</article>"
    )


def _plain_story(paper: Paper, story: Story) -> str:
    by = _LABELS[paper.languages[0]][0]
    stamp = story.published.isoformat()
    standfirst = figure = ""
    if story.standfirst:
        standfirst = f'<p class="standfirst">{escape(story.standfirst)}</p>\n'
    if story.picture:
        figure = (
            f'<figure><img src="/media/{story.picture}" alt=""><figcaption>'
            f"{escape(story.caption or '')} {escape(story.credit or '')}</figcaption></figure>\n"
        )
    return (
        f'<article>\n<h1 class="headline">{escape(story.title)}</h1>\n{standfirst}'
        f'<p class="byline">{by} <span class="author">{escape(story.author)}</span></p>\n'
        f'<time class="published" datetime="{stamp}">{stamp[:10]}</time>\n{figure}'
        f'<div class="story-body">\n{_body(story)}\n</div>\n</article>'
    )
