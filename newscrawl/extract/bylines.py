"""Every statement of authorship on a page: who says it, and in which words.

Read are JSON-LD, microdata, the many meta elements, ``rel=author`` and links to author pages,
elements whose class says byline, and lines near the headline or at the end of the text that begin
as bylines do ("By", "von", "作者：").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from newscrawl.extract.dom import Document
from newscrawl.extract.jsonld import first_text, texts, types_of
from newscrawl.extract.roles import Role
from newscrawl.extract.structured import Structured
from newscrawl.text import one_line

MAX_AUTHORS = 50
_MAX_BYLINE_CHARS = 240
_MAX_BYLINE_ELEMENTS = 60
_NEAR = 60  # elements after the headline that a byline stands within
_FAR = 500  # and within which a marked line is looked for at all
_BYLINE = int(Role.BYLINE)
_NOT_HERE = int(Role.ASIDE | Role.TEASER | Role.BIO | Role.CAPTION)
_BIO = int(Role.BIO)
_PROFILE = re.compile(
    r"/(?:authors?|autor(?:en|es)?|auteurs?|writers?|reporters?|journalists?|contributors?|by|"
    r"profiles?|columnists?|staff|people|team|redaktion|penulis|bio|experts?|users?)/[^/?#]{3,}|"
    r"[?&]author=",
    re.IGNORECASE,
)
_META = {
    "author": "meta_author", "byl": "meta_author", "authors": "meta_author",
    "byline": "meta_author", "parsely-author": "meta_parsely", "sailthru.author": "meta_parsely",
    "cxenseparse:author": "meta_parsely", "citation_author": "meta_citation",
    "dc.creator": "meta_citation", "dcterms.creator": "meta_citation",
    "dc:creator": "meta_citation", "article:author": "meta_article",
    "article:author_name": "meta_article", "og:article:author": "meta_article",
    "og:author": "meta_article", "book:author": "meta_article", "article.author": "meta_article",
    "creator": "meta_other", "mrc__share_author": "meta_other", "dable:author": "meta_other",
    "news_author": "meta_other", "content_author": "meta_other", "article-author": "meta_other",
    "vf:author": "meta_other", "lp.article:author": "meta_other", "dcsext.author": "meta_other",
    "shareaholic:article_author_name": "meta_other",
}  # fmt: skip
_WRITTEN_BY = re.compile(
    r"written by|author|von|verfasst|geschrieben|escrito|écrit|par|autor|oleh|ditulis|作者|撰稿|"
    r"投稿者|執筆|yazar|door|scritto|作成者|напис", re.IGNORECASE
)  # fmt: skip
# A quick look whether a line may begin as a byline does, before it is taken apart.
_MARK = re.compile(
    r"\s*+\W{0,3}+(?:(?:\w+\s+)?by\b|von\s|par\s|por\s|di\s|door\s|oleh\b|autor|auteur|author|reporter|"
    r"text|penulis|pewarta|laporan|作者|撰文|撰稿|文[/／:：]|编译|采写|[\u3400-\u9fff]{0,8}[记記]者|"
    r"โดย|ผู้เขียน|ដោយ|ໂດຍ|প্রতিবেদক|লেখক|लेखक|автор|текст|tác giả)",
    re.IGNORECASE,
)
_ONLY_MARK = re.compile(
    r"\s*(?:(?:written|posted|words|story|article|published|reported)\s+)?(?:by|von|par|oleh|author|autor|penulis|reporter|"
    r"作者|撰文|文|记者|記者|โดย|ដោយ|автор|tác giả|লেখক|लेखक)\s*[:：]?\s*",
    re.IGNORECASE,
)
_JOINED = re.compile(
    r"(?:\b(?:by|and|und|et|y|e|och|og|en|dan|và|von|par|por|di|door|oleh|with|the|of)|[&,:：、|/])$",
    re.IGNORECASE,
)
_JOINS = re.compile(r"^(?:[&,:：、|/)]|(?:and|und|et|y|och|og|dan|và)\b)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Byline:
    """A statement of authorship: the text, which kind of source makes it, and where it stands.

    ``source`` names the rule for provenance; ``element`` is an index into the document, -1 for
    metadata.
    """

    raw: str
    kind: str
    source: str
    element: int = -1


def read_bylines(
    document: Document, structured: Structured, headline: int = -1, last_line: str = ""
) -> list[Byline]:
    """All statements of a page.

    ``headline`` is the element of its headline, -1 if unknown; ``last_line`` the last paragraph of
    the text, where many papers of the region sign.
    """
    out = [
        *_jsonld(structured),
        *_microdata(structured),
        *_metas(structured),
        *_links(document, structured),
        *_classes(document, structured),
        *_marked(document, structured, headline),
        *_han_marked(document, structured),
        *_unmarked(document, structured, headline),
        *_signed(last_line),
    ]
    return out[:200]


def _jsonld(structured: Structured) -> Iterator[Byline]:
    value = structured.article.get("author") or structured.article.get("creator")
    for entry in (value if isinstance(value, list) else [value])[:MAX_AUTHORS]:
        resolved: Any = structured.jsonld.resolve(entry)
        if isinstance(resolved, dict):
            name = first_text(resolved, "name", "alternateName")
            if not name and ("givenName" in resolved or "familyName" in resolved):
                given, family = (
                    first_text(resolved, "givenName"),
                    first_text(resolved, "familyName"),
                )
                name = f"{given} {family}".strip()
            types = types_of(resolved)
            kind = "jsonld_org" if types and "person" not in types else "jsonld_person"
            if name:
                yield Byline(name, kind, "jsonld:author")
        elif resolved is not None:
            for name in texts(resolved):
                yield Byline(name, "jsonld_text", "jsonld:author")


def _microdata(structured: Structured) -> Iterator[Byline]:
    item = structured.item
    names = []
    if item is not None:
        inside = [author.first("name") for author in item.items.get("author", ())]
        names = [name for name in inside if name] or item.properties.get("author", [])
    for name in (names or structured.loose.get("author", []))[:MAX_AUTHORS]:
        yield Byline(name, "microdata", "microdata:author")


def _metas(structured: Structured) -> Iterator[Byline]:
    for key, kind in _META.items():
        for value in structured.meta.get(key, ())[:MAX_AUTHORS]:
            if not value.startswith(("http", "/", "@")):
                yield Byline(value, kind, f"meta:{key}")
    for number in ("1", "2"):
        if _WRITTEN_BY.search(structured.first(f"twitter:label{number}")):
            yield Byline(structured.first(f"twitter:data{number}"), "twitter", "meta:twitter:data")


def _links(document: Document, structured: Structured) -> Iterator[Byline]:
    """Links that are marked as, or lead to, an author's page."""
    seen = structured.seen
    count = 0
    for i in seen.anchors:
        if seen.zone[i] & _NOT_HERE:
            continue
        attrs = document.attrs[i]
        rel = attrs.get("rel")
        if rel and "author" in rel.lower().split():
            kind = "rel_author"
        elif _PROFILE.search(attrs.get("href") or ""):
            kind = "link_profile"
        else:
            continue
        text = document.text(i)
        if 1 < len(text) < 80:
            yield Byline(text, kind, kind.replace("_", ":"), i)
            count += 1
            if count >= 12:
                return


