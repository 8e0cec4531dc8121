"""One pass over a page that notes where metadata may stand.

Every reader of metadata (titles, bylines, images, dates of a byline ...) asks the same questions of
every element: which tag, which class words, in which part of the page. They are answered once here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import IntFlag
from functools import lru_cache

from newscrawl.extract.dom import Document


class Role(IntFlag):
    """What the class and id words of an element say it is; a bit set."""

    NONE = 0
    TITLE = 1
    KICKER = 2
    STANDFIRST = 4
    BYLINE = 8
    CAPTION = 16
    CREDIT = 32
    TAGS = 64
    SECTION = 128
    SOURCE = 256
    ASIDE = 512  # related stories, sidebars, menus, comments, footers: not of this article
    BRAND = 1024  # logo, masthead, site name
    BIO = 2048  # about the author
    PAYWALL = 4096
    CONSENT = 8192
    ARTICLE = 16384  # the container of an article
    TEASER = 32768  # a card, list item or teaser of another story


_WORDS: tuple[tuple[Role, str], ...] = (
    (
        Role.TITLE,
        r"(?:^|[-_\s])(?:(?:entry|post|article|story|news|page|main|single|detail|content|art|blog|"
        r"document|doc)s?[-_]{0,2}(?:title|headline|head|tit)|headline|title|titolo|titulo|titre|"
        r"tit|judul)(?:$|[-_\s])|(?:article|post|story|news|entry|page)(?:title|headline)",
    ),
    (
        Role.KICKER,
        r"kicker|eyebrow|overline|supertitle|pretitle|pre-title|dachzeile|antetitulo|surtitre|"
        r"spitzmarke|roofline|toptitle|top-title|preheadline|overhead(?:$|[-_])|headline-prefix",
    ),
    (
        Role.STANDFIRST,
        r"standfirst|sub-?(?:title|head(?:line)?|heading|deck)(?:$|[-_\s])|(?:^|[-_\s])(?:deck|dek|"
        r"sapo|sapeau|chapo|vorspann|teaser-?text|strapline|abstract|lead|lede|intro(?:duction)?|"
        r"summary|excerpt|zhaiyao)(?:$|[-_\s])|(?:article|story|post|news|detail)[-_]{0,2}(?:lead|"
        r"intro|summary|deck|sapo|subtitle|description|excerpt|synopsis)",
    ),
    (
        Role.BYLINE,
        r"by-?line|author|writer|reporter|journalist|contributor|autor|auteur|verfasser|redakteur|"
        r"penulis|pewarta|(?:^|[-_\s])(?:by|posted-by|written-by|credits?|creator|nickname|"
        r"username|zuozhe|bianji|vcard|p-author)(?:$|[-_\s])|source-?author|\bfn\b",
    ),
    (
        Role.CAPTION,
        r"caption|legend(?:$|[-_\s])|bildunterschrift|cutline|imgdesc|photo-?desc|figure-?text",
    ),
    (
        Role.CREDIT,
        r"(?:image|photo|picture|img|media|foto|bild)[-_]{0,2}(?:credit|copyright|source|author|by|"
        r"quelle|rights)|(?:^|[-_\s])(?:credits?|copyright|photographer)(?:$|[-_\s])",
    ),
    (
        Role.TAGS,
        r"(?:^|[-_\s])(?:tags?|tag-?list|keywords?|topics?|labels?|schlagworte?|etiquetas)"
        r"(?:$|[-_\s])|(?:article|post|entry|story|news)[-_]{0,2}(?:tags?|topics?|keywords?)|"
        r"tags?[-_](?:links|list|items?|cloud|container|wrapper)",
    ),
    (
        Role.SECTION,
        r"(?:^|[-_\s])(?:section|category|categories|cat|rubric|rubrik|ressort|channel|kategori|"
        r"seccion)(?:$|[-_\s])|(?:article|post|entry|story|news)[-_]{0,2}(?:section|category)|"
        r"cat-?(?:links?|name)|section-?(?:name|label|link|title)|category-?(?:name|label|link)|"
        r"breadcrumb",
    ),
    (
        Role.SOURCE,
        r"(?:^|[-_\s])(?:source|laiyuan|quelle|fuente|sumber|origin|agency|news-?source|"
        r"article-?source|source-?name|provider|publisher)(?:$|[-_\s])",
    ),
    (
        Role.ASIDE,
        r"(?:^|[-_\s])(?:related|recommend(?:ed|ation|ations|s)?|read-?more|more|also|sidebar|aside|"
        r"side|right-?(?:col(?:umn)?|rail)|rail|footer|foot|nav(?:bar|igation)?|menu|submenu|"
        r"comments?|comment-?list|respond|disqus|popular|trending|latest|ranking|most-?read|"
        r"newsletter|subscribe|promo|advert(?:isement)?|ads?|sponsor(?:ed)?|widget|outbrain|"
        r"taboola|carousel|slider|ticker|breaking|cookie|consent|share|social|modal|popup|"
        r"offcanvas|next-?(?:article|post)|prev(?:ious)?-?(?:article|post)|post-?nav)"
        r"(?:$|[-_\s])|related[-_]?(?:posts?|articles?|news|stories|content|items)|"
        r"you-?may-?like|more-?(?:from|on|news|stories)",
    ),
    (
        Role.BRAND,
        r"(?:^|[-_\s])(?:logo|brand|masthead|site-?(?:title|name|logo|header|branding))"
        r"(?:$|[-_\s])|site-?logo",
    ),
    (
        Role.BIO,
        r"(?:author|autor|writer|post-author|contributor)[-_]{0,2}(?:bio(?:graphy)?|box|info-?box|"
        r"description|desc|about|profile|card|detail|widget)|about-?(?:the-?)?author|(?:^|[-_\s])bio"
        r"(?:$|[-_\s])",
    ),
    (
        Role.PAYWALL,
        r"paywall|pay-wall|piano-(?:offer|paywall)|tp-(?:modal|container-inner)|"
        r"premium-(?:content|wall|overlay)|subscriber-?only|(?:content|article)[-_]locked|"
        r"wc-memberships-restriction|metered-?content|locked-content|regwall|meteredContent|"
        r"subscription-required|paid-?content",
    ),
    (
        Role.CONSENT,
        r"cookie-?(?:wall|consent|notice|banner|law)|(?:gdpr|consent)-?(?:wall|banner|form|page|"
        r"manager|dialog)|cmp-?(?:container|wrapper)|onetrust|didomi|quantcast|sp_message|cybot",
    ),
    (
        Role.ARTICLE,
        r"(?:^|[-_\s])(?:article|story|post|entry|news|hentry|single)(?:[-_](?:body|content|detail|"
        r"main|page|wrapper|container|text|full))?(?:$|[-_\s])",
    ),
    (
        Role.TEASER,
        r"(?:^|[-_\s])(?:teaser|card|tile|list-?item|media-?object|thumb(?:nail)?|item|headline-?list|"
        r"post-?(?:item|list|card)|news-?(?:item|list)|article-?(?:list|card|item|teaser)|story-?(?:card|"
        r"list|item))(?:$|[-_\s])",
    ),
)  # fmt: skip
_PATTERNS = tuple((role, re.compile(pattern, re.IGNORECASE)) for role, pattern in _WORDS)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")


@lru_cache(maxsize=16384)
def roles_of(words: str) -> Role:
    """The roles that a string of class and id words names."""
    words = _CAMEL.sub("-", words[:300])
    found = Role.NONE
    for role, pattern in _PATTERNS:
        if pattern.search(words):
            found |= role
    return found


_HEADINGS = frozenset({"h1", "h2", "h3"})
_ASIDE_TAGS = frozenset({"aside", "nav", "footer"})
_INHERITED = Role.ASIDE | Role.BRAND | Role.BIO | Role.TEASER | Role.CAPTION | Role.PAYWALL
_NOTED = Role.BYLINE | Role.KICKER | Role.STANDFIRST | Role.TITLE | Role.CAPTION | Role.CREDIT
_NOTED |= Role.TAGS | Role.SECTION | Role.SOURCE | Role.PAYWALL | Role.CONSENT
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
    roles: list[Role] = field(default_factory=list)  # own roles, for every element
    zone: list[Role] = field(default_factory=list)  # inherited roles, for every element
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
    none = Role.NONE
    for i, (tag, attrs) in enumerate(zip(document.tags, document.attrs, strict=True)):
        up = parent[i]
        inherited = zone[up] if up >= 0 else none
        own = none
        if attrs:
            words = attrs.get("class") or ""
            ident = attrs.get("id")
            if ident:
                words = f"{words} {ident}"
            if words:
                if tag in _WHOLE:
                    out.root_class = f"{out.root_class} {words}"[:2000]
                else:
                    own = roles_of(words)
            if "itemprop" in attrs:
                out.properties.append(i)
            if "itemscope" in attrs:
                out.scopes.append(i)
        if tag in _ASIDE_TAGS:
            own |= Role.ASIDE
        elif tag == "title":
            if out.title < 0:
                out.title = i
        elif tag == "input":
            if (attrs.get("type") or "").lower() == "password":
                out.password = True
        else:
            into = lists.get(tag)
            if into is not None:
                into.append(i)
        if own:
            inherited |= own & _INHERITED
            if own & _NOTED:
                noted.append(i)
        roles.append(own)
        zone.append(inherited)
    return out
