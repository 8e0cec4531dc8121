"""The day in a printed date: numbers, month names, eras, and the order they stand in."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from newscrawl.extract.dates.calendars import ERAS, bikram_sambat, gregorian, solar_hijri
from newscrawl.extract.dates.months import MonthName, find_months

if TYPE_CHECKING:
    from newscrawl.extract.dates.parse import DateContext

_MONTH_FIRST = frozenset({"US", "PH", "FM", "MH", "PW", "GU", "AS", "MP", "PR"})
_YEAR_FIRST_LANGUAGES = frozenset({"ja", "ko", "zh", "mn", "hu", "lt"})


@dataclass(frozen=True, slots=True)
class Day:
    """A day found in a text, where it stands, and the day under the other order if possible."""

    date: dt.date
    start: int
    end: int
    other: dt.date | None = None
    no_year: bool = False


@dataclass(frozen=True, slots=True)
class DayContext:
    """The part of a page's context that decides how numbers are read."""

    languages: tuple[str, ...]
    day_first: bool
    thai: bool
    nepali: bool
    republic: bool
    iranian: bool
    year_first: bool
    today: dt.date | None

    def calendar_day(self, year: int, month: int, day: int) -> dt.date | None:
        """A day of the calendar that a four-digit year belongs to, as Gregorian."""
        if 2400 <= year <= 2700:
            year -= 543
        elif self.nepali and self._ahead(year):
            return bikram_sambat(year, month, day)
        elif self.iranian and 1300 <= year <= 1450:
            return solar_hijri(year, month, day)
        found = gregorian(year, month, day)
        return found if found is not None and 1800 <= found.year <= 2100 else None

    def _ahead(self, year: int) -> bool:
        """Whether a year is so far ahead that it is one of Nepal's calendar."""
        today = self.today or dt.date(2045, 1, 1)
        return today.year + 2 < year <= 2099

    def century(self, year: int) -> int:
        """A two-digit year in full; Thai pages print 69 for 2569."""
        today = self.today or dt.date(2045, 1, 1)
        if self.thai and 2000 <= 2500 + year - 543 <= today.year + 1:
            return 2500 + year
        return 2000 + year if 2000 + year <= today.year + 1 else 1900 + year


@lru_cache(maxsize=64)
def day_context(context: DateContext) -> DayContext:
    """How numbers are read on a page."""
    tags = tuple(tag.lower() for tag in context.languages)
    main = {tag.split("-")[0] for tag in tags}
    day_first = context.day_first
    if day_first is None:
        country = context.country
        day_first = country not in _MONTH_FIRST if country else "en-us" not in tags
    return DayContext(
        languages=tags,
        day_first=day_first,
        thai=context.calendar == "buddhist" or "th" in main or context.country == "TH",
        nepali=context.calendar == "bikram_sambat" or "ne" in main or context.country == "NP",
        republic=context.calendar == "roc" or context.country == "TW" or "zh" in main,
        iranian="fa" in main or context.country in {"IR", "AF"},
        year_first=bool(main & _YEAR_FIRST_LANGUAGES),
        today=None if context.reference is None else context.reference.date(),
    )


