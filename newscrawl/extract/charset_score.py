"""Which character set makes the likeliest text of a page's bytes.

Every candidate (a codec read as one language) is a model that gives each character a probability:
characters that the language uses often are likely, those of its script rare, all others nearly
impossible. All candidates explain the same bytes, so the sums of log-probabilities compare. The
frequencies are in ``models/letters.json`` (``benchmarks/train_encoding``).
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from newscrawl.extract.legacy_codecs import decode_legacy

SAMPLE_BYTES = 2400
_ASCII = -3.2  # nats for one ASCII character, the same in every model
_ODD = -13.0  # a character that the language does not use
_BROKEN = -24.0  # a byte that means nothing
_STRUCTURE = -4.0  # an impossible neighbourhood: a capital inside a word, a vowel sign alone

# (codec, languages it is read as). Supersets stand for their subsets.
CANDIDATES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("gb18030", ("zh-Hans", "zh-Hant")),
    ("big5hkscs", ("zh-Hant",)),
    ("cp932", ("ja",)),
    ("euc_jp", ("ja",)),
    ("cp949", ("ko",)),
    ("johab", ("ko",)),
    ("cp874", ("th",)),
    ("cp1251", ("ru", "uk", "bg")),
    ("koi8-u", ("ru", "uk")),
    ("cp866", ("ru",)),
    ("iso8859-5", ("ru", "bg")),
    ("mac-cyrillic", ("ru",)),
    ("cp1253", ("el",)),
    ("cp1255", ("he",)),
    ("cp1256", ("ar", "fa", "ur")),
    ("iso8859-6", ("ar",)),
    ("viscii", ("vi",)),
    ("tcvn", ("vi",)),
    ("cp1258", ("vi",)),
    ("tscii", ("ta",)),
    ("cp1250", ("pl", "cs", "hu", "ro", "hr")),
    ("iso8859-2", ("pl", "cs", "hu", "ro", "hr")),
    ("cp1254", ("tr",)),
    ("cp1257", ("lt", "lv")),
    ("cp1252", ("fr", "de", "es", "pt", "it", "sv", "nb", "fi")),
    ("mac-roman", ("fr", "de", "es", "pt")),
)
_LANGUAGES_OF = dict(CANDIDATES)
# Codecs that stand for another in scoring.
_LIKE = {
    "koi8-r": "koi8-u", "iso8859-7": "cp1253", "iso8859-8": "cp1255", "iso8859-9": "cp1254",
    "iso8859-13": "cp1257", "iso8859-15": "cp1252", "euc_jis_2004": "euc_jp",
    "shift_jis_2004": "cp932",
}  # fmt: skip
_RARE_IN_USE = {"mac-roman": -3.0, "iso8859-6": -2.0, "mac-cyrillic": -2.0, "cp866": -2.0,
                "johab": -3.0, "tcvn": -1.0, "tscii": -1.0}  # fmt: skip

# Marks that any text may hold: dashes, quotes, dots, degree, copyright, no-break space.
_MARKS = "\xa0\xa9\xab\xad\xae\xb0\xb7\xbb\u2010\u2013\u2014\u2018\u2019\u201c\u201d\u2022\u2026"
_EAST_ASIAN_MARKS = (
    "、。，．・：；？！（）「」『』【】《》〈〉ー～…—“”‘’·０１２３４５６７８９％　－／○●◎■◆★☆□△▲"
)
_STRUCTURE_OF = {
    "th": re.compile("(?<![\u0e01-\u0e2e\u0e31\u0e34-\u0e3a\u0e47-\u0e4e])[\u0e31\u0e34-\u0e3a]"),
    "vi": re.compile("[a-zà-ỹ][À-ÝẠ-Ỵ](?=[a-zà-ỹ])"),
}
_FLIP = re.compile(
    "[a-zß-öø-ÿąćčďęěłńňřśšťůźżžğışа-яѐ-џά-ώ]"
    "(?:[À-ÖØ-ÞĄĆČĎĘĚŁŃŇŘŚŠŤŮŹŻŽĞİŞА-ЯЀ-ЏΆ-Ϋ]|[\x80-\xbf\u2013-\u203a\u20ac\u2122](?=[a-zа-я]))"
)
# A letter of another script inside a word of Latin letters: how wrong readings look.
_MIXED = re.compile(
    "[a-z](?=[Ͱ-ϿЀ-ӿ\u0590-\u06ff\u0b80-\u0bff\u0e00-\u0e7f])"
    "|(?<=[Ͱ-ϿЀ-ӿ\u0590-\u06ff\u0b80-\u0bff\u0e00-\u0e7f])[a-z]"
)
_HIGH = re.compile(rb"[\x80-\xff]")
_TAG = re.compile(rb"<[a-zA-Z/!?][^<>]{0,2000}>")
_OPAQUE = ((b"<script", b"</script"), (b"<style", b"</style"), (b"<!--", b"-->"))


def _without_markup(body: bytes) -> bytes:
    """Text without scripts, styles, comments and tags; in time linear in its length."""
    lower = body.lower()
    for opening, closing in _OPAQUE:
        pieces, at = [], 0
        while (start := lower.find(opening, at)) >= 0:
            end = lower.find(closing, start)
            if end < 0:
                break
            pieces.append(body[at:start])
            at = end + len(closing)
        pieces.append(body[at:])
        body = b" ".join(pieces)
        lower = body.lower()
    return _TAG.sub(b" ", body)


@cache
def _model(language: str) -> dict[str, float]:
    """Log-probability of each character the language uses."""
    raw = json.loads(
        files("newscrawl.extract").joinpath("models/letters.json").read_text(encoding="utf-8")
    )[language]
    if isinstance(raw, str):  # characters in order of frequency: Zipf's law, flattened at the top
        total = sum(1 / (rank + 8) for rank in range(len(raw)))
        model = {c: math.log(0.88 / (rank + 8) / total) for rank, c in enumerate(raw)}
        if language == "ja":  # the list is of words; running text has far more particles
            model |= {chr(c): max(model.get(chr(c), -9.0), -5.2) for c in range(0x3041, 0x3097)}
            model |= {chr(c): max(model.get(chr(c), -9.0), -6.2) for c in range(0x30A1, 0x30FB)}
        model |= {c: max(model.get(c, -9.0), -5.6) for c in _EAST_ASIAN_MARKS}
        return model
    total = sum(raw.values())
    model = {}
    for letter, share in raw.items():
        # Of a hundred characters about ten stand outside ASCII in Latin alphabets, most in others.
        weight = 0.12 if letter < "\u0250" or "\u1e00" <= letter < "\u1f00" else 0.8
        model[letter] = math.log(max(share, 1) / total * weight)
    for letter, value in list(model.items()):
        capital = letter.upper()
        if len(capital) == 1:
            model.setdefault(capital, value - 3.0)
    model |= {c: -6.5 for c in _MARKS if c not in model}
    if language == "vi":
        model |= dict.fromkeys("\u0300\u0301\u0303\u0309\u0323", -3.4)
    if language == "th":
        model |= {chr(c): -6.0 for c in range(0xE50, 0xE5A)}
        model.setdefault("์", -4.5)
    return model


@cache
def _floor(language: str) -> tuple[re.Pattern[str] | None, float]:
    """The characters that belong to the language's script, and the log-probability of each."""
    script, value = {
        "zh": ("\u4e00-\u9fff\u3400-\u4dbf", -11.0),
        "ja": ("\u4e00-\u9fff", -10.0),
        "ko": ("\uac00-\ud7a3", -10.0),
        "th": ("\u0e01-\u0e5b", -9.0),
        "ar": ("\u0600-\u06ff", -9.0),
        "ta": ("\u0b80-\u0bff", -8.0),
    }.get(language.split("-")[0], ("", _ODD))
    return (re.compile(f"[{script}]") if script else None), value


