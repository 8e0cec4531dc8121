"""Write ``newscrawl/extract/dates/months.json``: month names by language, from CLDR.

    pip install babel          # CLDR data, Unicode licence
    python benchmarks/make_months/make.py

Names are kept as CLDR has them, case-folded, wide and abbreviated, formatting and stand-alone.
Additions that the press uses and CLDR lacks are in ``newscrawl/extract/dates/months.py``.
"""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path

from babel import Locale

OUT = Path(__file__).parents[2] / "newscrawl" / "extract" / "dates" / "months.json"
LANGUAGES = [
    "en",
    "km",
    "th",
    "lo",
    "my",
    "id",
    "ms",
    "fil",
    "ceb",
    "bn",
    "as",
    "hi",
    "ne",
    "mr",
    "gu",
    "pa",
    "or",
    "kn",
    "si",
    "ta",
    "te",
    "ml",
    "ur",
    "fa",
    "ar",
    "he",
    "mn",
    "kk",
    "ky",
    "uz",
    "tg",
    "tk",
    "ug",
    "dz",
    "bo",
    "jv",
    "to",
    "mi",
    "haw",
    "tpi",
    "sw",
    "fr",
    "de",
    "es",
    "pt",
    "it",
    "nl",
    "sv",
    "nb",
    "nn",
    "da",
    "fi",
    "is",
    "pl",
    "cs",
    "sk",
    "hu",
    "ro",
    "bg",
    "hr",
    "sr",
    "sl",
    "mk",
    "uk",
    "ru",
    "be",
    "el",
    "tr",
    "az",
    "ka",
    "hy",
    "lt",
    "lv",
    "et",
    "ca",
    "gl",
    "eu",
    "ga",
    "cy",
    "sq",
    "af",
    "mt",
    "lb",
]


def _script(name: str) -> str:
    return next(
        unicodedata.name(c).split()[0] for c in name if unicodedata.category(c) in {"Ll", "Lo"}
    )


def names(language: str) -> list[list[str]]:
    """For each of twelve months, its names in a language, longest first."""
    locale = Locale.parse(language)
    script = _script(locale.months["format"]["wide"][1])
    months: list[set[str]] = [set() for _ in range(12)]
    for form in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            for number, name in locale.months[form][width].items():
                name = unicodedata.normalize("NFC", name).casefold().strip()
                if any(c.isdigit() for c in name) or len(name.strip(".")) < 2:
                    continue
                if _script(name) != script:  # Babel fills gaps from locales it loaded before
                    continue
                months[number - 1].add(name.rstrip("."))
    return [sorted(x, key=lambda n: (-len(n), n)) for x in months]


def main() -> None:
    lines = [
        f"{json.dumps(x)}: {json.dumps(names(x), ensure_ascii=False, separators=(',', ':'))}"
        for x in LANGUAGES
    ]
    OUT.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
