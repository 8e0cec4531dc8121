"""Character sets that Python has no codec for: VISCII and TCVN (Vietnamese), TSCII (Tamil).

VISCII is RFC 1456, TCVN is TCVN 5712:1993, TSCII is version 1.7. TSCII stores vowel signs that
stand before a consonant in the order they are seen; decoding puts them behind it, as Unicode does.
"""

from __future__ import annotations

import re

_VISCII_CONTROLS = {0x02: "Ẳ", 0x05: "Ẵ", 0x06: "Ẫ", 0x14: "Ỷ", 0x19: "Ỹ", 0x1E: "Ỵ"}
_TCVN_CONTROLS = {
    0x01: "Ú", 0x02: "Ụ", 0x04: "Ừ", 0x05: "Ử", 0x06: "Ữ", 0x11: "Ứ",
    0x12: "Ự", 0x13: "Ỳ", 0x14: "Ỷ", 0x15: "Ỹ", 0x16: "Ý", 0x17: "Ỵ",
}  # fmt: skip
# Bytes 0x80 to 0xFF in order, 32 a line.
_VISCII_UPPER = (
    "ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲ"
    "ÕắằặấầẩậẽẹếềểễệốồổỗỠƠộờởịỰỨỪỬơớƯ"
    "ÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳĐứÒÓÔạỷừửÙÚỹỵÝỡư"
    "àáâãảăữẫèéêẻìíĩỉđựòóôõỏọụùúũủýợỮ"
)
_TCVN_UPPER = (
    "ÀẢÃÁẠẶẬÈẺẼÉẸỆÌỈĨÍỊÒỎÕÓỌỘỜỞỠỚỢÙỦŨ"
    "\xa0ĂÂÊÔƠƯĐăâêôơưđẰ\u0300\u0309\u0303\u0301\u0323àảãáạẲằẳẵắẴ"
    "ẮẦẨẪẤỀặầẩẫấậèỂẻẽéẹềểễếệìỉỄẾỒĩíịò"
    "ỔỏõóọồổỗốộờởỡớợùỖủũúụừửữứựỳỷỹýỵỐ"
)
# Bytes 0x80 to 0xFF in order, 16 a line, each followed by a bar.
_TSCII_UPPER = (
    "௦|௧|ஸ்ரீ|ஜ|ஷ|ஸ|ஹ|க்ஷ|ஜ்|ஷ்|ஸ்|ஹ்|க்ஷ்|௨|௩|௪|"
    "௫|‘|’|“|”|௬|௭|௮|௯|ஙு|ஞு|ஙூ|ஞூ|௰|௱|௲|"
    "\xa0|ா|ி|ீ|ு|ூ|ெ|ே|ை|©|ௗ|அ|ஆ|இ|ஈ|உ|"
    "ஊ|எ|ஏ|ஐ|ஒ|ஓ|ஔ|ஃ|க|ங|ச|ஞ|ட|ண|த|ந|"
    "ப|ம|ய|ர|ல|வ|ழ|ள|ற|ன|டி|டீ|கு|சு|டு|ணு|"
    "து|நு|பு|மு|யு|ரு|லு|வு|ழு|ளு|று|னு|கூ|சூ|டூ|ணூ|"
    "தூ|நூ|பூ|மூ|யூ|ரூ|லூ|வூ|ழூ|ளூ|றூ|னூ|க்|ங்|ச்|ஞ்|"
    "ட்|ண்|த்|ந்|ப்|ம்|ய்|ர்|ல்|வ்|ழ்|ள்|ற்|ன்|இ||"
)


def _low(controls: dict[int, str]) -> str:
    return "".join(controls.get(b, chr(b)) for b in range(128))


_VISCII = _low(_VISCII_CONTROLS) + _VISCII_UPPER
_TCVN = _low(_TCVN_CONTROLS) + _TCVN_UPPER
_TSCII = dict(enumerate(map(chr, range(128)))) | {
    0x80 + i: text for i, text in enumerate(_TSCII_UPPER.split("|")[:128])
}

# A sign seen before its consonant (e, ee, ai), the consonant, and the sign seen behind it (aa or
# the au length mark) with which it forms one vowel.
_SEEN_FIRST = re.compile("([\u0bc6-\u0bc8])([\u0b95-\u0bb9](?:\u0bcd\u0bb7)?)([\u0bbe\u0bd7]?)")
_JOINED = {
    "\u0bc6\u0bbe": "\u0bca", "\u0bc7\u0bbe": "\u0bcb",
    "\u0bc6\u0bd7": "\u0bcc", "\u0bc7\u0bd7": "\u0bcc",
}  # fmt: skip


def decode_legacy(codec: str, body: bytes) -> str:
    """Decode ``viscii``, ``tcvn`` or ``tscii``. A byte that means nothing becomes U+FFFD."""
    if codec == "tscii":
        text = "".join(_TSCII[b] or "\ufffd" for b in body)
        return _SEEN_FIRST.sub(
            lambda m: m[2] + _JOINED.get(m[1] + m[3], m[1] + m[3]),
            text,
        )
    table = _VISCII if codec == "viscii" else _TCVN
    return body.decode("latin-1").translate(dict(enumerate(table)))
