"""What names the stories of a paper: feeds, news sitemap, REST list, robots.txt."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC
from email.utils import format_datetime
from html import escape

from newscrawl.demo.routes import story_url, variants
from newscrawl.demo.world import Paper, Story

_TRACKED = "?utm_source=rss&utm_medium=feed"


def robots_txt(paper: Paper) -> str:
    """The rules of a paper: members' pages are closed, the news sitemap is named."""
    lines = ["User-agent: *", "Disallow: /members/", "Disallow: /search"]
    if paper.style == "news_sitemap":
        lines += ["", f"Sitemap: {paper.home}news-sitemap.xml"]
    return "\n".join(lines) + "\n"


def rss(paper: Paper) -> str:
    """RSS 2.0, with the links that mail and social tools track, and one link to an AMP page."""
    items: list[str] = []
    for number, story in enumerate(paper.stories):
        url = story_url(paper, story)
        if paper.style == "rss":
            items.append(_rss_item(paper, story, url + _TRACKED))
            amp = variants(paper, story).get("amp")
            if number == 1 and amp:
                items.append(_rss_item(paper, story, paper.home.rstrip("/") + amp))
        else:
            items.append(_rss_item(paper, story, url))
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" '
        'xmlns:atom="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/elements/1.1/">\n'
        f"<channel><title>{escape(paper.title)}</title><link>{paper.home}</link>"
        f"<language>{paper.languages[0]}</language>\n{''.join(items)}</channel></rss>\n"
    )


def _rss_item(paper: Paper, story: Story, link: str) -> str:
    modified = story.modified.isoformat()
    return (
        f"<item><title>{escape(story.title)}</title><link>{escape(link)}</link>"
        f'<guid isPermaLink="false">{paper.name}-{story.slug}</guid>'
        f"<dc:creator>{escape(story.author)}</dc:creator>"
        f"<category>{escape(story.section)}</category>"
        f"<pubDate>{format_datetime(story.published)}</pubDate>"
        f"<atom:updated>{modified}</atom:updated></item>\n"
    )


def atom(paper: Paper) -> str:
    """Atom (RFC 4287)."""
    entries = "".join(
        f"<entry><title>{escape(story.title)}</title><id>tag:{paper.host},2024:{story.slug}</id>"
        f'<link rel="alternate" href="{story_url(paper, story)}"/>'
        f"<author><name>{escape(story.author)}</name></author>"
        f"<published>{story.published.isoformat()}</published>"
        f"<updated>{story.modified.isoformat()}</updated>"
        f"<summary>{escape(story.paragraphs[0])}</summary></entry>\n"
        for story in paper.stories
    )
    newest = max(story.modified for story in paper.stories).isoformat()
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" '
        f'xml:lang="{paper.languages[0]}"><title>{escape(paper.title)}</title>'
        f"<id>{paper.home}</id><updated>{newest}</updated>\n{entries}</feed>\n"
    )


def json_feed(paper: Paper) -> str:
    """JSON Feed 1.1."""
    items = [
        {
            "id": f"{paper.name}-{story.slug}",
            "url": story_url(paper, story),
            "title": story.title,
            "summary": story.paragraphs[0],
            "date_published": story.published.isoformat(),
            "date_modified": story.modified.isoformat(),
            "authors": [{"name": story.author}],
            "tags": [story.section],
            "language": paper.languages[0],
        }
        for story in paper.stories
    ]
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": paper.title,
        "home_page_url": paper.home,
        "feed_url": f"{paper.home}feed.json",
        "language": paper.languages[0],
        "items": items,
    }
    return json.dumps(feed, ensure_ascii=False, indent=1)


def news_sitemap(paper: Paper) -> str:
    """A news sitemap (sitemaps.org with Google's ``news`` elements), one print page in it."""
    entries: list[str] = []
    for number, story in enumerate(paper.stories):
        links = [story_url(paper, story)]
        if number == 0:
            links += (paper.home.rstrip("/") + path for path in variants(paper, story).values())
        entries += (_sitemap_entry(paper, story, link) for link in links)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">\n'
        f"{''.join(entries)}</urlset>\n"
    )


def _sitemap_entry(paper: Paper, story: Story, link: str) -> str:
    return (
        f"<url><loc>{escape(link)}</loc><lastmod>{story.modified.isoformat()}</lastmod>"
        f"<news:news><news:publication><news:name>{escape(paper.title)}</news:name>"
        f"<news:language>zh-cn</news:language></news:publication>"
        f"<news:publication_date>{story.published.isoformat()}</news:publication_date>"
        f"<news:title>{escape(story.title)}</news:title></news:news></url>\n"
    )


def wordpress_posts(paper: Paper, page: int, per_page: int) -> tuple[str, int] | None:
    """A page of ``/wp-json/wp/v2/posts`` and the number of pages; None after the last."""
    pages = max(1, -(-len(paper.stories) // per_page))
    if not 1 <= page <= pages:
        return None
    shown = paper.stories[(page - 1) * per_page : page * per_page]
    posts = [_post(paper, story) for story in shown]
    return json.dumps(posts, ensure_ascii=False), pages


def _post(paper: Paper, story: Story) -> dict[str, object]:
    published = story.published.astimezone(UTC).replace(tzinfo=None)
    modified = story.modified.astimezone(UTC).replace(tzinfo=None)
    return {
        "id": _post_id(paper.stories, story),
        "date": story.published.replace(tzinfo=None).isoformat(),
        "date_gmt": published.isoformat(),
        "modified_gmt": modified.isoformat(),
        "link": story_url(paper, story),
        "slug": story.slug,
        "title": {"rendered": escape(story.title)},
        "excerpt": {"rendered": f"<p>{escape(story.standfirst or story.paragraphs[0])}</p>"},
    }


def _post_id(stories: Iterable[Story], story: Story) -> int:
    """Counted from the oldest, so that a new story moves no number."""
    ordered = sorted(stories, key=lambda s: (s.published, s.slug))
    return 5_000 + ordered.index(story)
