"""Bytes to text: declarations, forms, guesses, damage. All sentences are written for this test."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.extract.charset_labels import codec_for
from newscrawl.extract.encoding import decode
from newscrawl.extract.legacy_codecs import _TCVN, _VISCII, decode_legacy
from newscrawl.extract.meta_charset import declared_in_header, declared_in_page

SENTENCES = {
    "cp874": "ชาวนาในจังหวัดน่านเริ่มเกี่ยวข้าวหลังน้ำลด คาดว่าปีนี้ได้ผลผลิตมากกว่าปีก่อน",
    "gb18030": "县里的农民在洪水退去以后开始收割水稻，预计今年的产量会比去年高。",
    "big5hkscs": "縣裡的農民在洪水退去以後開始收割水稻，預計今年的產量會比去年高。",
    "cp932": "県内の農家は水が引いた後に稲刈りを始めた。今年の収穫は昨年より多い見込みだ。",
    "euc_jp": "県内の農家は水が引いた後に稲刈りを始めた。今年の収穫は昨年より多い見込みだ。",
    "cp949": "군내 농민들은 물이 빠진 뒤 벼 베기를 시작했다. 올해 수확은 작년보다 많을 전망이다.",
    "johab": "군내 농민들은 물이 빠진 뒤 벼 베기를 시작했다. 올해 수확은 작년보다 많을 전망이다.",
    "cp1251": "Крестьяне района начали жатву, когда вода сошла. Урожай будет больше прошлогоднего.",
    "koi8-r": "Крестьяне района начали жатву, когда вода сошла. Урожай будет больше прошлогоднего.",
    "cp1256": "بدأ الفلاحون في الحصاد بعد أن انحسرت المياه، ويتوقعون محصولا أكبر من العام الماضي",
    "cp1253": "Οι αγρότες άρχισαν τον θερισμό όταν υποχώρησαν τα νερά",
    "hz": "县里的农民在洪水退去以后开始收割水稻，预计今年的产量会比去年高。",
    "iso2022_jp": "県内の農家は水が引いた後に稲刈りを始めた。今年の収穫は昨年より多い見込みだ。",
    "iso2022_kr": "군내 농민들은 물이 빠진 뒤 벼 베기를 시작했다.",
    "utf-16-le": "កសិករចាប់ផ្តើមច្រូតស្រូវបន្ទាប់ពីទឹកស្រក",
    "utf-16-be": "လယ်သမားများသည် ရေကျပြီးနောက် စပါးရိတ်ကြသည်",
    "utf-32-le": "ජලය බැස ගිය පසු ගොවීන් අස්වනු නෙළීම ආරම්භ කළහ",
    "utf-7": "खेतों से पानी उतरने के बाद किसानों ने धान काटना शुरू किया",
    "utf-8": "ຊາວນາເລີ່ມກ່ຽວເຂົ້າຫຼັງຈາກນ້ຳລົດ",
}
VIETNAMESE = (
    "Nông dân trong huyện bắt đầu gặt lúa sau khi nước rút, dự kiến được mùa hơn năm ngoái."
)
TAMIL = "வெள்ளம் வடிந்த பின் விவசாயிகள் அறுவடை செய்தனர் கொடுத்தோம்"


def page(text: str, head: str = "") -> str:
    return f"<!doctype html><head>{head}<title>{text}</title></head><body><p>{text}</p></body>"


@pytest.mark.parametrize(("codec", "text"), SENTENCES.items())
def test_undeclared_pages_are_read_from_their_bytes(codec: str, text: str) -> None:
    decoded = decode(page(text).encode(codec), "text/html")
    assert text in decoded.text
    assert not decoded.damaged


@pytest.mark.parametrize(("codec", "text"), SENTENCES.items())
@pytest.mark.parametrize("wrong", ["utf-8", "iso-8859-1"])
def test_a_wrong_header_does_not_win(codec: str, text: str, wrong: str) -> None:
    decoded = decode(page(text).encode(codec), f"text/html; charset={wrong}")
    assert text in decoded.text
    assert not decoded.damaged


@pytest.mark.parametrize("table", ["viscii", "tcvn"])
def test_vietnamese_sets(table: str) -> None:
    letters = {c: b for b, c in enumerate(_VISCII if table == "viscii" else _TCVN)}
    body = bytes(letters[c] for c in page(VIETNAMESE))
    assert VIETNAMESE in decode(body, f"text/html; charset={table}").text
    assert VIETNAMESE in decode(body, "text/html").text


def test_windows_1258_comes_out_composed() -> None:
    body = "Vi\u0323\u00eat H\u00f4\u0323i".encode("cp1258")
    assert (
        decode(b"<p>" + body, "text/html; charset=windows-1258").text
        == "<p>V\u1ecb\u00eat H\u1ed9i"
    )


def test_tscii_puts_vowel_signs_behind_their_consonant() -> None:
    # e + ka + aa is ko; ai + la is lai
    assert decode_legacy("tscii", bytes([0xA6, 0xB8, 0xA1])) == "\u0b95\u0bca"
    assert decode_legacy("tscii", bytes([0xA8, 0xC4])) == "\u0bb2\u0bc8"
    assert decode(bytes([0xA6, 0xB8, 0xA1]), "text/html; charset=tscii").text == "\u0b95\u0bca"


def test_utf8_wins_over_a_legacy_label() -> None:
    text = SENTENCES["gb18030"]
    head = '<meta http-equiv="Content-Type" content="text/html; charset=gb2312">'
    decoded = decode(page(text, head).encode(), None)
    assert text in decoded.text
    assert (decoded.encoding, decoded.source) == ("utf-8", "bytes")


def test_short_gbk_that_happens_to_be_valid_utf8_keeps_its_label() -> None:
    text = "联通"  # its GBK bytes are two valid two-byte sequences of UTF-8
    decoded = decode(page(text).encode("gbk"), "text/html; charset=gbk")
    assert text in decoded.text


def test_site_record_comes_before_header_and_meta() -> None:
    body = page(SENTENCES["cp1251"], '<meta charset="koi8-r">').encode("cp1251")
    decoded = decode(body, "text/html; charset=koi8-r", site_encoding="windows-1251")
    assert (decoded.encoding, decoded.source) == ("windows-1251", "site")


def test_broken_utf8_is_kept_around_the_damage() -> None:
    good = "ข่าววันนี้ " * 10
    body = b"<p>" + good.encode() + b" before \xff\xfe\xc0\xaf after \xe0\xb8</p>" + good.encode()
    decoded = decode(body, "text/html; charset=utf-8")
    assert decoded.damaged
    assert decoded.encoding == "utf-8"
    assert " before \ufffd" in decoded.text
    assert " after \ufffd" in decoded.text
    assert decoded.text.startswith("<p>" + good)
    assert decoded.text.endswith("</p>" + good)


def test_an_invalid_pair_does_not_swallow_markup() -> None:
    body = page(SENTENCES["gb18030"]).encode("gb18030") + b"\x81<p>end</p>"
    assert "<p>end</p>" in decode(body, "text/html; charset=gb2312").text


@pytest.mark.parametrize(
    ("label", "codec"),
    [
        ("ISO-8859-1", "cp1252"), (" x-sjis ", "cp932"), ("ks_c_5601-1987", "cp949"),
        ("gb2312", "gb18030"), ("TIS-620", "cp874"), ("Big5-HKSCS", "big5hkscs"),
        ("nonsense", None), ("", None), (None, None),
    ],
)  # fmt: skip
def test_labels(label: str | None, codec: str | None) -> None:
    assert codec_for(label) == codec


@pytest.mark.parametrize(
    ("head", "codec"),
    [
        (b'<meta charset="koi8-r">', "koi8-r"),
        (b"<META HTTP-EQUIV=Content-Type CONTENT='text/html; charset=big5'>", "big5hkscs"),
        (b'<meta name="x" content="charset=big5">', None),
        (b'<!-- <meta charset="big5"> --><meta charset=euc-kr>', "cp949"),
        (b'<p title="<meta charset=big5>"><meta charset=euc-jp>', "euc_jp"),
        (b'<meta charset="utf-16">', "utf-8"),
        (b'<?xml version="1.0" encoding="Shift_JIS"?><html>', "cp932"),
        (b"<meta charset=", None),
    ],
)
def test_meta(head: bytes, codec: str | None) -> None:
    assert declared_in_page(head) == codec


def test_header() -> None:
    assert declared_in_header('text/html; CHARSET="EUC-KR"') == "cp949"
    assert declared_in_header("text/html") is None
    assert declared_in_header(None) is None


def test_nothing_raises_and_large_pages_are_bounded() -> None:
    assert decode(b"", None).text == ""
    assert decode(bytes(range(256)) * 50, None).text
    body = page(SENTENCES["cp874"] * 60000).encode("cp874")
    assert len(body) > 8_000_000
    start = time.process_time()
    assert not decode(body, None).damaged
    assert time.process_time() - start < 2.0


@given(st.binary(max_size=300), st.sampled_from([None, "utf-8", "gbk", "utf-7", "hz", "tscii"]))
def test_no_bytes_raise(body: bytes, charset: str | None) -> None:
    decode(body, f"text/html; charset={charset}" if charset else None)


@pytest.mark.parametrize(
    "piece", [b'<a "', b"<script", b"<!--", b"<meta a=", b"+", b"~{aa", b" +AGE"]
)
def test_markup_without_ends_is_bounded(piece: bytes) -> None:
    started = time.process_time()
    decode(b"\xe9" + piece * 200_000, None)
    decode(piece * 200_000, None)
    assert time.process_time() - started < 2.0
