"""Written dates: every form of the region's press that was seen, and what must not be a date."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.extract.dates import DateContext, ParsedDate, parse_date
from newscrawl.extract.dates.calendars import bikram_sambat, solar_hijri
from newscrawl.extract.dates.digits import western
from newscrawl.items import Precision

FETCHED = datetime(2026, 11, 23, tzinfo=UTC)

# (as written, language, country, day first or None for the country's order, what it says)
WRITTEN = [
    ("November 15, 2022", "en", "", None, "2022-11-15"),
    ("24 April 2019 | 10:19 ICT", "en", "KH", None, "2019-04-24 10:19 +7"),
    (", April 24, 2019 | by", "en", "KH", None, "2019-04-24"),
    ("PUBLISHED : 12 Feb 2023 at 04:00", "en", "TH", None, "2023-02-12 04:00"),
    ("17:41 JST, October 13, 2024", "en", "JP", None, "2024-10-13 17:41 +9"),
    ("Nov 15, 2022 @ 10:00am", "en", "MY", None, "2022-11-15 10:00"),
    ("March 21, 2025 | 12:00am", "en", "PH", None, "2025-03-21 00:00"),
    ("15/11/2022 10:00 AM", "en", "MY", None, "2022-11-15 10:00"),
    ("Thứ ba, 12/8/2025, 10:00 (GMT+7)", "vi", "VN", None, "2025-08-12 10:00 +7"),
    ("15/11/2022 10:00 GMT+7", "vi", "VN", None, "2022-11-15 10:00 +7"),
    ("15/11/2022   10:00 (GMT+07:00)", "vi", "VN", None, "2022-11-15 10:00 +7"),
    ("15/11/2022 - 10:00", "vi", "VN", None, "2022-11-15 10:00"),
    ("Kamis, 02 Nov 2023 20:59 WIB", "id", "ID", None, "2023-11-02 20:59 +7"),
    ("Kompas.com - 02/11/2023, 21:34 WIB", "id", "ID", None, "2023-11-02 21:34 +7"),
    ("18 ก.พ. 2569, 15:28 น.", "th", "TH", None, "2026-02-18 15:28"),
    ("17 ก.พ. 69", "th", "TH", None, "2026-02-17"),
    ("17 ก.พ 69", "th", "TH", None, "2026-02-17"),
    ("1 ชั่วโมงที่แล้ว", "th", "TH", None, "2026-11-22"),
    ("13/Oct/2025", "en", "MM", None, "2025-10-13"),
    ("Published at : November 15, 2022", "en", "NP", None, "2022-11-15"),
    ("Updated at : November 15, 2022 10:10", "en", "NP", None, "2022-11-15 10:10"),
    ("Published Dec 4, 2023 Updated Dec 5, 2023 09:11am", "en", "PK", None, "2023-12-04"),
    ("입력 2023.12.04 10:00 수정 2023.12.05 11:00", "ko", "KR", None, "2023-12-04 10:00"),
    ("2023年12月5日 更新 10:00", "ja", "JP", None, "2023-12-05 10:00"),
    ("प्रकाशित : कार्तिक २९, २०७९ १०:१२", "ne", "NP", None, "2022-11-15 10:12"),
    ("२०७९ कार्तिक २९ गते", "ne", "NP", None, "2022-11-15"),
    ("२०७९-०७-२९", "ne", "NP", None, "2022-11-15"),
    ("Tuesday, 15 November 2022 10:00", "en", "LK", None, "2022-11-15 10:00"),
    ("15 Nov, 2022 | 10:00 AM", "ta", "LK", None, "2022-11-15 10:00"),
    ("15-11-2022 | 10:00 AM", "en", "LK", None, "2022-11-15 10:00"),
    ("Tuesday November 15, 2022 10:00 am", "en", "LK", None, "2022-11-15 10:00"),
    ("2022-11-15 10:00 AM", "en", "LK", None, "2022-11-15 10:00"),
    ("입력 2025.05.15 20:00", "ko", "KR", None, "2025-05-15 20:00"),
    ("수정 2025.05.15. 20:00", "ko", "KR", None, "2025-05-15 20:00"),
    ("2025/1/21 20:50", "ja", "JP", None, "2025-01-21 20:50"),
    ("2025年1月14日 20:00", "ja", "JP", None, "2025-01-14 20:00"),
    ("2024年04月24日05:51", "zh", "CN", None, "2024-04-24 05:51"),
    ("10:202022/11/15", "zh", "TW", None, "2022-11-15 10:20"),
    ("15-Nov-2022", "en", "PK", None, "2022-11-15"),
    ("2024-11-26T21:45+0800", "en", "AU", None, "2024-11-26 21:45 +8"),
    ("Written: 2023-11-07 15:03:30", "en", "KR", None, "2023-11-07 15:03:30"),
    ("11/17/2023 05:40 PM", "en", "TW", False, "2023-11-17 17:40"),
    ("2024/12/04 00:05", "ja", "JP", None, "2024-12-04 00:05"),
    ("1 時間前", "ja", "JP", None, "2026-11-22"),
    ("2023-11-02T20-59-53Z", "id", "ID", None, "2023-11-02 20:59:53 +0"),
    ("2024-05-06T07:08:09&#x2B;05:30", "en", "IN", None, "2024-05-06 07:08:09 +5.5"),
    ("2024-05-06T07:08:09.123+0900", "ja", "JP", None, "2024-05-06 07:08:09 +9"),
    ("၂၀၂၁ ခုနှစ် ဇူလိုင်လ ၁၅ ရက်", "my", "MM", None, "2021-07-15"),
    ("၂၀၂၆ ခုနှစ် နိုဝင်ဘာလ ၁၀ ရက်", "my", "MM", None, "2026-11-10"),
    ("၁ဝ နိုဝင်ဘာ ၂ဝ၂၆", "my", "MM", None, "2026-11-10"),
    ("二〇二二年十一月十五日", "zh", "CN", None, "2022-11-15"),
    ("令和4年11月15日", "ja", "JP", None, "2022-11-15"),
    ("平成31年4月30日", "ja", "JP", None, "2019-04-30"),
    ("令和元年5月1日", "ja", "JP", None, "2019-05-01"),
    ("民國111年11月15日", "zh-Hant", "TW", None, "2022-11-15"),
    ("中華民國115年11月10日", "zh-Hant", "TW", None, "2026-11-10"),
    ("115/11/10", "zh-Hant", "TW", None, "2026-11-10"),
    ("12月24日", "ja", "JP", None, "2025-12-24"),
    ("11月10日 08:30", "zh", "CN", None, "2026-11-10 08:30"),
    ("Nov 15", "en", "US", None, "2026-11-15"),
    ("Nov 25", "en", "US", None, "2025-11-25"),
    ("১৫ নভেম্বর ২০২২, ১০:৩০", "bn", "BD", None, "2022-11-15 10:30"),
    ("প্রকাশ: ১৫ নভেম্বর ২০২২, ৩০ কার্তিক ১৪২৯, ১৯ রবিউস সানি ১৪৪৪", "bn", "BD", None, "2022-11-15"),
    ("৩০ কার্তিক ১৪২৯, ১৫ নভেম্বর ২০২২", "bn", "BD", None, "2022-11-15"),
    ("10 नवंबर 2026", "hi", "IN", None, "2026-11-10"),
    ("15 जुलाई 2022 10:00 IST", "hi", "IN", None, "2022-07-15 10:00 +5.5"),
    ("ජූනි 5, 2023", "si", "LK", None, "2023-06-05"),
    ("2023 ජූනි 05 12:30", "si", "LK", None, "2023-06-05 12:30"),
    ("ජනවාරි 5, 2023", "si", "LK", None, "2023-01-05"),
    ("நவம்பர் 15, 2022", "ta", "LK", None, "2022-11-15"),
    ("15 நவ. 2022", "ta", "IN", None, "2022-11-15"),
    ("١٥ نوفمبر ٢٠٢٢", "ar", "EG", None, "2022-11-15"),
    ("15 تشرين الثاني 2022", "ar", "IQ", None, "2022-11-15"),
    ("۱۵ نومبر ۲۰۲۲", "ur", "PK", None, "2022-11-15"),
    ("15 نومبر، 2022", "ur", "PK", None, "2022-11-15"),
    ("17:00 2022 оны 11-р сарын 15", "mn", "MN", None, "2022-11-15 17:00"),
    ("១០ វិច្ឆិកា ២០២៦", "km", "KH", None, "2026-11-10"),
    ("ថ្ងៃទី១០ ខែវិច្ឆិកា ឆ្នាំ២០២៦", "km", "KH", None, "2026-11-10"),
    ("ថ្ងៃទី 15 ខែ វិច្ឆិកា ឆ្នាំ ២០២២ ម៉ោង ១០:១៩", "km", "KH", None, "2022-11-15 10:19"),
    ("15 ພະຈິກ 2022", "lo", "LA", None, "2022-11-15"),
    ("ວັນທີ 15 ເດືອນ ພະຈິກ ປີ 2022", "lo", "LA", None, "2022-11-15"),
    ("15 พฤศจิกายน พ.ศ. 2565 เวลา 10.30 น.", "th", "TH", None, "2022-11-15 10:30"),
    ("วันอังคารที่ 10 พฤศจิกายน พ.ศ. 2569", "th", "TH", None, "2026-11-10"),
    ("Selasa, 15 Nop 2022 10.30 WITA", "id", "ID", None, "2022-11-15 10:30 +8"),
    ("15 Mac 2023", "ms", "MY", None, "2023-03-15"),
    ("3 Ogos 2023", "ms", "MY", None, "2023-08-03"),
    ("Ngày 10 tháng 11 năm 2026", "vi", "VN", None, "2026-11-10"),
    ("10 tháng 11, 2026 8:30", "vi", "VN", None, "2026-11-10 08:30"),
    ("2026년 11월 10일 오전 8:30", "ko", "KR", None, "2026-11-10 08:30"),
    ("2026년 11월 10일 오후 8시 30분", "ko", "KR", None, "2026-11-10 20:30"),
    ("Nobyembre 15, 2022", "fil", "PH", None, "2022-11-15"),
    ("Tue, 15 Nov 2022 10:00:00 GMT", "en", "US", None, "2022-11-15 10:00:00 +0"),
    (
        "Tue Nov 15 2022 10:00:00 GMT+0700 (Indochina Time)",
        "en",
        "TH",
        None,
        "2022-11-15 10:00:00 +7",
    ),
    ("Tue Nov 15 10:00:00 GMT 2022", "en", "US", None, "2022-11-15 10:00:00 +0"),
    ("1668506400", "en", "US", None, "2022-11-15 10:00:00 +0"),
    ("1668506400000", "en", "US", None, "2022-11-15 10:00:00 +0"),
    ("20221115", "en", "US", None, "2022-11-15"),
    ("20221115100000", "zh", "CN", None, "2022-11-15 10:00:00"),
    ("20221115T100000Z", "zh", "CN", None, "2022-11-15 10:00:00 +0"),
    ("2. November 2023, 14:05 Uhr", "de", "DE", None, "2023-11-02 14:05"),
    ("02.11.2023 | 14.05 Uhr", "de", "DE", None, "2023-11-02 14:05"),
    ("2.11.23", "de", "DE", None, "2023-11-02"),
    ("10-Nov-26", "en", "PH", None, "2026-11-10"),
    ("4 listopada 2020", "pl", "PL", None, "2020-11-04"),
    ("publié le 2 novembre 2023 à 14h05", "fr", "FR", None, "2023-11-02 14:05"),
    ("2 de noviembre de 2023", "es", "ES", None, "2023-11-02"),
    ("05 Νοεμβρίου 2020", "el", "GR", None, "2020-11-05"),
    ("4 ноября 2020, 12:30", "ru", "RU", None, "2020-11-04 12:30"),
    ("11/10/2026", "en", "US", None, "2026-11-10"),
    ("Posted Fri 13 Nov 2020 at 4:05pm AEDT", "en", "AU", None, "2020-11-13 16:05 +11"),
    ("Updated 8:14 p.m. ET, Nov. 12, 2020", "en", "US", None, "2020-11-12 20:14 -5"),
    ("Mon 2 Nov 2020 06.00 GMT", "en", "GB", None, "2020-11-02 06:00 +0"),
    ("22:10, 15 Nov 2022", "en", "", None, "2022-11-15 22:10"),
    ("Wednesday, November 16, 2022 - 01:00", "en", "", None, "2022-11-16 01:00"),
    ("10 พ.ย. 69", "", "", None, "2026-11-10"),
    ("R8.11.10", "ja", "JP", None, "2026-11-10"),
    ("中華民國一一五年十一月十日", "", "", None, "2026-11-10"),
    ("2026 оны арваннэгдүгээр сарын 10", "mn", "MN", None, "2026-11-10"),
    ("Ika-10 ng Nobyembre 2026", "fil", "PH", None, "2026-11-10"),
    ("10hb November 2026", "ms", "MY", None, "2026-11-10"),
    ("19 آبان 1405", "fa", "IR", None, "2026-11-10"),
    ("༢༠༢༦ སྤྱི་ཟླ་༡༡ པའི་ཚེས་༡༠", "dz", "BT", None, "2026-11-10"),
    ("10 Nobyembre 2026", "fil", "PH", None, "2026-11-10"),
    ("2026-11-10T24:00:00Z", "", "", None, "2026-11-11 00:00:00 +0"),
    ("1900-01-01", "", "", None, None),
    ("31/02/2026", "en", "", None, None),
    ("2026-02-31", "en", "", None, None),
    ("null", "en", "", None, None),
    ("November 2022", "en", "", None, None),
    ("2022", "en", "", None, None),
    ("99:99", "en", "", None, None),
    ("Nov 31, 2022", "en", "", None, None),
    ("10/11/0001", "", "", None, None),
]


def said(parsed: ParsedDate | None) -> str | None:
    """A parsed date in the short form of the table."""
    if parsed is None:
        return None
    if parsed.precision is Precision.DAY:
        return parsed.local.date().isoformat()
    seconds = parsed.precision is Precision.SECOND
    text = parsed.local.strftime("%Y-%m-%d %H:%M:%S" if seconds else "%Y-%m-%d %H:%M")
    if parsed.offset is not None:
        text += f" {parsed.offset.total_seconds() / 3600:+g}"
    return text


@pytest.mark.parametrize(("raw", "language", "country", "day_first", "expected"), WRITTEN)
def test_written_dates(
    raw: str, language: str, country: str, day_first: bool | None, expected: str | None
) -> None:
    context = DateContext(
        languages=(language,),
        country=country or None,
        day_first=day_first,
        reference=FETCHED,
    )
    assert said(parse_date(raw, context)) == expected


@pytest.mark.parametrize(
    ("raw", "hours"),
    [
        ("3 hours ago", 3), ("1h ago", 1), ("an hour ago", 1), ("1 ชั่วโมงที่แล้ว", 1),
        ("2 ชั่วโมงที่แล้ว", 2), ("3 時間前", 3), ("3시간 전", 3), ("5小时前", 5), ("5小時前", 5),
        ("2 giờ trước", 2), ("3 jam lalu", 3), ("3 jam yang lalu", 3), ("2 oras ang nakalipas", 2),
        ("৫ ঘণ্টা আগে", 5), ("2 घंटे पहले", 2), ("२ घण्टा अगाडि", 2), ("២ ម៉ោងមុន", 2),
        ("လွန်ခဲ့သော ၂ နာရီ", 2), ("30 hours ago", 30),
    ],
)  # fmt: skip
def test_hours_ago_give_a_day(raw: str, hours: int) -> None:
    parsed = parse_date(raw, DateContext(reference=FETCHED))
    assert parsed is not None
    assert parsed.vague
    assert parsed.precision is Precision.DAY
    assert parsed.local.date() == (FETCHED - timedelta(hours=hours)).date()


@pytest.mark.parametrize(
    ("raw", "minutes"),
    [("5 นาทีที่แล้ว", 5), ("3분 전", 3), ("10 minutes ago", 10), ("15 menit lalu", 15)],
)
def test_minutes_ago_give_a_minute(raw: str, minutes: int) -> None:
    parsed = parse_date(raw, DateContext(reference=FETCHED, timezone="Asia/Bangkok"))
    assert parsed is not None
    assert parsed.precision is Precision.MINUTE
    assert parsed.at == FETCHED - timedelta(minutes=minutes)


@pytest.mark.parametrize("raw", ["yesterday", "3 hours ago", "12月24日", "Nov 15", "เมื่อวาน"])
def test_nothing_is_told_from_now_without_the_time_of_the_fetch(raw: str) -> None:
    assert parse_date(raw, DateContext()) is None


@pytest.mark.parametrize(
    "raw",
    [
        "", " ", "0", "-1", "٠", "null", "None", "NaN", "true", "2026", "1e9", "2026-13-01",
        "2026-02-30",        "31/02/2026", "32 Nov 2026",
        "10000-01-01", "-0001-01-01", "0001-01-01T00:00:00Z",
        "9999-12-31T23:59:59Z", "1970-01-01T00:00:00Z", "1970-01-01", "1969-12-31T16:00:00-08:00",
        "2026-11-10T08:30:00+99:00", "1448-05-30", "9" * 300, "9" * 12, "10 Nov", "November 2026",
        "Chapter 10 of 11", "call 10/11", "v1.2.3", "£10.11", "Page 3 of 12, 2026 edition",
    ],
)  # fmt: skip
def test_what_is_no_date(raw: str) -> None:
    parsed = parse_date(raw, DateContext())
    assert parsed is None or not 1971 <= parsed.local.year <= 2100


@pytest.mark.parametrize(
    ("abbreviation", "country", "hours"),
    [
        ("IST", "IN", 5.5), ("IST", "LK", 5.5), ("IST", "IL", 2), ("IST", "IE", 1),
        ("BST", "BD", 6),        ("BST", "GB", 1), ("CST",
        "CN", 8), ("CST", "US", -6), ("PST", "PH", 8), ("PST", "PK", 5),
        ("PST", "US", -8), ("WIB", "ID", 7), ("WITA", "ID", 8), ("WIT", "ID", 9),
        ("MMT", "MM", 6.5),        ("ICT", "KH", 7), ("MYT",
        "MY", 8), ("EST", "AU", 10), ("NPT", "NP", 5.75),
    ],
)  # fmt: skip
def test_abbreviations_follow_the_country(abbreviation: str, country: str, hours: float) -> None:
    parsed = parse_date(f"15 Nov 2022 10:00 {abbreviation}", DateContext(country=country))
    assert parsed is not None
    assert parsed.offset == timedelta(hours=hours)


def test_north_american_zones_follow_the_season() -> None:
    summer = parse_date("July 1, 2022 8:00 am ET", DateContext(country="US"))
    winter = parse_date("January 1, 2022 8:00 am ET", DateContext(country="US"))
    assert summer is not None
    assert winter is not None
    assert (summer.offset, winter.offset) == (timedelta(hours=-4), timedelta(hours=-5))


def test_the_order_of_day_and_month_follows_site_and_country() -> None:
    assert said(parse_date("10/11/2026", DateContext(country="MY"))) == "2026-11-10"
    assert said(parse_date("10/11/2026", DateContext(country="PH"))) == "2026-10-11"
    assert said(parse_date("10/11/2026", DateContext(country="PH", day_first=True))) == "2026-11-10"
    assert said(parse_date("24.05.15", DateContext(languages=("ko",)))) == "2024-05-15"
    both = parse_date("10/11/2026", DateContext(country="MY"))
    assert both is not None
    assert both.other == date(2026, 10, 11)
    ahead = DateContext(country="US", reference=datetime(2026, 11, 1, tzinfo=UTC))
    assert said(parse_date("12/10/2026", ahead)) == "2026-10-12"


def test_month_names_that_languages_disagree_about() -> None:
    assert said(parse_date("4 listopada 2020", DateContext(languages=("pl",)))) == "2020-11-04"
    assert said(parse_date("4. listopada 2020", DateContext(languages=("hr",)))) == "2020-10-04"


def test_defects_of_other_parsers_are_not_ours() -> None:
    thai = DateContext(languages=("th",), country="TH")
    assert said(parse_date("10 พฤศจิกายน 2567", thai)) == "2024-11-10"
    assert said(parse_date("10/11/2567", thai)) == "2024-11-10"
    sinhala = DateContext(languages=("si",), country="LK")
    assert said(parse_date("2023 ජූනි 05", sinhala)) == "2023-06-05"
    assert said(parse_date("2023 ජූලි 05", sinhala)) == "2023-07-05"
    nepali = DateContext(languages=("ne",), country="NP")
    assert said(parse_date("२९ कार्तिक २०७९", nepali)) == "2022-11-15"
    assert said(parse_date("民國111年11月15日", DateContext())) == "2022-11-15"
    assert said(parse_date("令和4年11月15日", DateContext())) == "2022-11-15"


def test_calendars() -> None:
    assert bikram_sambat(2079, 7, 29) == date(2022, 11, 15)
    assert bikram_sambat(2081, 1, 1) == date(2024, 4, 13)
    assert bikram_sambat(2000, 1, 1) == date(1943, 4, 14)
    assert bikram_sambat(2079, 13, 1) is None
    assert bikram_sambat(2079, 7, 33) is None
    assert bikram_sambat(1990, 1, 1) is None
    assert solar_hijri(1402, 8, 11) == date(2023, 11, 2)
    assert solar_hijri(1399, 12, 30) == date(2021, 3, 20)
    assert solar_hijri(1402, 12, 30) is None
    days = [bikram_sambat(2080, month, 1) for month in range(1, 13)]
    assert all(day is not None for day in days)
    assert days == sorted(days, key=lambda day: day or date.min)


@given(st.text(max_size=120))
def test_no_text_raises(raw: str) -> None:
    parse_date(raw, DateContext(languages=("th",), country="TH", reference=FETCHED))


@given(st.text(alphabet="0123456789:/-. TZ+apmนพ年月日", max_size=40))
def test_no_jumble_of_dates_raises(raw: str) -> None:
    parse_date(raw, DateContext(languages=("ne",), country="NP", reference=FETCHED))


def test_digits_of_all_scripts() -> None:
    assert western("០១២៣៤៥៦៧៨៩ ๐๑๒ ໐໑໒ ၀၁၂ ০১২ ०१२ ௦௧௨ ༠༡༢ ۰۱۲ ０１２") == (
        "0123456789 012 012 012 012 012 012 012 012 012"
    )
    assert western("၂ဝ၂၆") == "2026"
    assert western("二〇二二年十一月二十五日") == "2022年11月25日"
    assert western("\u200f15\u200b/11\xa0") == "15/11"
