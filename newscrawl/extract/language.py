"""The language of a text: its script first, then letters and words where languages share a script.

Khmer, Thai, Lao, Burmese, Sinhala, Tamil and others are known by their script alone. For Latin,
Cyrillic, Arabic, Devanagari and Tibetan a model of frequent trigrams and words decides
(``models/languages.json``, made by ``benchmarks/train_language``); Bengali and Assamese, simplified
and traditional Chinese differ in letters. What a site says about itself breaks ties and no more.
"""

from __future__ import annotations

import json
import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from newscrawl.extract.close_languages import malay_or_indonesian
from newscrawl.extract.scripts import script_counts


@dataclass(frozen=True, slots=True)
class Language:
    """A language as a BCP 47 tag (``und`` if it cannot be told), ISO 15924 script, score 0 to 1."""

    tag: str
    script: str
    score: float


UNKNOWN = Language("und", "Zyyy", 0.0)
_SAMPLE = 1200  # characters that are looked at closely
_SCRIPT_SAMPLE = 2000

_ONE_LANGUAGE = {
    "Khmr": "km", "Thai": "th", "Laoo": "lo", "Mymr": "my", "Sinh": "si", "Taml": "ta",
    "Telu": "te", "Mlym": "ml", "Knda": "kn", "Gujr": "gu", "Guru": "pa", "Orya": "or",
    "Thaa": "dv", "Hang": "ko", "Geor": "ka", "Armn": "hy", "Ethi": "am", "Grek": "el",
    "Mong": "mn", "Java": "jv", "Bali": "ban", "Sund": "su", "Bugi": "bug", "Cher": "chr",
    "Cans": "iu", "Syrc": "syr", "Yiii": "ii", "Limb": "lif",
}  # fmt: skip
# Romanised Hindi and Urdu, as the press of South Asia prints quotations and song titles.
_ROMANISED = {
    "hi-Latn": "hai ki ka ke ko se mein me aur nahi nahin ye yeh woh wo kya kyun bhi hain tha thi"
    " the ho hoga kar karte karna raha rahe rahi gaya gayi liye apne apna unke unhone inhone par"
    " jo jab tak lekin magar toh koi sab bahut kuch hum tum aap mera meri tera teri main tumhari"
    " kaha kahte log baat din saal pehle baad saath sirf abhi ab yahan wahan desh sarkar"
}
_FLOOR = 9.0  # nats that an unseen trigram or word costs
_STEP, _CLEAR = 15, 45.0  # every so many words: is the first language so many nats ahead?
_PRIOR = 6.0  # nats that a site's own language is ahead
_WORD = re.compile(r"[^\W\d_]+(?:[\u0300-\u036f\u0900-\u0963'’ʻ]+[^\W\d_]*)*")
_DEVANAGARI_WORD = re.compile(r"[\u0900-\u0963\u0970-\u097f]+")
_TIBETAN_SYLLABLE = re.compile(r"[\u0f40-\u0fbc]+")
_NOT_TEXT = re.compile(r"https?://\S+|www\.\S+|\S+@\S+|#\S+")


@dataclass(frozen=True, slots=True)
class _Model:
    """For each trigram or word, how many nats each language gains over the floor."""

    languages: tuple[str, ...]
    gains: dict[str, tuple[tuple[int, float], ...]]


@cache
def _model(script: str) -> _Model:
    raw = json.loads(
        files("newscrawl.extract").joinpath("models/languages.json").read_text(encoding="utf-8")
    )[script]
    if script == "Latn":
        for tag, words in _ROMANISED.items():
            raw[tag] = {"words": words, "grams": ""}
    languages = tuple(raw)
    gains: dict[str, tuple[tuple[int, float], ...]] = {}
    # pairs recur, and so do whole rows: one object each
    shared: dict[tuple[int, float], tuple[int, float]] = {}
    rows: dict[tuple[tuple[int, float], ...], tuple[tuple[int, float], ...]] = {}
    for index, lists in enumerate(raw.values()):
        for kind, weight in (("words", 1.0), ("grams", 0.35)):
            for rank, entry in enumerate(lists[kind].split()):
                gain = max(_FLOOR - math.log(rank + 12) - 1.5, 0.2) * weight
                # A word is told from a trigram by a mark that neither has.
                key = f"={entry}" if kind == "words" else entry
                pair = (index, round(gain, 1))
                row = (*gains.get(key, ()), shared.setdefault(pair, pair))
                gains[key] = rows.setdefault(row, row)
    return _Model(languages, gains)