def _classes(document: Document, structured: Structured) -> Iterator[Byline]:
    """Elements that are called bylines, the outermost that is short enough."""
    seen = structured.seen
    covered = -1
    count = 0
    for i in seen.noted:
        if i < covered or not seen.roles[i] & _BYLINE:
            continue
        if document.end[i] - i > _MAX_BYLINE_ELEMENTS:
            continue
        text = lines_of(document, i)
        if not 1 < len(text) <= _MAX_BYLINE_CHARS:
            continue
        covered = document.end[i]
        zone = seen.zone[i]
        kind = "class_bio" if zone & _BIO else "class_aside" if zone & _NOT_HERE else "class"
        yield Byline(text, kind, "class:byline", i)
        count += 1
        if count >= 10:
            return


def _marked(document: Document, structured: Structured, headline: int) -> Iterator[Byline]:
    """Lines that begin as a byline, near the headline and at the end of the article."""
    seen = structured.seen
    count = 0
    start = max(headline - 15, 0)
    texts_, owners = document.texts, document.text_owner
    done: set[int] = set()
    if not document.tags:
        return
    last = min(max(headline, 0) + _FAR, len(document.tags) - 1)
    for k in range(document.text_start[start], document.text_end[last]):
        piece = texts_[k]
        if len(piece) > _MAX_BYLINE_CHARS or not (
            _MARK.match(piece) or piece.rstrip().endswith("기자")
        ):
            continue
        i = owners[k]
        if seen.zone[i] & _NOT_HERE or document.tags[i] in _NO_TEXT:
            continue
        line = i
        while document.tags[line] in _INLINE and document.parent[line] >= 0:
            line = document.parent[line]
        if line in done or document.end[line] - line > 30:
            line = i
        if line in done:
            continue
        done.add(line)
        text = _parted(document, line)
        if _ONLY_MARK.fullmatch(text):  # the name is in an element of its own
            text = f"{text.strip()} {_next_piece(document, k)}"
        if len(text) > 120 or not (_MARK.match(text) or text.endswith("기자")):
            text = one_line(piece)
            if len(text) > 120:
                continue
        near = headline >= 0 and start <= i <= headline + _NEAR
        yield Byline(text, "marked_near" if near else "marked_far", "line:byline", i)
        count += 1
        if count >= 6:
            return