def sample(body: bytes) -> bytes:
    """The part of a page that is text outside ASCII: markup and scripts cut, lines that matter."""
    first = _HIGH.search(body)
    start = max(0, first.start() - 200) if first else 0
    text = _without_markup(body[start : start + 64 * SAMPLE_BYTES])
    if text.isascii():
        text = body[start : start + 64 * SAMPLE_BYTES]
    lines = [line.strip() for line in text.split(b"\n")]
    chosen: list[bytes] = []
    size = 0
    for line in lines:
        if line.isascii():
            continue
        chosen.append(line[: SAMPLE_BYTES - size])
        size += len(chosen[-1])
        if size >= SAMPLE_BYTES:
            break
    return b"\n".join(chosen)


def read(codec: str, body: bytes) -> str:
    """Decode leniently: what means nothing becomes U+FFFD."""
    if codec in {"viscii", "tcvn", "tscii"}:
        return decode_legacy(codec, body)
    return body.decode(codec, errors="replace")


def likelihood(text: str, languages: Iterable[str]) -> float:
    """The best log-probability of a text over some languages, in nats; ASCII counts a constant."""
    counts = Counter(text)
    ascii_part = 0.0
    for char in [c for c in counts if c < "\x80"]:
        each = _BROKEN if char < "\x09" or "\x0e" <= char < "\x20" else _ASCII
        ascii_part += each * counts.pop(char)
    ascii_part += _STRUCTURE * (len(_FLIP.findall(text)) + len(_MIXED.findall(text)))
    return ascii_part + max(_beyond_ascii(text, counts, language) for language in languages)


def _beyond_ascii(text: str, counts: Counter[str], language: str) -> float:
    model = _model(language)
    script, inside = _floor(language)
    total = 0.0
    for char, count in counts.items():
        if (value := model.get(char)) is not None:
            total += value * count
        elif char == "\ufffd" or "\x80" <= char < "\xa0" or "\ue000" <= char < "\uf900":
            total += _BROKEN * count
        elif script is not None and script.match(char):
            total += inside * count
        else:
            total += _ODD * count
    if structure := _STRUCTURE_OF.get(language):
        total += _STRUCTURE * len(structure.findall(text))
    return total


def likeliest(text: str) -> float:
    """The best log-probability of a text over the alphabets that UTF-8 writes in two bytes."""
    return likelihood(
        text, ("fr", "de", "es", "pl", "cs", "tr", "vi", "ru", "uk", "el", "he", "ar", "fa")
    )


def score(codec: str, sampled: bytes) -> float:
    """The best log-probability of a sample read with a codec, over the codec's languages."""
    known = _LIKE.get(codec, codec)
    languages = _LANGUAGES_OF.get(known, ("fr", "de"))
    return likelihood(read(codec, sampled), languages) + _RARE_IN_USE.get(known, 0.0)


def rank(sampled: bytes, codecs: Iterable[str] | None = None) -> list[tuple[float, str]]:
    """Candidates from the likeliest on, each with its log-probability."""
    names = codecs if codecs is not None else [codec for codec, _ in CANDIDATES]
    return sorted(((score(codec, sampled), codec) for codec in names), reverse=True)
