"""Feeds of every kind become candidates with their evidence as written."""

from __future__ import annotations

import gzip
import json
import zlib

import pytest

from newscrawl.discovery import read_feed
from newscrawl.items import Candidate, Via

URL = "https://paper.example/feeds/all.xml"


def read(body: str | bytes, content_type: str | None = None) -> list[Candidate]:
    data = body.encode() if isinstance(body, str) else body
    return list(read_feed(data, URL, content_type, "paper").candidates)


RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/">
<channel><title>Paper</title><link>https://paper.example/</link><language>km-KH</language>
<item>
 <title>ក្រុងអនុម័ត &amp;amp; ថវិកាផ្លូវ</title>
 <link> https://paper.example/national/roads-1/?a=1&amp;b=2 </link>
 <guid isPermaLink="false">https://paper.example/?p=4711</guid>
 <pubDate>Tue, 10 Nov 2026 08:30:00 +0700</pubDate>
 <dc:creator><![CDATA[Vann Example]]></dc:creator>
 <category>National</category><category>Roads</category>
 <description><![CDATA[<p>The council <b>voted</b>.</p><script>x()</script>]]></description>
 <content:encoded><![CDATA[<p>The council voted &nbsp; at night.</p>]]></content:encoded>
 <media:content url="/img/road.jpg" medium="image"><media:title>Not the title</media:title>
 </media:content>
</item>
</channel></rss>"""


def test_rss_evidence_is_kept() -> None:
    reading = read_feed(RSS.encode(), URL, "application/rss+xml", "paper")
    assert (reading.kind, reading.entries, reading.title) == ("rss", 1, "Paper")
    assert reading.problems == ()
    (found,) = reading.candidates
    assert found == Candidate(
        url="https://paper.example/national/roads-1/?a=1&b=2",
        site="paper",
        via=Via.FEED,
        source_url=URL,
        title="ក្រុងអនុម័ត & ថវិកាផ្លូវ",
        published_raw="Tue, 10 Nov 2026 08:30:00 +0700",
        language="km-KH",
        keywords=("National", "Roads"),
        authors=("Vann Example",),
        summary="The council voted.",
        image_url="https://paper.example/img/road.jpg",
        publisher_id="4711",
        body_html="<p>The council voted &nbsp; at night.</p>",
    )


def test_atom_with_several_links_and_xml_base() -> None:
    (found,) = read(
        """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="th" xml:base="https://paper.example/x/">
        <title>ก</title><entry xml:base="y/"><title type="html">ข่าว &lt;b&gt;หลัก&lt;/b&gt;</title>
        <link rel="self" href="self.xml"/><link rel="enclosure" type="image/png" href="p.png"/>
        <link rel="alternate" type="text/html" href="story.html"/>
        <id>tag:paper.example,2026:77</id><published>2026-11-10T08:30:00Z</published>
        <updated>2026-11-11T08:30:00Z</updated><author><name>สมชาย</name><email>a@b.example</email>
        </author><category term="politics" label="การเมือง"/>
        <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>เนื้อ</p></div></content>
        </entry></feed>"""
    )
    assert found.url == "https://paper.example/x/y/story.html"
    assert found.title == "ข่าว หลัก"
    assert (found.published_raw, found.modified_raw) == (
        "2026-11-10T08:30:00Z",
        "2026-11-11T08:30:00Z",
    )
    assert found.authors == ("สมชาย",)
    assert found.keywords == ("การเมือง",)
    assert found.language == "th"
    assert found.image_url == "https://paper.example/x/y/p.png"
    assert found.body_html is not None
    assert "<p>เนื้อ</p>" in found.body_html
    assert found.publisher_id == "tag:paper.example,2026:77"


def test_rdf_items_beside_the_channel() -> None:
    found = read(
        """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
        xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
        <channel rdf:about="https://paper.example/"><title>t</title></channel>
        <item rdf:about="https://paper.example/1"><title>One</title>
        <dc:date>2026-11-10</dc:date><dc:subject>World</dc:subject></item>
        <item rdf:about="x"><title>Two</title><link>https://paper.example/2</link></item></rdf:RDF>"""
    )
    assert [x.url for x in found] == ["https://paper.example/1", "https://paper.example/2"]
    assert found[0].published_raw == "2026-11-10"
    assert found[0].keywords == ("World",)


