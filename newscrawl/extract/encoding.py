"""From the bytes of a page to its text.

Evidence, strongest first: a byte order mark; a form that cannot be mistaken (UTF-16 zeros, escapes,
valid UTF-8); the site's own record; the header; the page's ``meta``; the likeliest reading of the
bytes. A declaration that makes nonsense of the bytes is overruled where another reading is
certain. Bytes that mean nothing become U+FFFD and are reported as ``damaged``; text is never cut.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from dataclasses import dataclass

from newscrawl.extract.charset_forms import from_bom, from_escapes, from_zeros
from newscrawl.extract.charset_labels import codec_for, public_name
from newscrawl.extract.charset_score import likeliest, rank, read, sample, score
from newscrawl.extract.meta_charset import declared_in_header, declared_in_page


@dataclass(frozen=True, slots=True)
class Decoded:
    """A page as text.

    ``encoding`` is the name of the character set it was read with (WHATWG's, lower case),
    ``source`` what decided it: bom, bytes, site, header, meta, guess or default. ``damaged`` is
    true if some bytes meant nothing and became U+FFFD.
    """

    text: str
    encoding: str
    source: str
    damaged: bool = False


# A wrong declaration is overruled if another reading is likelier by this much: nats for each byte
# of the sample, and in all.
_CERTAIN_EACH = 0.12
_CERTAIN_TOTAL = 40.0
_UTF8_SEQUENCE = re.compile(
    rb"[\xc3-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}|\xc2[\x80-\xbf]"
)
_UTF8_LONG = re.compile(rb"[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_SURROGATE = re.compile("[\ud800-\udfff]")
_DOUBLE_BYTE = frozenset(
    {"gb18030", "big5hkscs", "cp932", "euc_jp", "cp949", "johab", "euc_jis_2004", "shift_jis_2004"}
)
_LANGUAGE_DEFAULT = {
    "th": "cp874", "ru": "cp1251", "uk": "cp1251", "bg": "cp1251", "mn": "cp1251", "el": "cp1253",
    "he": "cp1255", "ar": "cp1256", "fa": "cp1256", "ur": "cp1256", "ja": "cp932", "ko": "cp949",
    "zh": "gb18030", "zh-hant": "big5hkscs", "zh-tw": "big5hkscs", "zh-hk": "big5hkscs",
    "vi": "cp1258", "tr": "cp1254", "pl": "cp1250", "cs": "cp1250", "hu": "cp1250",
    "lt": "cp1257", "lv": "cp1257",
}  # fmt: skip


def decode(
    body: bytes,
    content_type: str | None,
    *,
    site_encoding: str | None = None,
    language: str | None = None,
) -> Decoded:
    """Decode a page.

    ``content_type`` is the value of the HTTP header, ``site_encoding`` what the site's record says
    (for sites known to declare a wrong one), ``language`` a BCP 47 tag that breaks ties. Never
    raises.
    """
    if marked := from_bom(body):
        return _decoded(body[marked[1] :], marked[0], "bom")
    if zeros := from_zeros(body):
        return _decoded(body, zeros, "bytes")
    declared = _declared(body, content_type, site_encoding)
    if body.isascii():
        return _decode_ascii(body, declared)
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        if not declared or declared[0][0] == "utf-8" or _surely_utf8(body, declared[0][0]):
            by_label = declared and declared[0][0] == "utf-8"
            return Decoded(text, "utf-8", declared[0][1] if by_label else "bytes")
    return _decode_legacy_page(body, declared, language)


def _declared(
    body: bytes, content_type: str | None, site_encoding: str | None
) -> list[tuple[str, str]]:
    """(codec, source) of every declaration, strongest first, each codec once."""
    found = (
        (codec_for(site_encoding), "site"),
        (declared_in_header(content_type), "header"),
        (declared_in_page(body), "meta"),
    )
    declared: list[tuple[str, str]] = []
    for codec, source in found:
        if codec and all(codec != other for other, _ in declared):
            declared.append((codec, source))
    return declared


def _decode_ascii(body: bytes, declared: list[tuple[str, str]]) -> Decoded:
    codec = from_escapes(body)
    source = "bytes"
    for label, by in declared:
        if label in {"utf-7", "hz", "iso2022_kr", "iso2022_jp_ext"} and codec in {None, label}:
            codec, source = label, by
            break
        if label == codec:
            source = by
    if codec is not None:
        return _decoded(body, codec, source)
    text = body.decode("ascii")
    if declared:
        return Decoded(text, public_name(declared[0][0]), declared[0][1])
    return Decoded(text, "windows-1252", "default")


def _surely_utf8(body: bytes, declared: str) -> bool:
    """Whether bytes that are valid UTF-8 are not by chance valid in another declared set.

    Three-byte sequences in a row do not arise by chance. Two-byte sequences may be two-byte
    characters of an East Asian set: then the likelier reading decides.
    """
    if declared not in _DOUBLE_BYTE:
        return True
    if len(_UTF8_LONG.findall(body)) >= 3:
        return True
    sampled = sample(body)
    return likeliest(sampled.decode("utf-8", errors="replace")) > score(declared, sampled)


def _decode_legacy_page(
    body: bytes, declared: list[tuple[str, str]], language: str | None
) -> Decoded:
    broken_utf8 = _mostly_utf8(body)
    if broken_utf8:
        source = next((by for codec, by in declared if codec == "utf-8"), "bytes")
        return _decoded(body, "utf-8", source)
    sampled = sample(body)
    preferred = [codec for codec, _ in declared if codec != "utf-8"]
    default = _default_for(language)
    ranked = rank(sampled)
    best, guess = ranked[0]
    scores = {codec: value for value, codec in ranked}
    margin = max(_CERTAIN_TOTAL, _CERTAIN_EACH * len(sampled))
    for codec, source in declared:
        if codec == "utf-8":
            continue
        mine = scores.get(codec)
        if mine is None:
            mine = score(codec, sampled)
        if mine >= best - margin:
            return _decoded(body, codec, source)
    if not preferred and default in scores and scores[default] >= best - margin / 4:
        guess = default
    return _decoded(body, guess, "guess")


def _default_for(language: str | None) -> str:
    tag = (language or "").lower()
    return _LANGUAGE_DEFAULT.get(tag) or _LANGUAGE_DEFAULT.get(tag.split("-")[0], "cp1252")


def _mostly_utf8(body: bytes) -> bool:
    """UTF-8 with some damage: nearly all bytes outside ASCII stand in valid sequences."""
    high = body.translate(None, bytes(range(128)))
    if not high:
        return False
    head = body if len(body) < 1_000_000 else body[:1_000_000]
    valid = sum(map(len, _UTF8_SEQUENCE.findall(head)))
    total = len(high) if head is body else len(head.translate(None, bytes(range(128))))
    if valid * 10 >= total * 9 and _UTF8_LONG.search(head):
        return True
    return valid * 10 >= total * 9 and valid >= 20


def _decoded(body: bytes, codec: str, source: str) -> Decoded:
    name = public_name(codec)
    if codec in {"viscii", "tcvn", "tscii"}:
        text = unicodedata.normalize("NFC", read(codec, body))
        return Decoded(text, name, source, "\ufffd" in text)
    try:
        text = body.decode(codec)
        damaged = False
    except (UnicodeDecodeError, UnicodeError):
        text = body.decode(codec, errors=_repairer(codec))
        damaged = "\ufffd" in text
    if _SURROGATE.search(text):  # UTF-7 may spell half a character
        text, damaged = _SURROGATE.sub("\ufffd", text), True
    if codec == "cp949" and "\u3164" in text:  # syllables spelt as filler and letters, KS X 1001
        text = _try("euc_kr", body) or text
    if codec == "cp1258":  # stores tone marks as separate characters
        text = unicodedata.normalize("NFC", text)
    return Decoded(text, name, source, damaged)


def _try(codec: str, body: bytes) -> str | None:
    try:
        return body.decode(codec)
    except UnicodeDecodeError:
        return None


# What a wider set says about bytes that the usual codec does not know: rows that Microsoft, NEC
# and ETEN added.
_WIDER = {
    "big5hkscs": "cp950",
    "cp932": "shift_jis_2004",
    "euc_jp": "euc_jis_2004",
    "iso2022_jp_ext": "iso2022_jp_2004",
}


def _repairer(codec: str) -> str:
    """The name of an error handler for a codec: a wider set where there is one, else U+FFFD.

    Only the offending byte is replaced, so that an ASCII byte behind it - perhaps a ``<`` - lives.
    """
    name = f"newscrawl-{codec}"
    try:
        codecs.lookup_error(name)
    except LookupError:
        wider = _WIDER.get(codec)

        def repair(error: UnicodeError) -> tuple[str, int]:
            if not isinstance(error, UnicodeDecodeError):
                raise error
            at = error.start
            if wider is not None:
                for length in (3, 2):
                    piece = error.object[at : at + length]  # shorter at the end of the body
                    try:
                        return piece.decode(wider), at + len(piece)
                    except UnicodeDecodeError:
                        continue
            if codec == "gb18030" and error.object[at] == 0x80:
                return "€", at + 1
            return "\ufffd", (error.end if codec in {"utf-8", "utf-16-le", "utf-16-be"} else at + 1)

        codecs.register_error(name, repair)
    return name
