"""What kind of story it is: news, opinion, liveblog, gallery, press_release, ..."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from newscrawl.extract.jsonld import types_of
from newscrawl.extract.structured import Structured
from newscrawl.extract.taxonomy import Named

# JSON-LD types that decide alone, the more telling first.
_BY_TYPE = (
    ("liveblogposting", "liveblog"),
    ("advertisercontentarticle", "sponsored"),
    ("opinionnewsarticle", "opinion"),
    ("opinionpiece", "opinion"),
    ("analysisnewsarticle", "analysis"),
    ("backgroundnewsarticle", "analysis"),
    ("reviewnewsarticle", "review"),
    ("satiricalarticle", "satire"),
    ("imagegallery", "gallery"),
    ("scholarlyarticle", "scholarly"),
    ("recipe", "recipe"),
)
# Words of sections and of URL paths, whole words or path steps in lower case.
_WORDS: dict[str, str] = {}
for _kind, _words in {
    "opinion": "opinion opinions editorial editorials op-ed oped commentary commentaries column "
    "columns columnist columnists comment viewpoint viewpoints voices letters blogs perspective "
    "perspectives meinung kommentar opinión opinie tribune opinião mnenie kolumne tajuk kolom "
    "opini 社説 社论 社論 评论 評論 言论 觀點 观点 오피니언 사설 "
    "ความคิดเห็น บทความ ទស្សនៈ সম্পাদকীয় মতামত विचार संपादकीय "
    "quan-điểm góc-nhìn goc-nhin",
    "liveblog": "live liveblog live-blog live-updates liveticker ticker",
    "gallery": "gallery galleries photo-gallery photogallery slideshow slideshows photos "
    "photo-essay in-pictures bildergalerie fotostrecke galeri foto 写真 图片 圖輯",
    "video": "video videos watch",
    "press_release": "press-release press-releases pressrelease press_release pr-newswire "
    "prnewswire media-outreach globenewswire business-wire businesswire pressemitteilung "
    "siaran-pers newswire-release プレスリリース",
    "sponsored": "sponsored advertorial partner-content brandstudio brand-studio branded-content "
    "paid-content sponsored-content advertisement anzeige",
    "review": "review reviews",
    "interview": "interview interviews",
    "analysis": "analysis explainer explainers",
    "podcast": "podcast podcasts",
    "obituary": "obituary obituaries",
}.items():
    for _word in _words.split():
        _WORDS[_word] = _kind
_STEPS = re.compile(r"[^/]+")


def read_type(url: str, structured: Structured, section: str | None) -> Named | None:
    """The kind of a story: by its declared type, its section, its address; else news.

    None if nothing on the page says that it is an article at all.
    """
    types = types_of(structured.article) if structured.article else frozenset()
    for name, kind in _BY_TYPE:
        if name in types:
            return Named(kind, "jsonld:@type")
    for word in re.split(r"[\s,/|&>]+", (section or "").casefold()):
        if word in _WORDS:
            return Named(_WORDS[word], "section")
    genre = (structured.ld("genre") or structured.first("article:genre", "genre")).casefold()
    if genre in _WORDS:
        return Named(_WORDS[genre], "genre")
    steps = _STEPS.findall(urlsplit(url).path.lower())[:-1]
    for step in steps:
        if step in _WORDS:
            return Named(_WORDS[step], "url")
    if any(name.endswith(("article", "posting")) for name in types):
        return Named("news", "jsonld:@type")
    if structured.item is not None and "article" in structured.item.type:
        return Named("news", "microdata:itemtype")
    if structured.first("og:type").lower() in {"article", "news", "newsarticle", "news.article"}:
        return Named("news", "meta:og:type")
    return None