def test_cdf_and_json_feed() -> None:
    (cdf,) = read(
        '<CHANNEL HREF="https://p.example/"><ITEM HREF="/a"><TITLE>A</TITLE></ITEM></CHANNEL>'
    )
    assert (cdf.url, cdf.title) == ("https://paper.example/a", "A")
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "P",
        "items": [
            {
                "id": 5,
                "url": "/story",
                "title": "T",
                "content_html": "<p>b</p>",
                "date_published": "2026-11-10T08:30:00+07:00",
                "authors": [{"name": "A"}],
                "tags": ["x", 3, None],
            },
            "junk",
            {"title": "no address"},
        ],
    }
    reading = read_feed(json.dumps(feed).encode(), URL, "application/json", "paper")
    assert reading.kind == "json"
    (found,) = reading.candidates
    assert found.url == "https://paper.example/story"
    assert found.published_raw == "2026-11-10T08:30:00+07:00"
    assert (found.publisher_id, found.authors, found.keywords) == ("5", ("A",), ("x", "3"))
    assert [x.word for x in reading.problems] == ["no_address"]


@pytest.mark.parametrize(
    ("broken", "count"),
    [
        (
            "<item><title>A</title><link>https://p.example/a</link><description><br><p>x</description></item>",
            2,
        ),
        ("<item><title>A & B < C</title><link>https://p.example/a?x=1&y=2</link></item>", 2),
        ("<item><title>A</title><link>https://p.example/a</link></itme>", 2),
        ("<item><title><![CDATA[A]]</title><link>https://p.example/a</link></item>", 2),
        ("<item><title>A</title><link>https://p.example/a</link><media:x></item>", 2),
        ("</item></channel><item><link>https://p.example/a</link></item>", 2),
        ("<item><title>A</title><link>nonsense://</link></item>", 1),
    ],
)
def test_one_broken_entry_does_not_cost_the_next(broken: str, count: int) -> None:
    good = "<item><title>Good</title><link>https://p.example/good</link></item>"
    found = read(f"<rss><channel>{broken}{good}</channel></rss>")
    assert "https://p.example/good" in [x.url for x in found]
    assert len(found) == count
    assert next(x for x in found if x.url.endswith("good")).title == "Good"


def test_fields_stay_with_their_entry_in_a_broken_feed() -> None:
    items = "".join(
        f"<item><title>T{n}</title><description><br><b>bold {n}</description>"
        f"<pubDate>{n} Nov 2026 08:00:00 +0700</pubDate><link>https://p.example/{n}</link></item>"
        for n in range(1, 6)
    )
    found = read(f"<rss><channel><title>C</title>{items}</channel></rss>")
    assert [(x.title, x.published_raw, x.url) for x in found] == [
        (f"T{n}", f"{n} Nov 2026 08:00:00 +0700", f"https://p.example/{n}") for n in range(1, 6)
    ]
    assert found[0].summary == "bold 1"


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("a&nbsp;b", "a b"),
        ("a&mdash;b", "a—b"),
        ("caf&eacute;", "café"),
        ("&#8220;x&#8221;", "“x”"),
        ("&#147;x&#148;", "“x”"),
        ("&#x96;", "–"),
        ("R&D", "R&D"),
        ("a &unknown; b", "a &unknown; b"),
        ("x&#0;y&#xFFFF;z", "xyz"),
        ("2 &lt; 3", "2 < 3"),
        ("&lt;b&gt;bold&lt;/b&gt;", "bold"),
        ("<![CDATA[Tom & Jerry &amp; Co]]>", "Tom & Jerry & Co"),
    ],
)
def test_entities_in_titles(raw: str, text: str) -> None:
    (found,) = read(
        f"<rss><channel><item><title>{raw}</title><link>https://p.example/</link></item></channel></rss>"
    )
    assert found.title == text


THAI = "สภาเทศบาลอนุมัติงบประมาณซ่อมถนนสายหลัก"


@pytest.mark.parametrize(
    ("encoding", "declared", "header"),
    [
        ("utf-8", "utf-8", None),
        ("utf-8", "iso-8859-1", "text/xml; charset=iso-8859-1"),
        ("cp874", "tis-620", None),
        ("cp874", None, "application/xml; charset=windows-874"),
        ("cp874", None, None),
        ("utf-16", "utf-16", None),
        ("utf-16-le", "utf-8", None),
        ("utf-32", None, None),
    ],
)
def test_encodings(encoding: str, declared: str | None, header: str | None) -> None:
    head = f'<?xml version="1.0" encoding="{declared}"?>' if declared else ""
    text = f"{head}<rss><channel><item><title>{THAI}</title><link>https://p.example/</link></item></channel></rss>"
    (found,) = read(text.encode(encoding), header)
    assert found.title == THAI


def test_a_few_damaged_bytes_do_not_change_the_encoding() -> None:
    body = f"<rss><channel><item><title>{THAI * 3}x</title><link>https://p.example/</link></item></channel></rss>"
    damaged = body.encode().replace(b"x</title>", b"\xe0x\xff</title>")
    (found,) = read(damaged)
    assert found.title is not None
    assert found.title.startswith(THAI)