_SEP = r"\s?([-/.])\s?"
_YMD = re.compile(
    rf"(?<![0-9])([12][0-9]{{3}}){_SEP}([0-9]{{1,2}})\s?\2\s?([0-9]{{1,2}})(?=\.?(?![0-9]))"
)
_DMY = re.compile(
    rf"(?<![0-9./-])([0-9]{{1,2}}){_SEP}([0-9]{{1,2}})\s?\2\s?([12][0-9]{{3}}|[0-9]{{2}})(?![0-9]|\2[0-9])"
)
_ROC_SLASH = re.compile(
    r"(?<![0-9./-])(1[0-3][0-9]|[89][0-9])([-/.])([0-9]{1,2})\2([0-9]{1,2})(?![0-9])"
)
_COMPACT = re.compile(
    r"(?<![0-9])((?:19|20|25)[0-9]{2})(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])(?![0-9])"
)
_CJK = re.compile(
    r"(?:(中華民國|民國|民国|令和|平成|昭和|大正)\s?)?([0-9]{1,4})\s?[年년]\s?([0-9]{1,2})\s?[月월]\s?([0-9]{1,2})\s?[日号號일]?"
)
_CJK_NO_YEAR = re.compile(r"(?<![0-9年년])([0-9]{1,2})\s?[月월]\s?([0-9]{1,2})\s?[日号號일]")
_VIETNAMESE = re.compile(
    r"(?<![0-9])([0-9]{1,2})\s?(?:/|tháng|thg\.?)\s?([0-9]{1,2})[\s,.-]*(?:năm)?\s?([12][0-9]{3})(?![0-9])"
)
_MONGOLIAN = re.compile(
    r"([12][0-9]{3})\s?(?:оны?|он)\s?([0-9]{1,2})\s?-?\s?(?:р|дугаар|дүгээр)?\s?сар\w*\s?([0-9]{1,2})"
)
_TIBETAN = re.compile(r"ཟླ་བ?་?\s?([0-9]{1,2})\D{0,12}(?:ཚེས་?|ཉིན་?)\s?([0-9]{1,2})")
_YEAR_ANYWHERE = re.compile(r"(?<![0-9])((?:19|20|25)[0-9]{2})(?![0-9])")
_THAI = re.compile("[\u0e01-\u0e5b]")
# Reiwa, Heisei and Showa as one letter, as offices print them: R8.11.10
_ERA_LETTER = re.compile(
    r"(?<![0-9a-z])([rhs])\.?([0-9]{1,2})([./])([0-9]{1,2})\3([0-9]{1,2})(?![0-9./])"
)
_ERA_OF_LETTER = {"r": "令和", "h": "平成", "s": "昭和"}


def find_day(text: str, context: DayContext) -> Day | None:
    """The first day in a case-folded text with ASCII digits, or None."""
    if not context.thai and _THAI.search(text):
        context = replace(context, thai=True)
    if found := _ERA_LETTER.search(text):
        return _by_era_letter(found)
    if not text.isascii() and (day := _by_characters(text, context)):
        return day
    if day := _by_month_name(text, context):
        return day
    return _by_numbers(text, context)


def _by_era_letter(found: re.Match[str]) -> Day | None:
    year = int(found[2]) + ERAS[_ERA_OF_LETTER[found[1]]]
    day = gregorian(year, int(found[4]), int(found[5]))
    return None if day is None else Day(day, found.start(), found.end())


def _by_characters(text: str, context: DayContext) -> Day | None:
    """Days whose parts are marked by characters or words: 年月日, tháng, сарын."""
    if ("年" in text or "년" in text) and (found := _CJK.search(text)):
        year, month, day = int(found[2]), int(found[3]), int(found[4])
        if found[1]:
            year += ERAS[found[1].removeprefix("中華")]
        elif year < 100:
            year = context.century(year)
        elif year < 200:
            year += 1911
        if date_ := context.calendar_day(year, month, day):
            return Day(date_, found.start(), found.end())
        return None
    if (found := _VIETNAMESE.search(text)) and (
        date_ := context.calendar_day(int(found[3]), int(found[2]), int(found[1]))
    ):
        return Day(date_, found.start(), found.end())
    if ("сар" in text and (found := _MONGOLIAN.search(text))) and (
        date_ := context.calendar_day(int(found[1]), int(found[2]), int(found[3]))
    ):
        return Day(date_, found.start(), found.end())
    if (
        ("ཟླ" in text and (found := _TIBETAN.search(text)))
        and (year_ := _YEAR_ANYWHERE.search(text))
        and (date_ := context.calendar_day(int(year_[1]), int(found[1]), int(found[2])))
    ):
        return Day(date_, min(found.start(), year_.start()), max(found.end(), year_.end()))
    if (
        ("月" in text or "월" in text)
        and not _YMD.search(text)
        and (found := _CJK_NO_YEAR.search(text))
    ):
        return _without_year(int(found[1]), int(found[2]), found.start(), found.end(), context)
    return None


