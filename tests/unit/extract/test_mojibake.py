"""Wrongly decoded text and Zawgyi. All sentences are written for this test."""

from __future__ import annotations

import time

import pytest

from newscrawl.extract.mojibake import repair
from newscrawl.extract.zawgyi import is_zawgyi, zawgyi_to_unicode

# "He goes to school." and "The road is being repaired." in both encodings.
PAIRS = [
    ("သူသည္ ေက်ာင္းသို႔ သြားသည္။", "သူသည် ကျောင်းသို့ သွားသည်။"),
    ("လမ္းကို ျပင္ေနၾကသည္။", "လမ်းကို ပြင်နေကြသည်။"),
    ("ၿမိဳ႕ေတာ္", "မြို့တော်"),
    ("အဂၤလိပ္", "အင်္ဂလိပ်"),
    ("ပစၥည္းမ်ား", "ပစ္စည်းများ"),
]


@pytest.mark.parametrize(("zawgyi", "unicode_"), PAIRS)
def test_zawgyi_is_recognised_and_converted(zawgyi: str, unicode_: str) -> None:
    assert is_zawgyi(zawgyi)
    assert not is_zawgyi(unicode_)
    assert zawgyi_to_unicode(zawgyi) == unicode_
    found = repair(zawgyi)
    assert found is not None
    assert (found.text, found.original, found.kind) == (unicode_, zawgyi, "zawgyi")
    assert repair(unicode_) is None


@pytest.mark.parametrize(
    "text",
    ["ၵူၼ်းဝၢၼ်ႈၶဝ်ႈၸွႆးၵၼ်မႄးၶူဝ်ၵဝ်ႇ", "ကၠောန်", "Yangon ရန်ကုန် 2026", "ဝ", "၂၀၂၆", "English only", ""],
)
def test_shan_mon_and_mixed_text_is_not_zawgyi(text: str) -> None:
    assert not is_zawgyi(text)


@pytest.mark.parametrize(
    "good",
    [
        "It’s a “new” road – and a café",
        "Các làng đã sửa cầu",
        "ชาวบ้านซ่อมสะพาน",
        "Жители починили мост",
        "Überall große Freude: 20 °C",
    ],
)
def test_utf8_read_as_windows_1252_is_put_right(good: str) -> None:
    table = {b: chr(b) for b in range(256)}
    broken = "".join(
        bytes([b]).decode("cp1252", errors="ignore") or table[b] for b in good.encode()
    )
    found = repair(broken)
    assert found is not None
    assert found.text == good
    assert found.original == broken


@pytest.mark.parametrize(
    "text",
    [
        "CAFÉ» et «CÔTÉ»",
        "Größe: 5 °C – 7 °C",
        "naïve façade",
        "São Tomé e Príncipe",
        "“Quoted” — dash…",
        "Đã sửa cầu",
        "ÂÃ alone",
        "plain",
    ],
)
def test_sound_text_is_left_alone(text: str) -> None:
    assert repair(text) is None


@pytest.mark.parametrize("piece", ["\u1031", "\u103b", "\u1000\u1039", "Ã©", "â"])
def test_repeated_signs_are_bounded(piece: str) -> None:
    started = time.process_time()
    repair(piece * 50_000)
    assert time.process_time() - started < 2.0
