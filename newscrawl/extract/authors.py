"""The authors, settled from all statements of a page.

Each name that `newscrawl.clean.clean_authors` finds in a statement is a candidate; facts about it
(which sources name it, where it stands, how it looks, whether it is the site's own name) give a
score, fitted by ``benchmarks/train_metadata``. Names that score well and not far below the best are
the authors, in the order of the strongest statement.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from newscrawl.clean import Bylines, clean_authors
from newscrawl.extract.bylines import MAX_AUTHORS, Byline, read_bylines, without_label
from newscrawl.extract.dom import Document
from newscrawl.extract.fact_trees import fact_trees
from newscrawl.extract.structured import Structured
from newscrawl.site import Site
from newscrawl.text import matching

_MAX_NAMES = 80
# First characters of the commonest family names: Chinese, simplified and traditional, and Japanese.
_SURNAMES = frozenset(
    "王李张張刘劉陈陳杨楊赵趙黄黃周吴吳徐孙孫胡朱高林何郭马馬罗羅梁宋郑鄭谢謝韩韓唐冯馮于董萧蕭程曹袁邓鄧许許傅沈曾彭"
    "吕呂苏蘇卢盧蒋蔣蔡贾賈丁魏薛叶葉余潘杜戴夏钟鍾汪田任姜范方石姚谭譚廖邹鄒熊金陆陸郝孔白崔康毛邱秦江史顾顧侯邵孟龙龍万萬"
    "段雷钱錢汤湯尹黎易常武乔喬贺賀赖賴龚龔文庞樊施陶洪翟安颜倪严牛温温芦季俞章鲁葛伍韦申尤毕聂丛焦向柳邢岳齐沿梅莫庄辛管祝左涂谷"
    "佐鈴渡伊山中小加吉斎斉松木清森池橋前藤後岡村坂近青西福太三岩大井上下原野新竹宮島嶋平今内本水永久保河工酒横川遠荒桜"
)
# Kinds of statement that only support a name where authors are declared.
_SUPPORT = frozenset({"near_line", "near_link", "near_dated", "marked_far", "class_aside"})
_BIOGRAPHY = frozenset({"class_bio"})
# Kinds whose names come as a list: who stands in it beside the best name is an author as well.
_LISTED = frozenset(
    {"jsonld_person", "jsonld_text", "microdata", "rel_author", "meta_citation", "meta_article"}
)
# A name that scores less than this has to be declared, or to look like one.
_SURE = 0.0
_HAN = frozenset({"han_short", "han_long"})
_HAN_SURE = 2.0  # the same for what has the form of a Chinese or Japanese word, not of a name
_LIKE_A_NAME = frozenset(
    {"given_name", "given_name_later", "han_surname", "other_words_1", "other_words_2",
     "other_words_3"}
)  # fmt: skip
_ALIKE = 2.0  # how much further below the best one such a name may score
PERSONAL = frozenset({"in_jsonld_person", "given_name", "given_name_later"})
_STATED = frozenset({"jsonld_person", "jsonld_text", "microdata", "twitter"})
_DECLARED = frozenset({"jsonld_person", "jsonld_text", "microdata", "rel_author", "twitter"})


@dataclass(slots=True)
class Name:
    """A candidate: the name, its matching form, the statements that hold it, and facts about it."""

    text: str
    key: str
    kinds: set[str] = field(default_factory=set)
    facts: set[str] = field(default_factory=set)
    first: Byline | None = None
    score: float = 0.0


@dataclass(frozen=True, slots=True)
class Credited:
    """The authors that were settled on.

    ``raw`` is the byline as the page has it; ``conflict`` is true if a declared author is not
    among them.
    """

    people: tuple[str, ...] = ()
    raw: tuple[str, ...] = ()
    source: str = ""
    conflict: bool = False


def settle_authors(
    document: Document,
    structured: Structured,
    site: Site | None,
    names: Sequence[str] = (),
    *,
    headline: int = -1,
    title: str = "",
    last_line: str = "",
) -> Credited | None:
    """The authors of a page; None if nothing on it says who wrote it.

    ``names`` are names of the publication, which are never its authors. A byline of desks or
    agencies only is returned without people.
    """
    statements = read_bylines(document, structured, headline, last_line)
    if not statements:
        return None
    found = name_candidates(statements, structured, site, names, headline=headline, title=title)
    model = fact_trees("authors")
    # A blog may be called after its author; a registered paper is not.
    found = [
        name
        for name in found
        if "is_site" not in name.facts or (site is None and not PERSONAL.isdisjoint(name.facts))
    ]
    for name in found:
        name.score = model.score(name.facts)
    chosen = choose_names(found, model.threshold, model.below_best)
    if not chosen:
        return Credited((), (statements[0].raw,), statements[0].source)
    keys = {name.key for name in chosen}
    best = max(chosen, key=lambda name: name.score)
    assert best.first is not None
    raw = dict.fromkeys(name.first.raw for name in chosen if name.first is not None)
    conflict = any(n.key not in keys and n.kinds & _DECLARED for n in found)
    return Credited(tuple(n.text for n in chosen), tuple(raw), best.first.source, conflict)


def choose_names(found: Sequence[Name], threshold: float, below_best: float) -> list[Name]:
    """The names that score above ``threshold`` and little below the best one."""
    best = max(found, key=lambda name: name.score, default=None)
    if best is None or best.score <= threshold:
        return []
    listed = best.kinds & _LISTED
    return [
        name
        for name in found
        if name.score > best.score - below_best - (_ALIKE if name.kinds & listed else 0.0)
        and (name.score > threshold or name.kinds & listed)
        and (name.score > _SURE or name.kinds & _DECLARED or name.facts & _LIKE_A_NAME)
        and not (name.facts & _HAN and "han_surname" not in name.facts and name.score < _HAN_SURE)
    ][:MAX_AUTHORS]


def name_candidates(
    statements: Sequence[Byline],
    structured: Structured,
    site: Site | None,
    names: Sequence[str] = (),
    *,
    headline: int = -1,
    title: str = "",
) -> list[Name]:
    """The names of all statements with their facts, in the order they are first named."""
    parsed: dict[str, Bylines] = {}
    found: dict[str, Name] = {}
    counts: dict[str, int] = {}
    declared = False
    for statement in statements:
        result = parsed.get(statement.raw)
        if result is None:
            result = parsed[statement.raw] = clean_authors([without_label(statement.raw)], site)
        if statement.kind in _STATED and not result.people and (result.desks or result.agencies):
            declared = True  # by a desk or an agency
        counts[statement.kind] = counts.get(statement.kind, 0) + len(result.people)
        for n, text in enumerate(result.people):
            key = matching(text)
            name = found.get(key)
            if name is None:
                if len(found) >= _MAX_NAMES:
                    break
                name = found[key] = Name(text, key, first=statement)
            name.kinds.add(statement.kind)
            if n:
                name.facts.add("later_of_line")
            if result.agencies:
                name.facts.add("beside_agency")
            if statement.element >= 0 and headline >= 0:
                distance = statement.element - headline
                name.facts.add(
                    "before_headline" if distance < -15 else "near_headline" if distance < 60
                    else "after_headline" if distance < 300 else "far_from_headline"
                )  # fmt: skip
    # A biography names many people; it only confirms one.
    entries = [entry for entry in found.values() if entry.kinds != _BIOGRAPHY]
    if declared or any(entry.kinds & _DECLARED for entry in entries):
        entries = [x for x in entries if len(x.kinds) > 1 or not x.kinds <= _SUPPORT]
    _describe(entries, structured, names, counts, title)
    return entries


def _describe(
    entries: Sequence[Name],
    structured: Structured,
    names: Sequence[str],
    counts: Mapping[str, int],
    title: str,
) -> None:
    own = {matching(n) for n in (*names, *structured.all("og:site_name", "application-name")) if n}
    own.discard("")
    declared = any(entry.kinds & _DECLARED for entry in entries)
    title_key = matching(title)
    for entry in entries:
        facts = entry.facts
        facts.update(f"in_{kind}" for kind in entry.kinds)
        facts.add(f"kinds_{min(len(entry.kinds), 4)}")
        if declared and not entry.kinds & _DECLARED:
            facts.add("others_declared")
        if "jsonld_person" in counts and "jsonld_person" not in entry.kinds:
            facts.add("not_in_jsonld")
        if len(entries) == 1:
            facts.add("only_one")
        for kind in entry.kinds:
            if counts[kind] > 3:
                facts.add(f"many_in_{kind}")
        if entry.key in own:
            facts.add("is_site")
        elif any(len(name) > 3 and (name in entry.key or entry.key in name) for name in own):
            facts.add("like_site")
        if entry.key in title_key:
            facts.add("in_title")
        facts |= shape_of(entry.text)


def shape_of(name: str) -> set[str]:
    """Facts about how a name is written."""
    words = name.split()
    facts = set()
    if name.isascii() or all(ord(ch) < 0x250 for ch in name):
        facts.add(f"words_{min(len(words), 5)}")
        if any(word[0].islower() for word in words) and len(words) > 1:
            facts.add("has_small_word")
        if words[0][:1].islower():
            facts.add("begins_small")
        if name.isupper():
            facts.add("all_capitals")
    elif any("\u3040" <= ch <= "\u9fff" for ch in name):
        facts.add("han_short" if len(name) <= 4 else "han_long")
        if name[0] in _SURNAMES and len(name) <= 6 and not _NO_HAN_NAME.search(name):
            facts.add("han_surname")
    else:
        facts.add(f"other_words_{min(len(words), 4)}")
    folded = [word.strip(".,:;()").casefold() for word in words]
    if folded[0] in _given_names():
        facts.add("given_name")
    elif any(word in _given_names() for word in folded):
        facts.add("given_name_later")
    if not _NO_NAMES.isdisjoint(folded):
        facts.add("no_name_word")
    if any(ch.isdigit() for ch in name):
        facts.add("has_digit")
    if any(ch in ",;:/()[]|–—" for ch in name):
        facts.add("has_mark")
    if name.endswith("."):
        facts.add("ends_dot")
    return facts


# Words of page furniture, headings and roles that stand in no person's name.
_NO_NAMES = frozenset(
    """about abo account ad add advertisement agency alle all analysis angebote archive article
    articles ask asked author autor autorin beiträge bio blog blogs book business by center century
    city club collection comment comments company contact content cookie cookies copyright country
    cover current data date datum developer editor editorial email english erforderlich expert
    faq featured feedback first follow for forum free from frequently get group guide here home
    host how image images info information institute interview join journal kommentar kontakt
    language last latest leave limited list login ltd mail manager marketing media mehr menu min
    minute minutes more name national network new news newsletter next online our page password
    photo photos platform podcast policy popular post posted posts powered press pressemitteilung
    previous print privacy produced product products project published questions rate read reading
    redaktion related reply report reports research resources review reviewed reviewer reviews
    rights school search section select service services share sign signup site skip social
    solutions sponsored sports staff start status story subscribe support table tags team tech
    technology terms text the this tips to today topic topics trending university update updated
    updates user vom von video videos view views vorschau webdesign website welcome what why with
    world written year years you your über und der die das""".split()  # noqa: SIM905
)


_NO_HAN_NAME = re.compile(
    "[日月年时時点點文网網社报報新闻聞者编編辑輯页頁志]$|(?:機関|機關|机构|機構|銀行|银行|会社|會社|公司|協会|协会|協會|大学|大學|政府)$|[的了在是有和与與及]|相关|相關|关注|注册"
)


@cache
def _given_names() -> frozenset[str]:
    """Common given names, in many languages; evidence only, a name need not be among them."""
    text = files("newscrawl.extract").joinpath("models/given_names.txt").read_text("utf-8")
    return frozenset(text.split())