_NUMBER_LEFT = re.compile(r"(?<![0-9:])([0-9]{1,4})(?P<gap>[^0-9¦:]{0,12})$")
_NUMBER_RIGHT = re.compile(r"^(?P<gap>[^0-9¦:]{0,14})([0-9]{1,4})(?![0-9:])")
# Between the parts of a date stand marks of punctuation and short words of its language.
_LINK = re.compile(
    r"[\s.,/\-'’·|]*(?:(?:st|nd|rd|th|er|ère|re|º|ª|°|o)[\s.,/\-]*)?"
    r"(?:(?:of|the|de|del|di|d'|do|da|den|der|le|al|day|ที่|วัน|ខែ|ទី|ថ្ងៃ|ថ្ងៃទី|ເດືອນ|ເດືອນ|เดือน|ວັນທີ|গতে|गते|ই|লা|রা|ঠা|শে|"
    r"তারিখ|तारीख|ता|ලා|වන|වැනි|ஆம்|ஆம் தேதி|ရက်|လ|র|ngày|"
    r"và|den|ב|年|ي|من|kun|g\.?|года|р|hb|ng|сарын|сар)[\s.,/\-]*)?"
)  # fmt: skip
_YEAR_LINK = re.compile(
    r"(?:[\s.,/\-'’·|()]|(?:st|nd|rd|th)\b|de|del|do|of|năm|พ\.?ศ\.?|ค\.?ศ\.?|ព\.?ស\.?|គ\.?ស\.?|ឆ្នាំ|ປີ|ຄ\.?ສ\.?|ခုနှစ်|ခု|နှစ်|"
    r"সাল|খ্রিস্টাব্দ|ইং|साल|सन्|सन|वि\.?सं\.?|संवत्|आ|ஆண்டு|වර්ෂය|оны|он|year|anno|a\.?d\.?|ce|года|року|г|р|лет|tahun|thn|"
    r"ค|लाई|ই|এ|ల|న|م|سنة|عام|سال)*"
)


def _by_month_name(text: str, context: DayContext) -> Day | None:
    without: Day | None = None
    for name in find_months(text, context.languages):
        day = _around(text, name, context)
        if day is None:
            continue
        if not day.no_year:
            return day
        without = without or day
    return without


def _linked(gap: str, link: re.Pattern[str]) -> bool:
    return bool(link.fullmatch(gap))


def _around(text: str, name: MonthName, context: DayContext) -> Day | None:
    left = _NUMBER_LEFT.search(text[: name.start])
    right = _NUMBER_RIGHT.search(text[name.end :])
    if left and not (_linked(left["gap"], _LINK) or _linked(left["gap"], _YEAR_LINK)):
        left = None
    after = name.end
    if right and not (_linked(right["gap"], _YEAR_LINK) or _linked(right["gap"], _LINK)):
        right = None
    numbers_left = int(left[1]) if left else None
    # Day Month Year
    if left and len(left[1]) <= 2 and 1 <= int(left[1]) <= 32:
        if right and _is_year(right[2]):
            return _day(right[2], name, int(left[1]), left.start(), after + right.end(), context)
        # Month Day, Year with a stray number before it ("at 10 November 15, 2022")
        if right and len(right[2]) <= 2:
            second = _NUMBER_RIGHT.search(text[after + right.end() :])
            if second and len(second[2]) == 4 and _linked(second["gap"], _YEAR_LINK):
                end = after + right.end() + second.end()
                return _day(second[2], name, int(right[2]), name.start, end, context)
            if not _time_like(text, after + right.end()):
                found = _day(
                    right[2], name, int(left[1]), left.start(), after + right.end(), context
                )
                if found is not None:
                    return found
        return _named_without_year(name, int(left[1]), left.start(), after, context)
    # Year Month Day
    if left and len(left[1]) == 4 and right and len(right[2]) <= 2:
        return _day(left[1], name, int(right[2]), left.start(), after + right.end(), context)
    # Month Day, Year
    if right and len(right[2]) <= 2 and numbers_left is None:
        end = after + right.end()
        second = _NUMBER_RIGHT.search(text[end:])
        if second and _is_year(second[2]) and _linked(second["gap"], _YEAR_LINK):
            return _day(second[2], name, int(right[2]), name.start, end + second.end(), context)
        if (
            second
            and len(second[2]) == 2
            and "'" in second["gap"]
            and not _time_like(text, end + second.end())
        ):
            return _day(second[2], name, int(right[2]), name.start, end + second.end(), context)
        if second and "¦" not in text[end : end + second.start()] and len(second[2]) == 4:
            return None  # a year elsewhere: not this date's
        later = re.match(r"[^0-9]{0,30}¦[^0-9]{0,30}([12][0-9]{3})(?![0-9])", text[end:])
        if later:  # Nov 15 10:00 2022
            return _day(later[1], name, int(right[2]), name.start, end + later.end(), context)
        return _named_without_year(name, int(right[2]), name.start, end, context)
    return None