def _next_piece(document: Document, k: int) -> str:
    """The text that stands behind a piece, if it is short enough to be a name."""
    for after in range(k + 1, min(k + 6, len(document.texts))):
        text = one_line(document.texts[after])
        if text:
            return text if len(text) <= 50 else ""
    return ""


def _signed(last_line: str) -> Iterator[Byline]:
    """A name alone in the last paragraph."""
    text = last_line.strip(" \n\u3000()（）*–—-")
    if 3 <= len(text) <= 45 and _NAME.fullmatch(text) and not text.isupper():
        yield Byline(text, "body_end", "line:name")


def _parted(document: Document, line: int) -> str:
    """The text of a line; a new one where two elements touch that only their styles part.

    ``<span>Reporter: A B</span><span>Publication date ...</span>``
    """
    owners, tags, above = document.text_owner, document.tags, document.parent
    parts = [""]
    before = -1
    for k in range(document.text_start[line], document.text_end[line]):
        of, piece = owners[k], document.texts[k]
        if tags[of] in _NO_TEXT:
            continue
        boxes = before not in {-1, of} and {tags[of], tags[before]} <= _BOXES
        touch = boxes and above[of] == above[before] and parts[-1][-1:].isalnum()
        if touch and piece[:1].isalnum():
            parts.append(piece)
        else:
            parts[-1] += piece
        before = of
    return "\n".join(map(one_line, parts)) if len(parts) > 1 else document.text(line)


def _han_marked(document: Document, structured: Structured) -> Iterator[Byline]:
    """Names after the Chinese words for author or reporter, wherever in a line they stand."""
    seen = structured.seen
    count = 0
    for k, piece in enumerate(document.texts):
        if piece.isascii() or len(piece) > 2_000 or not _HAN_GATE.search(piece):
            continue
        i = document.text_owner[k]
        if document.tags[i] in _NO_TEXT or seen.zone[i] & _NOT_HERE:
            continue
        for match in _HAN_BY.finditer(piece):
            names = [name for name in _HAN_GAP.split(match[1]) if name]
            whole = (
                len(piece.strip()) < 60 or "（" in piece[max(0, match.start() - 12) : match.start()]
            )
            kind = "han_line" if whole else "han_inside"
            yield Byline("作者：" + "、".join(names), kind, "line:byline", i)
            count += 1
            if count >= 6:
                return
        for match in _HAN_END.finditer(piece):
            yield Byline("作者：" + match[1], "han_end", "line:byline", i)


def _unmarked(document: Document, structured: Structured, headline: int) -> Iterator[Byline]:
    """Short lines around the headline that look like a name and nothing else."""
    if headline < 0:
        return
    seen = structured.seen
    first, last = max(headline - 8, 0), min(headline + 45, len(document.tags) - 1)
    start, end = document.text_start[first], document.text_end[last]
    end = max(end, document.text_start[last], document.text_end[headline] + 12)
    end = min(end, len(document.texts))
    count = 0
    for k in range(start, min(end, start + 200)):
        piece = document.texts[k].strip()
        if not 3 <= len(piece) <= 45 or not _NAME.fullmatch(piece):
            continue
        i = document.text_owner[k]
        if seen.zone[i] & _NOT_HERE or document.tags[i] in _NO_TEXT | {"h1", "h2", "h3"}:
            continue
        beside = document.texts[max(start, k - 4) : k] + document.texts[k + 1 : k + 5]
        dated = any(len(text) < 60 and _DIGITS.search(text) for text in beside)
        kind = "near_dated" if dated else "near_link" if document.tags[i] == "a" else "near_line"
        yield Byline(piece, kind, "line:name", i)
        count += 1
        if count >= 8:
            return


