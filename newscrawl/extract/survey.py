"""One pass over a page that notes where metadata may stand.

Every reader of metadata (titles, bylines, images, dates of a byline ...) asks the same questions of
every element: which tag, which class words, in which part of the page. They are answered once here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from newscrawl.extract.dom import Document
from newscrawl.extract.roles import Role

_ASIDE_TAGS = frozenset({"aside", "nav", "footer"})
_RARE = _ASIDE_TAGS | {"title", "input"}
# Plain integers: operations on enum members are some twenty times slower.
_INHERITED = int(Role.ASIDE | Role.BRAND | Role.BIO | Role.TEASER | Role.CAPTION | Role.PAYWALL)
_NOTED = int(
    Role.BYLINE | Role.KICKER | Role.STANDFIRST | Role.TITLE | Role.CAPTION | Role.CREDIT
    | Role.TAGS | Role.SECTION | Role.SOURCE | Role.PAYWALL | Role.CONSENT
)  # fmt: skip
_ELSEWHERE = int(Role.ASIDE | Role.TEASER | Role.BIO)
_ASIDE = int(Role.ASIDE)
# Classes of the whole page are about the page, not about a part of it.
_WHOLE = frozenset({"html", "body", "main"})


@dataclass(slots=True)
class Survey:
    """Indices of elements of a `Document`, each list in document order."""

    metas: list[int] = field(default_factory=list)
    links: list[int] = field(default_factory=list)
    scripts: list[int] = field(default_factory=list)
    title: int = -1  # the page's <title>
    headings: list[int] = field(default_factory=list)  # h1, h2, h3
    images: list[int] = field(default_factory=list)  # img, amp-img, and source of picture
    figures: list[int] = field(default_factory=list)
    captions: list[int] = field(default_factory=list)  # figcaption
    times: list[int] = field(default_factory=list)
    anchors: list[int] = field(default_factory=list)  # a[rel] and a[href] in bylines and tag lists
    properties: list[int] = field(default_factory=list)  # itemprop
    scopes: list[int] = field(default_factory=list)  # itemscope
    articles: list[int] = field(default_factory=list)  # article elements
    roles: list[int] = field(default_factory=list)  # bits of `Role` of its own, for every element
    zone: list[int] = field(default_factory=list)  # bits inherited, for every element
    noted: list[int] = field(default_factory=list)  # elements with a role of interest
    forms: list[int] = field(default_factory=list)
    password: bool = False  # an input for a password
    root_class: str = ""  # class words of html and body


def survey(document: Document) -> Survey:
    """Walk the page once."""
    out = Survey()
    roles, zone, noted = out.roles, out.zone, out.noted
    parent = document.parent
    lists: dict[str, list[int]] = {
        "meta": out.metas, "link": out.links, "script": out.scripts, "img": out.images,
        "amp-img": out.images, "figure": out.figures, "figcaption": out.captions,
        "time": out.times, "a": out.anchors, "article": out.articles, "form": out.forms,
        "h1": out.headings, "h2": out.headings, "h3": out.headings,
    }  # fmt: skip
    end = document.end
    h1s = document.find("h1")
    most = len(document.tags) * 0.6
    find_list = lists.get
    for i, (tag, up, (_, own)) in enumerate(
        zip(document.tags, parent, document.marks, strict=True)
    ):
        inherited = zone[up] if i else 0
        if own and tag in _WHOLE:
            own = 0
        into = find_list(tag)
        if into is not None:
            into.append(i)
        elif tag in _RARE:
            if tag in _ASIDE_TAGS:
                own |= _ASIDE
            elif tag == "title":
                if out.title < 0:
                    out.title = i
            elif (document.attrs[i].get("type") or "").lower() == "password":
                out.password = True
        if own:
            below = own & _INHERITED
            # What holds the headline or most of the page is no aside, whatever it is called.
            if below & _ELSEWHERE and (end[i] - i > most or any(i < h1 < end[i] for h1 in h1s)):
                below &= ~_ELSEWHERE
            inherited |= below
            if own & _NOTED:
                noted.append(i)
        roles.append(own)
        zone.append(inherited)
    _microdata(document.attrs, out)
    out.root_class = _root_class(document)
    return out


def _microdata(attrs: Sequence[Mapping[str, str | None]], out: Survey) -> None:
    for i in [i for i, some in enumerate(attrs) if "itemprop" in some or "itemscope" in some]:
        if "itemprop" in attrs[i]:
            out.properties.append(i)
        if "itemscope" in attrs[i]:
            out.scopes.append(i)


def _root_class(document: Document) -> str:
    """Class words and ids of html, body and main."""
    words = ""
    for i in [i for i, tag in enumerate(document.tags) if tag in _WHOLE]:
        attrs = document.attrs[i]
        for name in filter(None, (attrs.get("class"), attrs.get("id"))):
            words = f"{words} {name}"[:2000]
    return words
