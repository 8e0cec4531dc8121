"""JSON Feed 1.0 and 1.1 (jsonfeed.org)."""

from __future__ import annotations

from newscrawl.discovery.feed_entries import Parsed
from newscrawl.discovery.feed_fields import FeedEntry
from newscrawl.discovery.json_values import as_list, as_object, as_text, load_json
from newscrawl.discovery.readings import Notes


def parse_json_feed(utf8: bytes, url: str, notes: Notes, limit: int) -> Parsed:
    """The items of a JSON Feed; kind ``unknown`` for any other JSON. Never raises."""
    feed = as_object(load_json(utf8, notes))
    items = as_list(feed.get("items"))
    version = as_text(feed.get("version")) or ""
    if "jsonfeed" not in version and not any("url" in as_object(x) for x in items[:5]):
        return Parsed()
    parsed = Parsed(
        kind="json", title=as_text(feed.get("title")), language=as_text(feed.get("language"))
    )
    parsed.base = url
    shared = _authors(feed)
    for item in map(as_object, items[:limit]):
        if not item:
            continue
        entry = FeedEntry(
            title=as_text(item.get("title")),
            link=as_text(item.get("url")) or as_text(item.get("external_url")),
            guid=as_text(item.get("id")),
            published=as_text(item.get("date_published")),
            modified=as_text(item.get("date_modified")),
            summary=as_text(item.get("summary")) or as_text(item.get("content_text")),
            body=as_text(item.get("content_html")),
            image=as_text(item.get("image")) or as_text(item.get("banner_image")),
            language=as_text(item.get("language")),
        )
        entry.categories = [x for x in map(as_text, as_list(item.get("tags"))) if x]
        entry.authors = _authors(item) or shared
        parsed.entries.append(entry)
    return parsed


def _authors(holder: dict[str, object]) -> list[str]:
    people = as_list(holder.get("authors")) or [holder.get("author")]
    names = (as_text(as_object(person).get("name")) for person in people)
    return [name for name in names if name]
