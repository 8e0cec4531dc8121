"""Good inputs of every kind, written for this purpose: what the fuzz begins from."""

# ruff: noqa: E501 (markup and lists of pieces read better unbroken)
from __future__ import annotations

import gzip
import json

_PARAGRAPHS = "".join(
    f"<p>The office said on Tuesday that part {n} of the repair would begin after the rains.</p>"
    for n in range(4)
)
_JSONLD = {
    "@context": "https://schema.org",
    "@graph": [
        {
            "@type": "NewsArticle", "@id": "https://paper.example/news/1#a",
            "headline": "Bridge repair &amp; rains", "datePublished": "2026-11-24T08:00:00+07:00",
            "dateModified": "2026-11-24", "author": [{"@type": "Person", "name": "Sok Dara"}, "Desk"],
            "publisher": {"@type": "Organization", "name": "The Paper"}, "articleSection": ["News"],
            "keywords": "bridge, rain", "image": {"url": "https://paper.example/a.jpg", "width": 1200},
            "isAccessibleForFree": "False", "inLanguage": "km-KH", "wordCount": 120,
            "articleBody": "សេចក្តីថ្លែងការណ៍ that part of the repair would begin.\nSecond line.",
            "mainEntityOfPage": {"@id": "https://paper.example/news/1"}, "license": "https://x.example/l",
        },
        {"@type": "BreadcrumbList", "itemListElement": [{"position": 1, "name": "News", "item": "/n"}]},
    ],
}  # fmt: skip
PAGE = (
    '<!doctype html><html lang="km"><head><meta charset="utf-8"><title>Bridge repair | The Paper</title>'
    '<meta property="og:type" content="article"><meta property="og:title" content="Bridge repair">'
    '<meta property="article:published_time" content="2026-11-24T08:00:00+07:00">'
    '<link rel="canonical" href="/news/2026/11/24/bridge-repair-1234.html"><base href="/x/">'
    f'<script type="application/ld+json">{json.dumps(_JSONLD)}</script></head><body>'
    '<nav><a href="/">Home</a></nav><article itemscope itemtype="http://schema.org/NewsArticle">'
    '<h1 itemprop="headline">Bridge repair</h1><div class="by">By Sok Dara | Phnom Penh Post</div>'
    '<time datetime="2026-11-24T08:00">២៤ វិច្ឆិកា ២០២៦</time><figure><img src="a.jpg" width="600" '
    'srcset="b.jpg 2x, c.jpg 800w" alt="x"><figcaption>A bridge. Photo: Dara</figcaption></figure>'
    f"<p>PHNOM PENH (AFP) - It will begin.</p>{_PARAGRAPHS}<ul><li>one</li></ul><table><tr><td>1</td>"
    '</tr></table><blockquote>q</blockquote><div class="share">Share</div><pre>x</pre></article>'
    '<a class="next" href="?page=2">next</a><footer>© 2026</footer></body></html>'
).encode()
PAGES = (
    PAGE,
    b"<html><body><div><p>short<p>another<br>line<br><br>more text of a page without any mark",
    "<title>ข่าว</title><h1>ข่าวด่วน</h1><div>กรุงเทพฯ 24 พ.ย. 2567 เวลา 10.30 น. ฝนตกหนัก</div>".encode(
        "cp874"
    ),
    "<meta charset=shift_jis><h1>橋の工事</h1><p>２０２６年１１月２４日　令和８年</p>".encode(
        "cp932"
    ),
)
JSONLD = (
    json.dumps(_JSONLD, ensure_ascii=False).encode(),
    b'{"@type":"Article","headline":"x\\ud800","datePublished":1732406400000,"author":{"name":["a",{}]}}',
    b'[{"@type":["NewsArticle"],"name":"y","articleBody":"a\nb","image":["a.jpg",{"@id":"#1"}]},]',
    b'<!--//<![CDATA[\n{"@type":"NewsArticle","headline":"a "quoted" word",}//]]>-->',
    b'{"props":{"pageProps":{"article":{"title":"Bridge","publishedAt":"2026-11-24","body":"<p>a</p>"}}}}',
)
FEEDS = (
    """<?xml version="1.0" encoding="utf-8"?><!DOCTYPE rss [<!ENTITY a "b">]>
<rss xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/" version="2.0"><channel><title>ข่าว &amp; x</title>
<language>th</language><item><title><![CDATA[ก & ข]]></title><link>https://paper.example/1</link>
<guid isPermaLink="false">p?=1</guid><pubDate>Tue, 24 Nov 2026 10:00:00 +0700</pubDate>
<dc:creator>Dara</dc:creator><category>News</category><description>&lt;p&gt;x&nbsp;&#150;</description>
<content:encoded><![CDATA[<p>whole</p>]]></content:encoded><media:content url="a.jpg" medium="image"/>
<enclosure url="a.jpg" type="image/jpeg"/></item></channel></rss>""".encode(),
    b"""<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en" xml:base="https://paper.example/"><title>t</title>
<entry xml:base="/x/"><title type="html">a &lt;b&gt;b&lt;/b&gt;</title><link href="y" rel="alternate"/>
<id>tag:paper.example,2026:1</id><updated>2026-11-24T10:00:00Z</updated><author><name>Dara</name></author>
<summary type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">s</div></summary></entry></feed>""",
    b"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">
<item rdf:about="https://paper.example/1"><title>t</title><link>https://paper.example/1</link></item></rdf:RDF>""",
    b'{"version":"https://jsonfeed.org/version/1.1","title":"t","items":[{"id":1,"url":"/a","title":"x",'
    b'"content_html":"<p>a</p>","date_published":"2026-11-24T10:00:00Z","authors":[{"name":"D"}],"tags":[1]}]}',
)
_SITEMAP = b"""<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
xmlns:news="http://www.google.com/schemas/sitemap-news/0.9" xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
<url><loc>https://paper.example/1</loc><lastmod>2026-11-10T10:00:00+07:00</lastmod><news:news><news:publication>
<news:name>The Paper</news:name><news:language>en</news:language></news:publication><news:title>t</news:title>
<news:publication_date>2026-11-10</news:publication_date><news:keywords>a, b</news:keywords></news:news>
<image:image><image:loc>https://paper.example/a.jpg</image:loc></image:image></url></urlset>"""
SITEMAPS = (
    _SITEMAP,
    b"<sitemapindex><sitemap><loc>/2.xml</loc><lastmod>2026-11-10</lastmod></sitemap></sitemapindex>",
    b"https://paper.example/1\nhttps://paper.example/2\r\n\xef\xbb\xbf",
    gzip.compress(_SITEMAP, mtime=0),
    FEEDS[0],
)
LISTS = (
    b'[{"id":7,"date":"2026-11-24T10:00:00","date_gmt":"2026-11-24T03:00:00","link":"https://paper.example/7",'
    b'"title":{"rendered":"A &#8217; b"},"excerpt":{"rendered":"<p>e</p>"}}]',
    b'{"stories":[{"url":"https://paper.example/s","headline":"h","published-at":1732406400000}],"total":1}',
    b'{"items":[{"url":"/a-b-c-1234.html","title":"x","date":"24/11/2026","section":["News",{"a":1}]}]}',
    b"""<html lang="th"><head><link rel="alternate" type="application/rss+xml" href="/f"></head><body><nav>
<a href="/n/">n</a></nav><article><h2 class="card-headline"><a href="/2026/11/10/ab-cd-12">Story of roads</a></h2>
<time datetime="2026-11-10"></time></article><a rel="next" href="?p=2">x</a></body></html>""",
)
ROBOTS = (
    b"User-agent: *\nDisallow: /secret/*.html$\nAllow: /secret/index.html\nCrawl-delay: 2.5\n\n"
    b"User-agent: newscrawl\nUser-agent: other\nDisallow: /%e1%9e%80\nSitemap: /sitemap.xml\n",
    b"\xef\xbb\xbfUSER-AGENT :  *\rdisallow /a # x\r\nnoindex: /\nsitemap: https://[::1/x\n",
    b"\xff\xfeU\x00s\x00e\x00r\x00-\x00a\x00g\x00e\x00n\x00t\x00:\x00*\x00\n\x00",
)
DATES = tuple(
    text.encode()
    for text in (
        "24 November 2026 10:30 PM ICT", "Tue, 24 Nov 2026 10:00:00 +0700", "2026-11-24T10:00:00.123Z",
        "ថ្ងៃអង្គារ ទី២៤ ខែវិច្ឆិកា ឆ្នាំ២០២៦ ម៉ោង ១០:៣០", "24 พ.ย. 2567 เวลา 10.30 น.", "令和8年11月24日 午後3時5分",
        "民國115年11月24日", "२०८३ मंसिर ८ गते मङ्गलबार", "3 hours ago", "yesterday at noon", "11/10/2026",
        "1732406400000", "၂၀၂၆ ခုနှစ် နိုဝင်ဘာ ၂၄", "Published: 24/11/26 | Updated: 25.11.2026 00:01 GMT+5:30",
        "2026년 11월 24일 오후 3:05", "24 tháng 11, 2026 - 08:15 (GMT+7)", "১৪ অগ্রহায়ণ ১৪৩৩", "28 نوفمبر 2026",
    )
)  # fmt: skip
URLS = tuple(
    text.encode()
    for text in (
        "https://www.paper.example:443/a/../b//c.html?utm_source=x&b=2&a=1#frag", "http://127.0.0.1:8800/x",
        "//paper.example/ข่าว?q=%E0%B8%81+%2f", "http://[::ffff:10.0.0.1]/", "http://0x7f.1/", "https://xn--p1ai/",
        "https://user:pw@paper.example\\@evil.example/", "https://paper.example/amp/x?outputType=amp",
        "https://web.archive.org/web/2026/https://paper.example/x", "https://t.co/a?url=https%3A%2F%2Fp.example",
        "HTTPS://PAPER.EXAMPLE./%7Ea/;p=1?", "https://例え.テスト/道?a[]=1&a[]=2", "https://paper.example/?p=123&page=2",
    )
)  # fmt: skip
TOML = (
    b"""[[site]]
name = "plain"
title = "Plain"
country = "KH"
languages = ["km", "en"]
timezone = "Asia/Phnom_Penh"
domains = ["plain.example"]
home = "https://plain.example/"
feeds = ["https://plain.example/feed.xml"]
article = 'https://plain\\.example/\\d+'
day_first = true
delay = 1.5
[[site.layouts]]
body = ["article p", ".x::attr(y)"]
until = 2024-12-31
[[site.listings]]
url = "https://plain.example/?page={page}"
kind = "json"
max_pages = 3
[site.verified]
evidence = "x"
as_of = "2026-11"
""",
    b'[site]\nname = "a"\ncountry = 5\n',
)
_TEXTS = {
    "tis-620": "กรุงเทพฯ ฝนตกหนัก", "shift_jis": "橋の工事が始まる", "big5": "民國一百一十五年", "gb18030": "新华社北京",
    "euc-kr": "서울 한강", "utf-16": "ข่าว", "iso-2022-jp": "令和八年", "windows-1258": "Hà Nội", "utf-7": "a é b",
    "koi8-r": "новости дня",
}  # fmt: skip
CHARSETS = tuple(
    label.encode() + b"\n<html><p>" + text.encode(label, "ignore") * 5
    for label, text in _TEXTS.items()
)
_HTTP = (
    b'HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nRetry-After: 120\r\nETag: W/"x"\r\n'
    b"Date: Tue, 24 Nov 2026 10:00:00 GMT\r\nSet-Cookie: a=b; Path=/\r\nX-Robots-Tag: noarchive\r\n\r\n"
)
_CHUNKED = (
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n\r\n"
    + b"%x\r\n" % len(gzip.compress(PAGE, mtime=0))
    + gzip.compress(PAGE, mtime=0)
    + b"\r\n0\r\n\r\n"
)
HEADERS = (
    _HTTP + b"<html><h1>x</h1>", _CHUNKED, b"Tue, 24 Nov 2026 11:00:00 GMT\n120\n-1\n1e9\n99999999999\n0.5",
    b"HTTP/1.0 200\nContent-Type: text/html\n\n<p>x", b"gzip, deflate\x1f\x8b\x08",
)  # fmt: skip