def detect_language(text: str, *, prior: Sequence[str] = ()) -> Language:
    """The language of a text.

    ``prior`` are the BCP 47 tags that the site or page declares, likeliest first: they decide where
    the text alone does not. ``und`` with score 0 for a text without letters.
    """
    counts = script_counts(text[:_SCRIPT_SAMPLE])
    if not counts:
        return UNKNOWN
    total = sum(counts.values())
    japanese = counts["Hira"] + counts["Kana"]
    chinese = counts["Hani"] + japanese + counts["Bopo"]
    script, share = counts.most_common(1)[0]
    if chinese >= share and chinese:
        if counts["Hang"] * 2 > chinese:
            return Language("ko", "Kore", round((counts["Hang"] + chinese) / total, 3))
        return _han(text[:_SCRIPT_SAMPLE], counts, total, japanese, prior)
    certainty = share / total
    if script == "Hang":
        return Language("ko", "Kore", round(certainty, 3))
    if script in _ONE_LANGUAGE:
        return Language(_by_prior(script, prior), script, round(certainty, 3))
    if script == "Beng":
        return _bengali(text, prior, certainty)
    if script in {"Latn", "Cyrl", "Arab", "Deva", "Tibt", "Hebr"}:
        return _by_model(text, script, certainty, prior)
    return Language("und", script, round(certainty, 3))


def _by_prior(script: str, prior: Iterable[str]) -> str:
    """A script's main language, or another that the site says it writes with that script."""
    others = {"Mymr": {"shn", "mnw", "ksw", "kac"}, "Ethi": {"ti"}, "Guru": {"pa"},
              "Thai": {"tts"}, "Orya": {"or"}, "Knda": {"kn", "tcy"}, "Geor": {"ka"}}  # fmt: skip
    for tag in prior:
        if tag.split("-")[0] in others.get(script, ()):
            return tag.split("-")[0]
    return _ONE_LANGUAGE[script]


@cache
def _han_letters() -> tuple[frozenset[str], frozenset[str]]:
    """Characters that only simplified, and only traditional Chinese uses."""
    raw = json.loads(
        files("newscrawl.extract").joinpath("models/letters.json").read_text(encoding="utf-8")
    )
    simplified, traditional = set(raw["zh-Hans"]), set(raw["zh-Hant"])
    return frozenset(simplified - traditional), frozenset(traditional - simplified)


def _han(
    text: str, counts: Counter[str], total: int, japanese: int, prior: Sequence[str]
) -> Language:
    han = counts["Hani"]
    certainty = (han + japanese) / total
    likes_japanese = any(tag.lower().startswith("ja") for tag in prior)
    if japanese > 0.05 * (han + japanese) and (japanese >= 3 or likes_japanese):
        return Language("ja", "Jpan", round(certainty, 3))
    if likes_japanese and han < 30 and not any(t.lower().startswith("zh") for t in prior):
        return Language("ja", "Jpan", round(certainty * 0.6, 3))
    only_simplified, only_traditional = _han_letters()
    simplified = sum(1 for c in text if c in only_simplified)
    traditional = sum(1 for c in text if c in only_traditional)
    if simplified == traditional:
        tag = _chinese_prior(prior)
        return Language(tag, tag[3:], round(certainty * 0.5, 3))
    certainty *= max(simplified, traditional) / (simplified + traditional)
    tag = "zh-Hans" if simplified > traditional else "zh-Hant"
    return Language(tag, tag[3:], round(certainty, 3))


def _chinese_prior(prior: Iterable[str]) -> str:
    for tag in prior:
        low = tag.lower()
        if low.startswith(("zh", "yue")):
            if any(part in low for part in ("hant", "tw", "hk", "mo", "yue")):
                return "zh-Hant"
            return "zh-Hans"
    return "zh-Hans"