def test_packed_bodies() -> None:
    plain = RSS.encode()
    assert read(gzip.compress(plain)) == read(plain)
    assert read(gzip.compress(gzip.compress(plain))) == read(plain)
    assert read(zlib.compress(plain)) == read(plain)
    two = gzip.compress(plain[:300]) + gzip.compress(plain[300:])
    assert read(two) == read(plain)


def test_a_cut_gzip_gives_what_came_before_and_says_so() -> None:
    items = "".join(f"<item><link>https://p.example/{n * 7919}</link></item>" for n in range(500))
    packed = gzip.compress(f"<rss><channel>{items}</channel></rss>".encode())
    reading = read_feed(packed[: len(packed) // 2], URL, None, "paper")
    assert 50 < len(reading.candidates) < 500
    assert reading.problems[0].word == "compressed_cut"
    assert all(x.url[18:].isdigit() and int(x.url[18:]) % 7919 == 0 for x in reading.candidates)


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("<!DOCTYPE html><html><body><h1>Not found</h1></body></html>", "html"),
        ("\n<html lang=th><head><title>x</title>", "html"),
        ("", "empty"),
        ("   \n", "empty"),
        ("not a feed", "unknown"),
        ('{"error": 404}', "unknown"),
        ('<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"></urlset>', "sitemap"),
    ],
)
def test_what_is_no_feed_is_recognised(body: str, kind: str) -> None:
    reading = read_feed(body.encode(), URL, "text/html", "paper")
    assert (reading.kind, reading.candidates) == (kind, ())
    assert kind in [x.word for x in reading.problems]


def test_an_empty_feed_is_a_feed() -> None:
    reading = read_feed(b"<rss><channel><title>x</title></channel></rss>", URL, None, "paper")
    assert reading.kind == "rss"
    assert [x.word for x in reading.problems] == ["no_entries"]


def test_entity_declarations_are_dead() -> None:
    laughs = '<!ENTITY a "ha">' + "".join(
        f'<!ENTITY {x} "&{y};&{y};&{y};&{y};&{y};&{y};&{y};&{y};">'
        for x, y in zip("bcdefghij", "abcdefghi", strict=True)
    )
    body = (
        f'<!DOCTYPE r [{laughs}<!ENTITY x SYSTEM "file:///etc/passwd"><!ENTITY own "kept">]>'
        "<rss><channel><item><title>&j;&x;&own;</title><link>https://p.example/1</link></item>"
        "<item><title>Good</title><link>https://p.example/2</link></item></channel></rss>"
    )
    found = read(body)
    assert [x.url for x in found] == ["https://p.example/1", "https://p.example/2"]
    assert found[0].title is not None
    assert len(found[0].title) < 100
    assert "root:" not in found[0].title
    assert found[0].title.endswith("kept")


def test_the_address_behind_a_feed_service() -> None:
    (found,) = read(
        '<rss xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0"><channel><item>'
        "<link>https://feeds.example/~r/1</link>"
        "<feedburner:origLink>https://paper.example/story</feedburner:origLink></item></channel></rss>"
    )
    assert found.url == "https://paper.example/story"


def test_undeclared_prefixes_keep_their_meaning() -> None:
    (found,) = read(
        "<rss><channel><item><media:title>m</media:title><title>T</title><dc:creator>A</dc:creator>"
        "<content:encoded>&lt;p&gt;b&lt;/p&gt;</content:encoded><link>https://p.example/</link>"
        "</item></channel></rss>"
    )
    assert (found.title, found.authors, found.body_html) == ("T", ("A",), "<p>b</p>")


def test_a_link_cut_at_the_end_is_not_taken_for_a_whole_one() -> None:
    body = (
        "<rss><channel><item><link>https://p.example/1</link></item><item><link>https://p.example/2"
    )
    assert [x.url for x in read(body)] == ["https://p.example/1"]


def test_limits_are_said() -> None:
    items = "<item><link>https://p.example/%d</link></item>"
    body = "<rss><channel>" + "".join(items % n for n in range(5200)) + "</channel></rss>"
    reading = read_feed(body.encode(), URL, None, "paper")
    assert len(reading.candidates) == 5000
    assert "too_many_entries" in [x.word for x in reading.problems]


def test_same_fingerprint_for_the_same_addresses() -> None:
    one = read_feed(RSS.encode(), URL, None, "paper")
    other = read_feed(RSS.replace("08:30", "09:30").encode(), URL + "?page=2", None, "paper")
    assert one.fingerprint == other.fingerprint != ""