_NO_TEXT = frozenset({"script", "style", "option", "title", "noscript", "button", "textarea"})
_HAN_BY = re.compile(
    r"(?:作者|记者|記者|撰文|撰稿人?|执笔人?|通讯员|通訊員|(?<![\u4e00-\u9fff])文(?=[:：/／]))"
    r"[\s:：/／丨|]{0,4}"
    r"([\u4e00-\u9fff·]{2,4}(?:[\s、,，]{1,3}[\u4e00-\u9fff·]{2,4}){0,6})"
    r"(?=[\s）)\]】/／。|｜]|$|报道|報導|文|摄)"
)
# "（王小明／台北報導）", "（王小明 上海报道）" at the end of a text
_HAN_END = re.compile(
    r"[（(【]([\u4e00-\u9fff]{2,4})\s?[／/\s]\s?[\u4e00-\u9fff]{2,8}[报報][导導道][）)】]"
)
_HAN_GATE = re.compile("[者撰执通文报報]")
_HAN_GAP = re.compile(r"[\s、,，]+")
_NAME = re.compile(
    r"(?:(?:[A-ZÀ-ÞĀ-ŽĐƠƯ][\w'’.-]*|de|da|van|von|der|den|el|al|bin|binti|la|le|di|du|y|dos|ter)\s+){1,4}"
    r"[A-ZÀ-ÞĀ-ŽĐƠƯ][\w'’.-]+(?:,?\s(?:Jr|Sr|II|III)\.?)?|[\u4e00-\u9fff]{2,4}|[가-힣]{2,4}\s?기자"
)
_DIGITS = re.compile(r"[0-9]{1,2}\D{1,6}[0-9]{2,4}|[0-9]{4}")
_BOXES = frozenset({"span", "time", "small", "label"})
_INLINE = frozenset({"a", "span", "b", "strong", "em", "i", "small", "font", "u", "cite"})


_LABEL = re.compile(
    r"^\s*+(?:(?:von|by|par|por|di|av|af|text|interview|words?|story|photos?|fotos?|bilder|"
    r"autor(?:in)?|author(?: of the article)?|auteur|reportage|report|recherche|protokoll|"
    r"kommentar|opinion|analyse|analysis)(?:\s*(?:und|and|et|&|/|,)\s*\w{3,12})?)\s*:\s*",
    re.IGNORECASE,
)
_INSIDE = re.compile(
    r"\b(?:Autor(?:in)?(?:/Autor(?:in)?)?|Author|Auteur|Reporter|Penulis|Pewarta)\s*[:\s]\s*"
    r"((?:[A-Z][\w'’.-]+\s+){1,3}[A-Z][\w'’.-]+)(?=\s*(?:$|\||\n|,|\w+\s*:))"
)


# A name of one word after "von" may be part of a name elsewhere; alone on its line it is not.
_VON = re.compile(r"(?:von|par|por|di)\s+(?=\S+(?:\s\S+){0,2}$)|(?:Von|Par|Por|Di)\s+")


def without_label(raw: str) -> str:
    """A byline without the word that says what it is ("Text: Ann Lee", "Date: ... Author: Ann")."""
    if match := _VON.match(raw):
        return raw[match.end() :]
    if ":" not in raw and "/" not in raw:
        return raw
    if match := _LABEL.match(raw):
        return raw[match.end() :] or raw
    if match := _INSIDE.search(raw):
        return match[1]
    return raw


def lines_of(document: Document, i: int) -> str:
    """The text of an element with a line for each of its parts, except where words join them."""
    lines: list[str] = []
    owner = -1
    for k in range(document.text_start[i], document.text_end[i]):
        of = document.text_owner[k]
        if document.tags[of] in {"script", "style", "svg", "noscript", "button", "title"}:
            continue
        piece = one_line(document.texts[k])
        if not piece:
            continue
        if lines and (of == owner or _JOINED.search(lines[-1]) or _JOINS.match(piece)):
            lines[-1] = f"{lines[-1]} {piece}"
        else:
            lines.append(piece)
        owner = of
        if len(lines) > 12:
            break
    return "\n".join(lines)
