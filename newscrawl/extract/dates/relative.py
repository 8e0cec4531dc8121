"""Times told from now: "3 hours ago", ``1 ชั่วโมงที่แล้ว``, ``2시간 전``, "yesterday".

They need the time the page was fetched, and are a range rather than a point: only minutes give a
time of day, anything coarser a day.
"""

from __future__ import annotations

import re
from datetime import timedelta

# Unit words, longest first within a language.
_UNITS = {
    "second": "seconds|second|secs|sec|วินาที|ວິນາທີ|វិនាទី|"
    "စက္ကန့်|秒|초|giây|detik|saat|segundo|সেকেন্ড|सेकंड|"
    "सेकेन्ड|තත්පර|விநாடிகள்|சில_விநாடி|سیکنڈ|секунд|sekunden|secondes",
    "minute": "minutes|minute|mins|min|นาที|ນາທີ|នាទី|မိနစ်|分钟|分鐘|分|분|phút|menit|minit|minuto|"
    "মিনিট|मिनट|मिनेट|මිනිත්තු|විනාඩි|நிமிடங்களுக்கு|நிமிடங்கள்|நிமிடம்|منٹ|минут|минуты|минуту|минутын|"
    "minuten|minuta|minut",
    "hour": "hours|hour|hrs|hr|ชั่วโมง|ຊົ່ວໂມງ|ម៉ោង|နာရီ|小时|小時|時間|시간|giờ|tiếng|jam|oras|ঘণ্টা|ঘন্টা|"
    "घंटे|घंटा|घण्टा|පැය|மணிநேரம்|மணி_நேரத்திற்கு|மணி|گھنٹے|گھنٹہ|часов|часа|час|цагийн|stunden|stunde|"
    "heures|heure|horas|hora|ore|godzin|saat_once",
    "day": "days|day|วัน|ມື້|ថ្ងៃ|ရက်|天|日|일|ngày|hari|araw|দিন|दिन|දින|நாட்களுக்கு|நாட்கள்|நாள்|دن|дней|"
    "дня|день|өдрийн|tagen|tage|jours|jour|días|dias|giorni|dni",
    "week": "weeks|week|สัปดาห์|ອາທິດ|សប្តាហ៍|သီတင်းပတ်|周|週間|주|tuần|minggu|linggo|সপ্তাহ|हफ्ते|हप्ता|සති|"
    "வாரம்|недель|неделю|wochen|semaines|semanas",
    "month": "months|month|เดือน|ເດືອນ|ខែ|လ|个月|個月|"
    "か月|ヶ月|ヵ月|개월|tháng|bulan|buwan|মাস|महीने|महिना|"
    "මාස|மாதம்|месяцев|месяца|monaten|mois|meses",
}
_SECONDS = {"second": 1, "minute": 60, "hour": 3600, "day": 86400, "week": 604800, "month": 2592000}
_UNIT_OF = {
    word.replace("_", " "): unit for unit, words in _UNITS.items() for word in words.split("|")
}
_ALL = "|".join(re.escape(w) for w in sorted(_UNIT_OF, key=len, reverse=True))
# What makes a span of time a time past, before or behind it.
_BEHIND = (
    "ago|earlier|ที่แล้ว|ที่ผ่านมา|กอน|ก่อน|ກ່ອນ|ຜ່ານມາ|មុន|"
    "ကြာ|က|前|之前|전|trước|yang lalu|lalu|yang lepas|lepas|"
    "ang nakalipas|nakalipas|na ang nakalipas|আগে|पहले|"
    "अगाडि|अघि|කට පෙර|පෙර|කට ඉහත|முன்பு|முன்|پہلے|قبل|назад|"
    "өмнө|temu|fa|atrás|önce"
)
_BEFORE = "လွန်ခဲ့သော|လွန်ခဲ့သည့်|il y a|vor|hace|há|منذ|قبل"
_SPAN = re.compile(
    rf"(?:(?P<before>{_BEFORE})\s*)?(?<![0-9.:/-])(?P<n>[0-9]{{1,3}}|an?|one|about an)\s?"
    rf"(?P<unit>{_ALL})\w{{0,3}}?\s*(?P<behind>{_BEHIND})?"
)
_SHORT = re.compile(r"(?<![0-9])(?P<n>[0-9]{1,2})\s?(?P<unit>[smhdw])(?:in)?\s+ago\b")
_DAYS = {
    "today": 0, "yesterday": 1, "วันนี้": 0, "เมื่อวาน": 1, "昨天": 1, "昨日": 1, "今天": 0, "今日": 0,
    "오늘": 0, "어제": 1, "hôm nay": 0, "hôm qua": 1, "hari ini": 0, "kemarin": 1, "semalam": 1,
    "kahapon": 1, "ngayong araw": 0, "আজ": 0, "গতকাল": 1, "आज": 0, "हिजो": 1,
    "ថ្ងៃនេះ": 0, "ម្សិលមិញ": 1,
    "heute": 0, "gestern": 1, "hier": 1, "aujourd'hui": 0, "hoy": 0, "ayer": 1, "oggi": 0,
    "ieri": 1, "сегодня": 0, "вчера": 1, "dziś": 0, "dzisiaj": 0, "wczoraj": 1, "ontem": 1,
}  # fmt: skip
_DAY_WORD = re.compile(
    "^\\W*(?:[a-z]+ [a-z]+ ?: ?|[^\\W0-9]+ ?: ?)?("
    + "|".join(re.escape(w) for w in sorted(_DAYS, key=len, reverse=True))
    + ")(?![^\\W0-9])"
)


def relative_span(text: str) -> tuple[timedelta, bool] | None:
    """(how long ago, whether the time of day is known) of a case-folded text that is such a time.

    ``text`` must already have western digits. None if it is none, or far longer than one.
    """
    if len(text) > 60:
        return None
    if short := _SHORT.search(text):
        unit = {"s": "second", "m": "minute", "h": "hour", "d": "day", "w": "week"}[short["unit"]]
        return timedelta(seconds=int(short["n"]) * _SECONDS[unit]), unit in {"second", "minute"}
    for match in _SPAN.finditer(text):
        if not (match["before"] or match["behind"]):
            continue
        unit = _UNIT_OF[match["unit"]]
        number = int(match["n"]) if match["n"].isdigit() else 1
        return timedelta(seconds=number * _SECONDS[unit]), unit in {"second", "minute"}
    return None


def day_word(text: str) -> tuple[int, int] | None:
    """(days ago, where the word ends) for a case-folded text that starts with "yesterday" ..."""
    if found := _DAY_WORD.search(text):
        return _DAYS[found[1]], found.end()
    return None
