"""Burmese in Zawgyi, the font encoding that uses Unicode's code points with other meanings.

Zawgyi stores signs in the order they are seen (the vowel e and the medial ra before their
consonant) and writes the visible asat with the code point of the invisible stacker. Unicode text
never does; so text is taken for Zawgyi only on such evidence, and more of it than of Unicode's own
spelling. Order of signs after UTN 11 (Representing Myanmar in Unicode).
"""

from __future__ import annotations

import re
import unicodedata

_CONSONANT = "\u1000-\u1021\u1025\u103f\u1027\u1029\u104e"
_KINZI = "\ue000"

# What Unicode text does not have: e or a medial with no letter before it, a stacker with no letter
# behind it, the code points of Zawgyi's stacked and shortened forms.
_ZAWGYI = re.compile(
    f"(?<![{_CONSONANT}\u103b-\u103e\u1050-\u108f])\u1031"
    f"|(?<![{_CONSONANT}\u103a-\u103e\u1050-\u108f])[\u103b-\u103e]"
    f"|\u1039(?![{_CONSONANT}])"
)
# Evidence beside the first only: Shan, Mon and Karen spell with these code points in Unicode.
_FORMS = re.compile("[\u1033\u1034\u1060-\u1064\u1066-\u106d\u1070-\u1097]")
# What Zawgyi text does not have: e behind its consonant and medial with a vowel or nothing after,
# the visible asat closing a syllable.
_UNICODE = re.compile(
    f"[{_CONSONANT}]\u103a(?=[\u1037\u1038\u104a\u104b\\s{_CONSONANT}]|$)"
    f"|[{_CONSONANT}][\u103b-\u103e]*\u1031(?=[\u102b\u102c\u1037\u1038\u104a\u104b\\s]|$)"
)
# Shan letters, common in Shan and rare as Zawgyi's stacked forms.
_SHAN = re.compile("[\u1022\u1075\u1078\u107a\u107c\u1081]")
BURMESE = re.compile("[\u1000-\u109f]")


def is_zawgyi(text: str) -> bool:
    """Whether Burmese text is in Zawgyi. False where the evidence is thin or divided."""
    letters = len(BURMESE.findall(text))
    if not letters or 25 * len(_SHAN.findall(text)) > letters:
        return False
    zawgyi = len(_ZAWGYI.findall(text))
    if zawgyi == 0:
        return False
    evidence = zawgyi + len(_FORMS.findall(text))
    unicode_ = len(_UNICODE.findall(text))
    return evidence > 2 * unicode_ and (evidence >= 2 or unicode_ == 0)


_ONE = {
    0x1033: "\u102f", 0x1034: "\u1030", 0x1039: "\u103a", 0x103A: "\u103b", 0x103B: "\u103c",
    0x103C: "\u103d", 0x103D: "\u103e", 0x1064: _KINZI, 0x106A: "\u1009", 0x106B: "\u100a",
    0x106E: "\u100d\u1039\u100d", 0x106F: "\u100d\u1039\u100e", 0x107D: "\u103b",
    0x1086: "\u103f", 0x1087: "\u103e", 0x1088: "\u103e\u102f", 0x1089: "\u103e\u1030",
    0x108A: "\u103d\u103e", 0x108B: _KINZI + "\u102d", 0x108C: _KINZI + "\u102e",
    0x108D: _KINZI + "\u1036", 0x108E: "\u102d\u1036", 0x108F: "\u1014", 0x1090: "\u101b",
    0x1091: "\u100f\u1039\u100d", 0x1092: "\u100b\u1039\u100c", 0x1094: "\u1037",
    0x1095: "\u1037", 0x1096: "\u1039\u1010\u103d", 0x1097: "\u100b\u1039\u100b",
    0x105A: "\u102b\u103a", 0x104E: "\u104e\u1004\u103a\u1038",
}  # fmt: skip
_STACKED = {
    0x1060: 0x1000, 0x1061: 0x1001, 0x1062: 0x1002, 0x1063: 0x1003, 0x1065: 0x1005,
    0x1066: 0x1006, 0x1067: 0x1006, 0x1068: 0x1007, 0x1069: 0x1008, 0x106C: 0x100B,
    0x106D: 0x100C, 0x1070: 0x100F, 0x1071: 0x1010, 0x1072: 0x1010, 0x1073: 0x1011,
    0x1074: 0x1011, 0x1075: 0x1012, 0x1076: 0x1013, 0x1077: 0x1014, 0x1078: 0x1015,
    0x1079: 0x1016, 0x107A: 0x1017, 0x107B: 0x1018, 0x107C: 0x1019, 0x1085: 0x101C,
    0x1093: 0x1018,
}  # fmt: skip
_TABLE: dict[int, str] = (
    _ONE
    | {code: f"\u1039{chr(base)}" for code, base in _STACKED.items()}
    | dict.fromkeys(range(0x107E, 0x1085), "\u103c")
)
# Signs that stand behind their letter in both: not e, not the medial ra.
_BEHIND = f"\u102b-\u1030\u1032\u1036-\u1038\u103a\u103b\u103d\u103e{_KINZI}"
_SYLLABLE = re.compile(
    f"(?P<e>\u1031{{0,3}})(?P<ra>\u103c{{0,3}})(?P<letter>[\u1000-\u102a\u103f\u1040\u104e])"
    f"(?P<rest>(?:\u1039[\u1000-\u1021]|[{_BEHIND}]){{0,20}})"
)
_SIGN_ORDER = {
    c: n
    for n, c in enumerate(
        "\u103b\u103c\u103d\u103e\u1031\u102d\u102e\u1032\u102f\u1030\u102b\u102c\u1036\u103a\u1037\u1038"
    )
}
_STACK = re.compile("\u1039[\u1000-\u1021]")
# A zero that stands for the letter wa: beside letters and signs, never beside digits.
_ZERO_AS_WA = re.compile(
    "(?<![\u1040-\u1049])\u1040(?=[\u102b-\u1032\u1036-\u1038\u103a-\u103e]|[\u1000-\u1021]\u103a)"
    "|(?<=[\u1000-\u103f])\u1040(?=[\u1000-\u103f])"
)


def zawgyi_to_unicode(text: str) -> str:
    """Zawgyi text in Unicode, NFC. What is not Burmese stays as it is."""
    mapped = text.translate(_TABLE)
    ordered = _SYLLABLE.sub(_syllable, mapped).replace(_KINZI, "\u1004\u103a\u1039")
    ordered = ordered.replace("\u1025\u102e", "\u1026").replace("\u1025\u103a", "\u1009\u103a")
    ordered = _ZERO_AS_WA.sub("\u101d", ordered)
    return unicodedata.normalize("NFC", ordered)


def _syllable(match: re.Match[str]) -> str:
    letter, rest = match["letter"], match["rest"]
    if not (rest or match["e"] or match["ra"]):
        return letter
    kinzi = _KINZI if _KINZI in rest else ""
    stack = "".join(_STACK.findall(rest))
    signs = _STACK.sub("", rest).replace(_KINZI, "") + match["e"] + match["ra"]
    unique = dict.fromkeys(signs)  # a sign typed twice is seen once
    in_order = sorted(unique, key=lambda c: _SIGN_ORDER.get(c, 20))
    return kinzi + letter + stack + "".join(in_order)