def _record(type_: str, block: bytes, extra: bytes = b"") -> bytes:
    head = (
        f"WARC/1.1\r\nWARC-Type: {type_}\r\nWARC-Target-URI: https://paper.example/1\r\n"
        "WARC-Date: 2026-11-24T03:04:05Z\r\nWARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-000000000001>"
        f"\r\nContent-Length: {len(block)}\r\n"
    )
    return head.encode() + extra + b"\r\n" + block + b"\r\n\r\n"


_NOTE = json.dumps(
    {
        "site": "paper", "home": "https://paper.example/", "spider": "paper", "run_id": "r",
        "requested_url": "https://paper.example/1", "final_url": "https://paper.example/1",
        "fetched_at": "2026-11-24T03:04:05+00:00", "first_seen_at": "2026-11-24T03:04:05+00:00",
        "candidate": {"url": "https://paper.example/1", "site": "paper", "via": "feed", "title": "t"},
    }
).encode()  # fmt: skip
_RESPONSE = _record(
    "response", _HTTP + PAGE, b"Content-Type: application/http; msgtype=response\r\n"
)
_METADATA = _record(
    "metadata",
    _NOTE,
    b"WARC-Concurrent-To: <urn:uuid:00000000-0000-4000-8000-000000000001>\r\n"
    b"Content-Type: application/vnd.newscrawl.page+json\r\n",
)
WARC = (
    _record("warcinfo", b"software: x\r\n") + _METADATA + _RESPONSE,
    gzip.compress(_METADATA, mtime=0) + gzip.compress(_RESPONSE, mtime=0),
    _METADATA,
    _record("resource", PAGE[:400], b"Content-Type: text/html\r\n"),
)
EVIDENCE = (
    b"Bridge repair\nTue, 24 Nov 2026 10:00:00 +0700\n2026-11-24\nkm\nNews\nSok Dara\nSummary\n<p>Body</p>",
    "ข่าว\n24 พ.ย. 2567\n\nth-TH\n\nผู้สื่อข่าว\nx\n".encode(),
)
TEXTS = (
    b"Bridge repair\nBy Sok Dara, The Phnom Penh Post/Asia News Network\n24-Nov-2026\nPHNOM PENH - It began.\nimage-1.jpg",
    "Photo: Dara/AFP\nโดย ผู้สื่อข่าว\n(記者王小明／台北報導)\n【新华社】\nអត្ថបទដោយ៖ សុខ ដារា\nscroll to top".encode(),
)
STATE = (
    b'{"pages":30,"allowed":["a"],"lines":{"subscribe now":["Subscribe now",25,["t"]]}}',
    b"2026-01-01/2026-02-01\n2026-03-01/2026-02-01\nx",
)
LINES = (
    json.dumps({"id": 1, "url": "https://paper.example/1", "html": PAGE.decode()}).encode()
    + b"\n{}\n",
    b'{"id":"a","url":"x","html":""}\n[]\nnull\n{"id":{"a":[1]},"url":5,"html":7}\n{"id":2,"path":"../x"}\n\n',
)