def _bengali(text: str, prior: Sequence[str], certainty: float) -> Language:
    """Assamese has its own letters for ra and wa; Bengali's ra is another."""
    sample = text[:_SCRIPT_SAMPLE]
    assamese = sample.count("ৰ") + sample.count("ৱ")
    bengali = sample.count("র")
    if assamese == bengali:
        tag = next((t.split("-")[0] for t in prior if t.split("-")[0] in {"as", "bn"}), "bn")
        return Language(tag, "Beng", round(certainty * 0.5, 3))
    tag = "as" if assamese > bengali else "bn"
    return Language(
        tag, "Beng", round(certainty * max(assamese, bengali) / (assamese + bengali), 3)
    )


def _by_model(text: str, script: str, certainty: float, prior: Sequence[str]) -> Language:
    model = _model(script)
    totals = [0.0] * len(model.languages)
    gains = model.gains
    words = _words(text, script)
    seen = len(words)
    if not _tell(totals, words, gains):
        # the words of a short or a mixed text leave it open: what they are made of decides
        for word, count in words.items():
            padded = f"_{word}_"
            for i in range(len(padded) - 2):
                for index, gain in gains.get(padded[i : i + 3], ()):
                    totals[index] += gain * count
    if "ms" in model.languages:
        _settle_malay(totals, model.languages, words)
    if not seen:
        return Language("und", script, 0.0)
    raw = list(totals)
    for position, tag in enumerate(prior):
        name = _known(tag, model.languages)
        if name is not None:
            totals[model.languages.index(name)] += _PRIOR / (1 + position)
    order = sorted(range(len(totals)), key=lambda i: -totals[i])
    best, second = order[0], order[1]
    if totals[best] <= 0:
        return Language("und", script, 0.0)
    margin = raw[best] - raw[second]
    score = certainty / (1 + math.exp(-max(min(margin, 30.0), -30.0) / 6))
    return Language(model.languages[best], script, round(score, 3))


def _tell(
    totals: list[float], words: Counter[str], gains: dict[str, tuple[tuple[int, float], ...]]
) -> bool:
    """Add what whole words gain, until one language is far ahead of all others: then true."""
    for seen, (word, count) in enumerate(words.items(), 1):
        for index, gain in gains.get(f"={word}", ()):
            totals[index] += gain * count
        if not seen % _STEP:
            first, second = sorted(totals)[:-3:-1]
            if first - second > _CLEAR:
                return True
    return False


def _settle_malay(totals: list[float], languages: tuple[str, ...], words: Counter[str]) -> None:
    """Where Malay or Indonesian leads, the words that only one of them has decide."""
    malay, indonesian = languages.index("ms"), languages.index("id")
    best = max(totals)
    if best > max(totals[malay], totals[indonesian]):
        return
    balance = malay_or_indonesian(words)
    if balance:
        level = max(totals[malay], totals[indonesian])
        winner, loser = (malay, indonesian) if balance > 0 else (indonesian, malay)
        totals[winner], totals[loser] = level, level - 2.0 * abs(balance)


def _known(tag: str, languages: tuple[str, ...]) -> str | None:
    """The model's name for a declared language: ``no`` and ``nn`` are ``nb``, ``tl`` is ``fil``."""
    base = tag.replace("_", "-").split("-")[0].lower()
    base = {"no": "nb", "nn": "nb", "tl": "fil", "in": "id", "bs": "hr", "sr": "hr"}.get(base, base)
    if base == "hr" and "hr" not in languages:
        base = "sr"
    return base if base in languages else None


def _words(text: str, script: str) -> Counter[str]:
    """The words of a sample from the start and the middle of a text, case-folded."""
    sample = text if len(text) <= _SAMPLE else text[: _SAMPLE // 2] + " " + _middle(text)
    if "http" in sample or "@" in sample or "#" in sample or "www" in sample:
        sample = _NOT_TEXT.sub(" ", sample)
    folded = unicodedata.normalize("NFC", sample).casefold()
    pattern = {"Deva": _DEVANAGARI_WORD, "Tibt": _TIBETAN_SYLLABLE}.get(script, _WORD)
    return Counter(pattern.findall(folded.replace("’", "'")))


def _middle(text: str) -> str:
    start = len(text) // 2
    return text[start : start + _SAMPLE // 2]
