"""Month names of the region's languages and of those its readers also print.

CLDR's names (``months.json``, made by ``benchmarks/make_months``) and what the press uses besides:
short forms, spelling variants, months of Nepal's and Iran's calendars. Languages disagree about a
few names (``listopad`` is October in Croatian, November in Polish): the page's language decides.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

Calendar = Literal["gregorian", "bikram_sambat", "solar_hijri", "other"]

# Forms that CLDR lacks: (language, month, names).
_PRESS = (
    ("en", 9, "sept"), ("en", 1, "janu"), ("en", 2, "febr"), ("en", 3, "marc"),
    ("id", 8, "agust ags agu agt"), ("id", 2, "peb pebruari"), ("id", 11, "nop nopember"),
    ("ms", 3, "mac"), ("ms", 8, "ogos ogo"), ("ms", 12, "dis disember"),
    ("bn", 1, "জানুয়ারি জানুয়ারী জানুআরি"), ("bn", 2, "ফেব্রুয়ারি ফেব্রুয়ারী"),
    ("bn", 8, "অগস্ট অগাস্ট আগষ্ট"),
    ("bn", 9, "সেপ্টেম্বার"), ("bn", 12, "ডিসেম্বার"),
    ("ne", 2, "फेब्रुवरी फेब्रवरी फरवरी"), ("ne", 8, "अगस्त"), ("ne", 11, "नवम्बर नोवेम्बर"),
    ("ne", 9, "सेप्टेम्वर सेप्टेंबर"), ("ne", 10, "अक्टुबर"), ("ne", 12, "डिसेम्वर"),
    ("hi", 2, "फरवरी फ़रवरी"), ("hi", 9, "सितम्बर"), ("hi", 10, "अक्तूबर"), ("hi", 11, "नवम्बर"),
    ("hi", 12, "दिसम्बर"), ("hi", 1, "जन"), ("hi", 4, "अप्रेल"),
    ("si", 1, "ජනවාරි ජනවාරී"), ("si", 6, "ජුනි"), ("si", 7, "ජුලි"), ("si", 2, "පෙබරවාරී"),
    ("si", 4, "අප්රේල් අප්රේල්"), ("si", 9, "සැප්තැම්බර්"),
    ("ta", 7, "யூலை"), ("ta", 6, "யூன்"), ("ta", 1, "சனவரி"), ("ta", 8, "ஆகத்து"),
    ("my", 3, "မတ်လ"), ("my", 6, "ဂျွန်"), ("my", 7, "ဂျူလိုင်"), ("my", 8, "သြဂုတ် ဩဂုတ် သြဂတ်"),
    ("my", 1, "ဇန္နဝါရီ"), ("my", 12, "ဒီဇင်္ဘာ"),
    ("lo", 6, "ມີຖຸນາ"), ("lo", 12, "ທັນວາ"), ("lo", 11, "ພະຈິກ"), ("lo", 10, "ຕຸລາ"),
    ("km", 1, "មករា"), ("km", 2, "កុម្ភះ កុម្ភ"), ("km", 5, "ឧសភា ឩសភា"), ("km", 10, "តុលា"),
    ("ur", 8, "اگست"), ("ur", 2, "فرورى"),
    ("ar", 1, "كانون_الثاني جانفي"), ("ar", 2, "شباط فيفري"), ("ar", 3, "آذار اذار"),
    ("ar", 4, "نيسان أفريل ابريل إبريل"), ("ar", 5, "أيار ايار ماي"),
    ("ar", 6, "حزيران جوان يونيه"),
    ("ar", 7, "تموز جويلية يوليه"), ("ar", 8, "آب أوت اغسطس"), ("ar", 9, "أيلول ايلول"),
    ("ar", 10, "تشرين_الأول اكتوبر"), ("ar", 11, "تشرين_الثاني"), ("ar", 12, "كانون_الأول"),
    ("mn", 1, "нэгдүгээр"), ("mn", 2, "хоёрдугаар"), ("mn", 3, "гуравдугаар"),
    ("mn", 4, "дөрөвдүгээр"), ("mn", 5, "тавдугаар"), ("mn", 6, "зургаадугаар"),
    ("mn", 7, "долоодугаар"), ("mn", 8, "наймдугаар"), ("mn", 9, "есдүгээр"),
    ("mn", 10, "аравдугаар"), ("mn", 11, "арваннэгдүгээр"), ("mn", 12, "арванхоёрдугаар"),
    ("fil", 5, "mayo"), ("fil", 9, "septyembre"), ("es", 9, "setiembre set"), ("pt", 3, "marco"),
    ("de", 3, "maerz mrz"), ("de", 1, "jänner jaenner"), ("fr", 2, "fevrier fév"),
    ("fr", 8, "aout"), ("fr", 12, "decembre déc"), ("fr", 7, "juil"), ("it", 9, "sett"),
    ("tet", 1, "janeiru"), ("tet", 2, "fevereiru"), ("tet", 3, "marsu"), ("tet", 4, "abríl"),
    ("tet", 5, "maiu"), ("tet", 6, "juñu junhu"), ("tet", 7, "jullu julhu"), ("tet", 8, "agostu"),
    ("tet", 9, "setembru"), ("tet", 10, "outubru"), ("tet", 11, "novembru"),
    ("tet", 12, "dezembru"),
    ("sm", 1, "ianuari"), ("sm", 2, "fepuari"), ("sm", 3, "mati"), ("sm", 4, "aperila"),
    ("sm", 6, "iuni"), ("sm", 7, "iulai"), ("sm", 8, "aokuso"), ("sm", 9, "setema"),
    ("sm", 10, "oketopa"), ("sm", 11, "novema"), ("sm", 12, "tesema"),
)  # fmt: skip
_NEPAL = (
    "बैशाख वैशाख बैसाख", "जेठ जेष्ठ ज्येष्ठ", "असार आषाढ अषाढ", "साउन श्रावण", "भदौ भाद्र", "असोज आश्विन अशोज",
    "कात्तिक कार्तिक कात्तिक", "मंसिर मङ्सिर मंसीर मार्ग", "पुस पुष पौष पूस", "माघ", "फागुन फाल्गुन फाल्गुण",
    "चैत चैत्र",
)  # fmt: skip
_IRAN = "فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند"
# Names that are read on any page. Others only on pages in their language: Tongan ``sun`` is June.
_COMMON = frozenset(
    {"en", "id", "ms", "fil", "fr", "de", "es", "pt", "it", "nl", "sv", "nb", "da", "fi", "pl",
     "cs", "hu", "ro", "tr", "hr", "sl", "sk", "ca", "tet"}
)  # fmt: skip
_DOTTED = {
    "th": "มค กพ มีค เมย พค มิย กค สค กย ตค พย ธค",
    "lo": "ມກ ກພ ມນ ມສ ພພ ມິຖ ກລ ສຫ ກຍ ຕລ ພຈ ທວ",
}


@dataclass(frozen=True, slots=True)
class MonthName:
    """A month name in a text: where it stands, which month of which calendar it is."""

    start: int
    end: int
    month: int
    calendar: Calendar


@cache
def _words() -> dict[str, tuple[tuple[str, int], ...]]:
    """Name -> (language, month) of every language that has it."""
    table: dict[str, dict[str, int]] = {}
    cldr = json.loads(
        files("newscrawl.extract.dates").joinpath("months.json").read_text(encoding="utf-8")
    )
    for language, months in cldr.items():
        for number, names in enumerate(months, 1):
            for name in names:
                table.setdefault(name, {})[language] = number
    for language, number, names in _PRESS:
        for name in names.split():
            table.setdefault(name.replace("_", " ").casefold(), {})[language] = number
    return {name: tuple(where.items()) for name, where in table.items()}


@cache
def _inside() -> dict[str, tuple[tuple[str, int, Calendar], ...]]:
    """By first letter, the names of scripts that write words together, longest first."""
    found: dict[str, list[tuple[str, int, Calendar]]] = {}
    for name, where in _words().items():
        if name[0] > "\u0250":
            found.setdefault(name[0], []).append((name, where[0][1], "gregorian"))
    for number, names in enumerate(_NEPAL, 1):
        for name in names.split():
            found.setdefault(name[0], []).append((name, number, "bikram_sambat"))
    for number, name in enumerate(_IRAN.split(), 1):
        # also as a keyboard for Arabic writes it
        for form in {name, name.replace("ی", "ي")}:
            found.setdefault(form[0], []).append((form, number, "solar_hijri"))
    return {c: tuple(sorted(names, key=lambda n: -len(n[0]))) for c, names in found.items()}


@cache
def _first_letters() -> re.Pattern[str]:
    return re.compile(f"[{re.escape(''.join(_inside()))}]")


@cache
def _dotted(language: str) -> re.Pattern[str]:
    forms = []
    for name in _DOTTED[language].split():
        # A consonant with its vowel signs, then the second consonant.
        cut = len(name) - 1
        forms.append(f"({re.escape(name[:cut])}\\.?\\s?{re.escape(name[cut:])}\\.?)")
    return re.compile(f"(?<![\u0e01-\u0eff])(?:{'|'.join(forms)})(?![\u0e01-\u0eff])")


_THAI = re.compile("[\u0e01-\u0e7f]")
_LAO = re.compile("[\u0e81-\u0eff]")
_LATIN_WORD = re.compile(r"[a-zà-öø-ÿāăąćčďđēęěğģīįıķļľłńņňñōőœřśşšţťūůűųźżžșțʻ]{3,12}")


def find_months(text: str, languages: Sequence[str] = ()) -> Iterator[MonthName]:
    """The month names in a case-folded text, in their order.

    ``languages`` are BCP 47 tags; where languages disagree about a name the first of them that
    knows it decides.
    """
    own = [tag.split("-")[0].lower() for tag in languages]
    words = _words()
    for match in _LATIN_WORD.finditer(text):
        where = words.get(match[0])
        if where is None:
            continue
        known = dict(where)
        month = next((known[tag] for tag in own if tag in known), None)
        if month is None:
            common = {
                n for tag, n in where if tag == "en" or (tag in _COMMON and len(match[0]) > 3)
            }
            if len(common) != 1:
                continue
            month = common.pop()
        yield MonthName(match.start(), match.end(), month, "gregorian")
    if text.isascii():
        return
    yield from _other_scripts(text)


def _other_scripts(text: str) -> Iterator[MonthName]:
    inside, firsts = _inside(), _first_letters()
    at = 0
    if dotted := "th" if _THAI.search(text) else "lo" if _LAO.search(text) else None:
        for match in _dotted(dotted).finditer(text):
            yield MonthName(match.start(), match.end(), match.lastindex or 1, "gregorian")
    while first := firsts.search(text, at):
        at = first.start()
        for name, month, calendar in inside[text[at]]:
            if text.startswith(name, at):
                yield MonthName(at, at + len(name), month, calendar)
                at += len(name) - 1
                break
        at += 1