def _is_year(number: str) -> bool:
    return len(number) == 4


def _time_like(text: str, end: int) -> bool:
    """Whether a number is the hour of a time written with a dot."""
    return bool(re.match(r"\.[0-9]{2}(?![0-9])", text[end:]))


def _day(
    year: str, name: MonthName, day: int, start: int, end: int, context: DayContext
) -> Day | None:
    number = int(year) if len(year) > 2 else context.century(int(year))
    found: dt.date | None
    if name.calendar == "bikram_sambat":
        found = bikram_sambat(number, name.month, day)
    elif name.calendar == "solar_hijri":
        found = solar_hijri(number, name.month, day)
    else:
        found = context.calendar_day(number, name.month, day)
    return None if found is None else Day(found, start, end)


def _named_without_year(
    name: MonthName, day: int, start: int, end: int, context: DayContext
) -> Day | None:
    if name.calendar != "gregorian":
        return None
    return _without_year(name.month, day, start, end, context)


def _without_year(month: int, day: int, start: int, end: int, context: DayContext) -> Day | None:
    """The year is the crawl's, or the one before where the day would lie ahead."""
    if context.today is None:
        return None
    for year in (context.today.year, context.today.year - 1):
        found = gregorian(year, month, day)
        if found is not None and found <= context.today + timedelta(days=1):
            return Day(found, start, end, no_year=True)
    return None


def _by_numbers(text: str, context: DayContext) -> Day | None:
    if found := _YMD.search(text):
        year, month, day = int(found[1]), int(found[3]), int(found[4])
        date_ = context.calendar_day(year, month, day)
        return None if date_ is None else Day(date_, found.start(), found.end())
    if found := _ROC_SLASH.search(text):
        date_ = None
        if len(found[1]) == 3 or context.republic:
            date_ = gregorian(int(found[1]) + 1911, int(found[3]), int(found[4]))
        if date_ is not None and (len(found[1]) == 3 or date_.year > 1990):
            return Day(date_, found.start(), found.end())
    if found := _DMY.search(text):
        return _ordered(found, context)
    if found := _COMPACT.search(text):
        date_ = context.calendar_day(int(found[1]), int(found[2]), int(found[3]))
        return None if date_ is None else Day(date_, found.start(), found.end())
    return None


def _ordered(found: re.Match[str], context: DayContext) -> Day | None:
    first, second, year = int(found[1]), int(found[3]), found[4]
    if len(year) == 2 and context.year_first:
        date_ = context.calendar_day(context.century(first), second, int(year))
        if date_ is not None:
            return Day(date_, found.start(), found.end())
    number = int(year) if len(year) == 4 else context.century(int(year))
    day_first = context.calendar_day(number, second, first)
    month_first = context.calendar_day(number, first, second)
    prefers_day = context.day_first or found[2] == "."
    one, other = (day_first, month_first) if prefers_day else (month_first, day_first)
    if one is None or (
        other is not None
        and context.today is not None
        and one > context.today + timedelta(days=2) >= other
    ):
        one, other = other, one
    if one is None:
        return None
    return Day(one, found.start(), found.end(), other if other != one else None)
