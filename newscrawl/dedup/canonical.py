"""The canonical form of an article's URL: one key for all the addresses of one article.

The form is itself a URL (RFC 3986, https, percent-encoded, parameters sorted). It drops what only
says how the article was reached or rendered; whatever may choose another article stays. The
requested and the final URL stand in the row beside it, so nothing is lost by it.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from urllib.parse import quote, unquote

from newscrawl.dedup.url_rules import (
    HOST_ALIASES,
    ONE_ID_SPACE,
    PAGE_NUMBER,
    PUBLIC_SECOND,
    RENDERING_LABELS,
    SUFFIX_ALIASES,
    names_no_article,
)
from newscrawl.dedup.url_wrappers import unwrap
from newscrawl.site import Site

MAX_URL = 8192  # longer ones are no article's address; they come back unchanged

_ROUNDS = 6  # more than any address of an article needs

_URL = re.compile(
    r"(?:https?:)?//(?:[^/?#@\s]*@)?(\[[0-9a-f:.]+\]|[^/?#:\s\[\]\\]+)(?::(\d*))?"
    r"(/[^?#]*)?(?:\?([^#]*))?(?:#(.*))?\Z",
    re.IGNORECASE | re.DOTALL,
)
# What a path (in lower case) holds if it needs more than cutting a final slash.
_UNUSUAL = (
    "%", "//", "/.", "amp", "print", "/index", "/default", "/home.", ";", "/page", "(s(", "/mnews/",
    "\\", " ", '"', "<", ">", "^", "`", "{", "|", "}", "/all", "/full", "/single", "[", "]",
)  # fmt: skip
_PAGE_END = re.compile(r"[_\-/]\d\d?(?:\.s?html?)?/?\Z")
_SAFE = "!$&'()*+,-./:;=@_~"
# / ? # % & = + in their encoded form mean something else than as they are
_DELIMITER = re.compile(r"%(?=2[fF356bB]|3[fFdD])")
_CODED_DELIMITER = re.compile(r"%25(2[fF356bB]|3[fFdD])")
_BLANK = re.compile(r"[\x00-\x20\x7f]+")
_PATH_SESSION = re.compile(
    r";(?:jsessionid|phpsessid|sessionid|sid)=[^/;]*|/\(S\(\w+\)\)", re.IGNORECASE
)
_AMP = (
    (re.compile(r"\A/amp(?=/.)", re.IGNORECASE), ""),
    (re.compile(r"/(?:amp(?:/\d)?|amphtml|amp\.html?|index\.amp)/?\Z", re.IGNORECASE), ""),
    (re.compile(r"/amp_(?=[a-z])", re.IGNORECASE), "/"),
    (re.compile(r"[.\-_]amp(?=\.s?html?\Z)", re.IGNORECASE), ""),
    (re.compile(r"\.amp\Z", re.IGNORECASE), ".htm"),  # the systems that write .amp write .htm
    (re.compile(r"/amp(?=/.)", re.IGNORECASE), ""),
)
_PRINT = (
    (re.compile(r"/(?:print(?:able|page|-version|er-friendly|-view)?)(?:/|\.html?)?\Z", re.I), ""),
    (re.compile(r"\A/print(?:able|-version)?(?=/.)", re.IGNORECASE), ""),
    (re.compile(r"[.\-_]print(?=\.s?html?\Z)", re.IGNORECASE), ""),
    (re.compile(r"/print(?:er)?[_\-]?(?:friendly|version)?(?=\.(?:aspx?|cfm)\Z)", re.I), "/Detail"),
    (re.compile(r"/print[_\-]?(?=(?:article|news|story|detail)\w*\.(?:php|aspx?)\Z)", re.I), "/"),
)  # fmt: skip
_ALL_PAGES = re.compile(r"(?<=[0-9a-z\-]{12})/(?:all|full|single)/?\Z", re.IGNORECASE)
_DEFAULT = re.compile(r"/(?:index|default|home)\.(?:s?html?|php\d?|aspx?|jsp|cfm)\Z", re.IGNORECASE)
_FRONT = re.compile(r"\A/index\.php(?=/.)", re.IGNORECASE)
# /slug-of-a-story/2, c_1234567_2.htm, c1002-40457048-3.html: a page of an article; 1-2 digits only
# after something that itself is an id or a slug, since "-2" after a word is another article.
_PAGE_FILE = re.compile(r"(\d{5,})[_\-](?:[2-9]|[1-4]\d)(?=\.s?html?\Z)", re.IGNORECASE)
_SCRIPT = re.compile(r"/(?:[a-z_]{1,20}\.(?:php|aspx?|jsp|cfm))?\Z", re.IGNORECASE)
_PAGE_SEGMENT = re.compile(r"/(?:[1-9]|[1-4]\d)/?\Z")
# 20240512_2.htm may well be the second article of a day
_DAY = re.compile(r"(?:(?:19|20)\d\d|[0-3]\d)(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\Z")
_PAGE_WORD = re.compile(r"/page[/\-]?\d{1,3}/?\Z", re.IGNORECASE)
_ID = re.compile(r"\d{5}")
_SLUG = re.compile(r"[^/]*-[^/\-]+-[^/\-]+[^/]*")
_NUMBERED = re.compile(
    r"/(?:articles?|stor(?:y|ies)|news|read|detail|view|a|posts?|berita|entry|content)/"
    r"(?:[^/]+/){0,3}?(?:[a-z_\-]*(\d{6,})|[0-9a-f]{16,})(?:\.\w{2,5})?\Z",
    re.IGNORECASE,
)
_DATED = re.compile(r"/(?:19|20)\d\d[/\-]?[01]?\d(?:[/\-]?[0-3]?\d)?/")


def is_url(text: str) -> bool:
    """Whether the text is an absolute http(s) URL, or one without its scheme (//host/...)."""
    found = _URL.match(text.strip()) if len(text) <= MAX_URL else None
    return found is not None and _host(found[1]) is not None


def canonical_url(url: str, site: Site | None = None) -> str:
    """The canonical form of an article's URL; what is no http(s) URL comes back unchanged.

    With `site`, hosts under any of its domains take the form of the first one. The form's own form
    is itself: what one rule uncovers for another (an archive's copy of a copy, `/amp/print/`) is
    taken away too.
    """
    text = url
    for _ in range(_ROUNDS):
        form, settled = _form(text, site)
        if settled or form == text:
            return form
        text = form
    return url  # no article's address: it comes back unchanged


def _form(url: str, site: Site | None) -> tuple[str, bool]:
    """The URL after one round, and whether another one would surely change nothing."""
    if len(url) > MAX_URL:
        return url, True
    found = _URL.match(url.strip())
    if found is None:
        return url, True
    host = _host(found[1])
    if host is None:
        return url, True
    path, query = found[3] or "/", found[4]
    for _ in range(3):  # a cache of an archive of a proxy
        inner = unwrap(host, path, query)
        if inner is None:
            break
        again = _URL.match(inner)
        inner_host = _host(again[1]) if again else None
        if again is None or inner_host is None:
            break
        found, host = again, inner_host
        path, query = found[3] or "/", found[4]
    if site is not None:
        host = _site_host(host, site)
    port, fragment = found[2], found[5]
    if port and port not in ("80", "443"):
        host = f"{host}:{int(port)}"
    settled = _is_plain(path)
    if not settled:
        path = _path(path)
    if len(path) > 1 and path[-1] == "/":
        path = path.rstrip("/") or "/"
    if query:
        query = _query(query, path)
        if query:
            return f"https://{host}{path}?{query}", settled and query == found[4]
    if fragment and fragment[:2] == "!/":  # the one kind of fragment that chooses content
        return f"https://{host}{path}#{quote(unquote(fragment), safe=_SAFE + '!')}", False
    return f"https://{host}{path}", settled


@lru_cache(maxsize=65536)
def _host(raw: str) -> str | None:
    """The host in lower-case ASCII without rendering labels; None if it is none."""
    host = raw.rstrip(".").lower()
    if host.startswith("["):
        return host
    if "%" in host:
        host = unquote(host).lower()
    if not host.isascii():
        try:
            host = unicodedata.normalize("NFKC", host).encode("idna").decode("ascii").lower()
        except UnicodeError:
            return None
    if not re.fullmatch(r"[a-z0-9_](?:[a-z0-9_\-]*(?:\.[a-z0-9_\-]+)*)", host) or len(host) > 253:
        return None
    labels = host.split(".")
    while len(labels) > 2 and labels[0] in RENDERING_LABELS and not _is_public(labels[1:]):
        labels = labels[1:]
    if len(labels) > 3 and labels[1] in ("m", "amp", "mobile"):  # en.m.example.org
        labels = [labels[0], *labels[2:]]
    host = ".".join(labels)
    host = HOST_ALIASES.get(host, host)
    for suffix, kept in SUFFIX_ALIASES.items():
        if host == suffix or host.endswith("." + suffix):
            host = host[: len(host) - len(suffix)] + kept
    for shared in ONE_ID_SPACE:
        if host.endswith("." + shared):
            host = shared
    return host


def _is_public(labels: list[str]) -> bool:
    return len(labels) < 2 or (
        len(labels) == 2 and len(labels[1]) == 2 and labels[0] in PUBLIC_SECOND
    )


def _site_host(host: str, site: Site) -> str:
    """The host with the site's first domain in place of another of its domains."""
    first = _host(site.domains[0]) if site.domains else None
    if first is None or host == first or host.endswith("." + first):
        return host
    for domain in site.domains[1:]:
        other = _host(domain)
        if other and host == other:
            return first
        if other and host.endswith("." + other):
            return host[: len(host) - len(other)] + first
    return host


def _encoded(text: str) -> str:
    """UTF-8 percent-encoding in one spelling; an encoded delimiter stays encoded."""
    if "%" not in text:
        return text if text.isascii() and not _BLANK.search(text) else quote(
            unicodedata.normalize("NFC", text), safe=_SAFE, errors="ignore"
        )  # fmt: skip
    plain = unquote(_DELIMITER.sub("%25", text), errors="surrogateescape")
    coded = quote(unicodedata.normalize("NFC", plain), safe=_SAFE, errors="surrogateescape")
    return _CODED_DELIMITER.sub(lambda found: "%" + found[1].upper(), coded)


def _is_plain(path: str) -> bool:
    """Whether there is nothing to do for a path but to cut a final slash."""
    if not path.isascii() or not path.isprintable():
        return False
    lower = path.lower()
    for mark in _UNUSUAL:
        if mark in lower:
            return False
    return not _PAGE_END.search(lower, max(0, len(lower) - 10))


def _path(path: str) -> str:
    path = path.replace("\\", "/")
    path = _encoded(path.strip())
    if ";" in path or "(" in path:
        path = _PATH_SESSION.sub("", path)
    while "//" in path:
        path = path.replace("//", "/")
    if "/." in path:
        path = _without_dots(path)
    lower = path.lower()
    if "amp" in lower:
        for pattern, instead in _AMP:
            path = pattern.sub(instead, path, count=1)
    if "print" in lower:
        for pattern, instead in _PRINT:
            path = pattern.sub(instead, path, count=1)
    path = _DEFAULT.sub("/", _FRONT.sub("", path))
    path = _ALL_PAGES.sub("", path)
    path = _PAGE_FILE.sub(_unless_dated, path)
    word, segment = _PAGE_WORD.search(path), _PAGE_SEGMENT.search(path)
    if word and _is_story(path[: word.start()]):
        path = path[: word.start()]
    elif segment and _is_story(path[: segment.start()], sure=True):
        path = path[: segment.start()]
    if path.startswith("/mnews/article/"):
        path = path[6:]
    return path or "/"


def _without_dots(path: str) -> str:
    out: list[str] = []
    for segment in path.split("/")[1:]:
        if segment == "..":
            if out:
                out.pop()
        elif segment != ".":
            out.append(segment)
    return "/" + "/".join(out)


def _unless_dated(found: re.Match[str]) -> str:
    return found[0] if _DAY.match(found[1]) else found[1]


def _is_story(path: str, *, sure: bool = False) -> bool:
    """Whether a path names one story: its last segment is a slug, and an id or a date is there.

    A long slug alone is enough unless one must be `sure`.
    """
    last = path.rsplit("/", 1)[-1]
    if last.count("-") < 2 and not (last.count("%") >= 9 and "-" in last):
        return False
    if _ID.search(path) or _DATED.search(path):
        return True
    return not sure and last.count("-") >= 4


def _is_numbered(path: str) -> bool:
    """Whether a path is that of an article known by a number or a long hash."""
    found = _NUMBERED.search(path)
    return found is not None and not (found[1] and _DAY.match(found[1]))


def _query(query: str, path: str) -> str:
    if query.startswith("?"):
        query = query.lstrip("?")
    kept: list[str] = []
    page = mark = ""
    for pair in query.replace("&amp;", "&").split("&"):
        if not pair:
            continue
        raw_name, _, value = pair.partition("=")
        name = unquote(raw_name) if "%" in raw_name else raw_name
        lower = name.lower()
        if names_no_article(lower, value):
            mark = f"{name}={value}" if lower == "s" else mark
            continue
        if not value:
            if name and name[0].isdigit():  # /news?12345
                kept.append(_encoded(raw_name))
            continue
        if lower in PAGE_NUMBER and value.isdigit() and len(value) < 4:
            page = f"{name}={value}"
            continue
        kept.append(f"{_encoded(raw_name)}={_encoded(value.replace('+', ' '))}")
    if mark and not kept and _SCRIPT.search(path):
        kept.append(mark)  # the only parameter of a script: what it is to show
    if page and not (_is_story(path) or _is_numbered(path) or _names_an_id(kept)):
        kept.append(page)
    if len(kept) > 1:
        joined = {pair.split("=", 1)[0].lower(): pair for pair in kept}
        if joined.get("option") == "option=com_content" and joined.get("view") == "view=article":
            kept = [k for k in kept if not k.lower().startswith(("itemid=", "catid="))]
        kept = sorted(set(kept))
    return "&".join(kept)


def _names_an_id(pairs: list[str]) -> bool:
    return any(
        re.match(r"(?:[a-z_]*id|p|no|num|code|article|news|story)=\w*\d{4}", p, re.I) for p in pairs
    )
