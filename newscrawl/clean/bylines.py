"""Bylines: the people who wrote a story, apart from desks, agencies and what is no name at all.

Names stay as printed: capitals, honorifics and the order of family and given name are the paper's
choice, and a single name (Burma, Indonesia) is whole. What is dropped is what surrounds names:
"By", roles, dates, e-mail addresses, links, editor numbers, the site's own name.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from newscrawl.clean.byline_words import (
    ADDRESS,
    BRACKET,
    BREAKS,
    BY,
    BY_LANGUAGE,
    BY_ROMANCE,
    CHINESE_AGENCY,
    CHINESE_BY,
    CHINESE_END,
    CHINESE_ROLE,
    DEGREES,
    DESK,
    DOMAIN,
    DOUBLED,
    EDITOR,
    JOINER_LETTER,
    JOINERS,
    KOREAN_END,
    LEFT_JOINER,
    NOBODY,
    OTHERS,
    PLACE_END,
    ROLE,
    ROLE_END,
    SENTENCE,
    SIGN,
    SINGLE_NAMES,
    SUFFIX,
    WHEN,
)
from newscrawl.clean.furniture import opens_link_list, shape_reason
from newscrawl.clean.sources import known_place, known_source, source_key
from newscrawl.site import Site
from newscrawl.text import matching, one_line

LONGEST_NAME = 60  # characters


@dataclass(frozen=True, slots=True)
class Bylines:
    """What a byline says.

    ``people`` in printed order; ``desks`` such as "Staff Reporter"; ``agencies`` are papers and
    agencies as printed; ``raw`` is the byline as the page has it, or None if there is none.
    """

    people: tuple[str, ...] = ()
    desks: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    raw: str | None = None


def clean_authors(raw: Sequence[str], site: Site | None = None) -> Bylines:
    """People, desks and agencies named by byline texts.

    ``raw`` are texts of JSON-LD, meta tags or elements of the page, in order; each may name
    several people. Nobody is named twice.
    """
    texts = [text for text in raw if text and text.strip()]
    people: dict[str, str] = {}
    desks: dict[str, str] = {}
    agencies: dict[str, str] = {}
    own = _own_names(site)
    staff = {matching(name) for name in site.staff_bylines} if site else set()
    country = site.country if site else None
    for text in texts:
        for part in _parts(text, site):
            key = matching(part)
            if not key or key in own:
                continue
            if key in staff:
                desks.setdefault(key, part)
            elif known_source(part, country) is not None:
                agencies.setdefault(source_key(part), part)
            elif key in NOBODY or known_place(part) or opens_link_list(part):
                continue
            elif shape_reason(part) is not None:
                continue  # a prompt of the page
            elif _is_desk(part):
                desks.setdefault(key, part)
            elif _is_person(part):
                people.setdefault(key, part)
    names = list(people.values())
    return Bylines(
        people=tuple(names),
        desks=tuple(desk for key, desk in desks.items() if key not in people),
        agencies=tuple(agencies.values()),
        raw=one_line("; ".join(dict.fromkeys(t.strip() for t in texts))) or None,
    )


def byline_of(line: str, site: Site | None = None) -> Bylines | None:
    """The byline if a whole line is marked as one ("By A and B", "Reporter : Name"), else None."""
    line = line.strip()
    if len(line) > 120 or "\n\n" in line:
        return None
    chinese = CHINESE_BY.match(line)
    if chinese is not None and (len(line) > 40 or SENTENCE.search(line)):
        return None  # 记者从上海获悉, a sentence about reporters
    if chinese is None and not BY.match(line):
        return None
    found = clean_authors([line], site)
    if not (found.people or found.desks or found.agencies):
        return None
    return found if all(_looks_named(name) for name in found.people) else None


def _looks_named(name: str) -> bool:
    if any("\u3400" <= ch <= "\u9fff" for ch in name):
        return len(name) <= 12
    words = name.split()
    small = sum(w[0].islower() for w in words)
    return len(words) <= 6 and small <= len(words) / 2 and not (small and name.endswith("."))


def _own_names(site: Site | None) -> set[str]:
    if site is None:
        return set()
    names = [site.title, site.name, *site.domains]
    if site.source_name:
        names.append(site.source_name)
    names += [domain.removeprefix("www.") for domain in site.domains]
    return {matching(name) for name in names} | {source_key(name) for name in names}


def _parts(text: str, site: Site | None) -> Iterator[str]:
    text = text.strip()
    if text[:1] in "{[" and text[-1:] in "}]":
        try:
            value = json.loads(text)
        except ValueError:
            return
        for name in _names_in(value):
            yield from _parts(name, site)
        return
    if len(text) > 400:
        return
    text = re.sub(r"[^\S\n]+", " ", text.replace("\u00a0", " "))
    text = WHEN.sub("", ADDRESS.sub(" ", text)).strip(' \n\t,;|/·•–—-:"')
    if doubled := DOUBLED.fullmatch(text):
        text = doubled[1]
    pieces: list[str] = []
    for line in text.split("\n"):
        pieces += _lines(line.strip(), site)
    pieces = [piece for piece in pieces if piece]
    real = [piece for piece in pieces if not ROLE.fullmatch(piece)]
    # a role beside a name says what the person is; alone it is who signed
    yield from real or pieces


def _names_in(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        name = value.get("name")
        if isinstance(name, str):
            yield name
    elif isinstance(value, list):
        for item in value:
            if isinstance(item, str):
                yield item
            else:
                yield from _names_in(item)


def _lines(line: str, site: Site | None) -> list[str]:
    if not line or EDITOR.match(line.lstrip("(（[【 ")):
        return []
    chinese = CHINESE_BY.match(line) is not None or _main_language(site) == "zh"
    if agency := CHINESE_AGENCY.match(line):
        return [agency[1], *_lines(line[agency.end(1) :], site)]
    line = _strip_by(line, site)
    line = OTHERS.sub("", line)
    out: list[str] = []
    for part in _unsplit_commas(BREAKS.split(line), line, site):
        for name in _split_joined(part, site):
            out += _trim(name.strip(), site, chinese)
    return out


def _strip_by(text: str, site: Site | None) -> str:
    for _ in range(2):
        match = BY.match(text) or CHINESE_BY.match(text)
        if match is None or match.end() >= len(text):
            break
        text = text[match.end() :]
    if match := BY_ROMANCE.match(text):
        return text[match.end() :]
    word = BY_LANGUAGE.get(_main_language(site))
    if word and text[: len(word) + 1].lower() == word + " ":
        return text[len(word) + 1 :]
    return text


def _unsplit_commas(parts: Iterable[str | None], whole: str, site: Site | None) -> list[str]:
    """Put back commas that part no names: "Doe, Jane", "Robert Downey, Jr."."""
    out: list[str] = []
    for part in parts:
        if not part:
            continue
        country = site.country if site else None
        suffix = SUFFIX.fullmatch(part) and not known_source(part, country)
        if out and suffix and f"{out[-1]}, {part}" in whole:
            out[-1] = f"{out[-1]}, {part}"
        else:
            out.append(part)
    single_names = _main_language(site) in SINGLE_NAMES
    if (
        len(out) == 2
        and not single_names
        and whole == f"{out[0]}, {out[1]}"
        and all(
            p.isalpha() and p.istitle() and not known_place(p) and not known_source(p) for p in out
        )
    ):
        return [whole]
    return out


def _split_joined(text: str, site: Site | None) -> list[str]:
    parts = JOINERS.split(text)
    if len(parts) == 2 and _main_language(site) not in SINGLE_NAMES:
        # "Herz und Blut" is a blog, "A Rahman and Budi" two people
        single = all(part.isascii() and " " not in part.strip() for part in parts)
        if single and not any(known_source(part) for part in parts):
            parts = [text]
    out: list[str] = []
    for part in parts:
        halves = JOINER_LETTER.split(part)
        full = all(" " in half and half[:1].isupper() for half in halves)
        out += halves if len(halves) > 1 and full else [part]
    return out


def _main_language(site: Site | None) -> str:
    return site.languages[0].partition("-")[0].lower() if site and site.languages else ""


def _trim(name: str, site: Site | None, chinese: bool) -> list[str]:
    extra: list[str] = []
    name = LEFT_JOINER.sub("", _strip_by(name, site).strip(' ,;:/|·•–—-"“”*'))
    name = SIGN.sub("", DEGREES.sub("", name)) or name
    if bracket := BRACKET.search(name):
        inside = bracket[1].strip()
        if known_source(inside):
            extra.append(inside)
        if extra or known_place(inside) or ROLE.fullmatch(inside) or _is_desk(inside):
            name = name[: bracket.start()].strip()
    if not name or EDITOR.match(name) or CHINESE_ROLE.fullmatch(name):
        return extra
    if any("가" <= ch <= "힣" for ch in name):
        name = OTHERS.sub("", name.rpartition("=")[2].strip())  # 서울=연합뉴스 before the name
        bare = KOREAN_END.sub("", name).strip()
        words = bare.split()
        if len(words) > 1 and all(2 <= len(w) <= 4 and _hangul(w) for w in words):
            return [*words, *extra]
        return [bare, *extra] if bare else extra
    if any("\u3400" <= ch <= "\u9fff" for ch in name):
        return [*_chinese_names(name, chinese), *extra]
    if role := ROLE_END.search(name):
        head = name[: role.start()].strip()
        name = head if " " in head else name
    if place := PLACE_END.search(name):
        head = name[: place.start()].strip()
        if " " in head or known_source(head):
            name = head
    return [name, *extra]


def _hangul(word: str) -> bool:
    return all("가" <= ch <= "힣" for ch in word)


def _chinese_names(name: str, chinese: bool) -> list[str]:
    """One name, or several that spaces part: a space inside a Japanese name parts its halves."""
    bare = CHINESE_END.sub("", name).strip(" ／/:：")
    words = bare.split()
    if len(words) > 1 and chinese and all(2 <= len(w) <= 4 for w in words):
        return words
    return [bare] if bare else []


def _is_desk(part: str) -> bool:
    if ROLE.fullmatch(part):
        return True
    match = DESK.fullmatch(part)
    return match is not None and len(part) <= LONGEST_NAME


def _is_person(name: str) -> bool:
    if not 2 <= len(name) <= LONGEST_NAME or DOMAIN.search(name):
        return False
    letters = sum(ch.isalpha() for ch in name)
    digits = sum(ch.isdigit() for ch in name)
    if letters < 2 or digits > 2 or any(ch in name for ch in "{}<>=?!%#_…"):
        return False
    words = name.split()
    if len(words) > 7:
        return False
    # a phrase has more small words than a name has particles
    return not (len(words) > 2 and sum(w.islower() and len(w) > 3 for w in words) > len(words) / 2)
