"""Local calendars and eras to the Gregorian calendar.

Buddhist Era (Thailand) = CE + 543; Republic of China = CE - 1911; Reiwa = CE - 2018, Heisei =
CE - 1988, Showa = CE - 1925; Bikram Sambat (Nepal) by table, since its months have 29 to 32 days;
Solar Hijri (Iran, Afghanistan) by the 33-year cycle, right for 1206 to 1497.
"""

from __future__ import annotations

from datetime import date, timedelta

ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "大正": 1911, "民國": 1911, "民国": 1911}

# Days of the twelve months (Baisakh to Chait) less 29, from 2000 BS on. 1 Baisakh 2000 BS is
# 14 April 1943.
_FIRST_YEAR = 2000
_FIRST_DAY = date(1943, 4, 14)
_MONTH_TABLE = """
132321110102 223222101011 223321101011 232321110012 132321110102 223222101011 223321101011
232321110012 222322011002 223222101011 223321101011 232321110012 222322011011 223222101011
223321101011 232321110012 222322011011 223222101011 232321101011 232321110102 222322101011
223222101011 232321110011 232321110102 222322101011 223222101011 232321110012 132321110102
223222101011 223231101011 232321110012 132321110102 223222101011 223321101011 232321110012
132322011002 223222101011 223321101011 232321110012 222322011011 223222101011 223321101011
232321110012 222322011011 223222101011 232321101011 232321110012 222322101011 223222101011
232321110011 232321110102 222322101011 223222101011 232321110011 232321110102 223222101011
223231101011 232321110012 132321110102 223222101011 223321101011 232321110012 222322010102
223222101011 223321101011 232321110012 222322011002 223222101011 223321101011 232321110012
222322011011 223222101011 232321101011 232321110012 222322101011 223222101011 232321110011
232321110102 222322101011 223222101011 232321110011 232321110102 223222101011 223222101011
223221110111 232312110111 132321110111 223222101111 123312110111 132321110111 132321110111
223222110111 123321110111 132321110111 223221110111 223222101111 123321101011 232321110111
223222010102 223222100111
"""
_MONTHS = _MONTH_TABLE.split()


def bikram_sambat(year: int, month: int, day: int) -> date | None:
    """A date of Nepal's calendar, or None if there is no such day (or it is not in the table)."""
    index = year - _FIRST_YEAR
    if not (0 <= index < len(_MONTHS) and 1 <= month <= 12):
        return None
    lengths = [29 + int(c) for c in _MONTHS[index]]
    if not 1 <= day <= lengths[month - 1]:
        return None
    before = sum(29 * 12 + sum(map(int, months)) for months in _MONTHS[:index])
    return _FIRST_DAY + timedelta(days=before + sum(lengths[: month - 1]) + day - 1)


def solar_hijri(year: int, month: int, day: int) -> date | None:
    """A date of the Iranian calendar, or None if there is no such day."""
    if not (1206 <= year <= 1497 and 1 <= month <= 12):
        return None
    leap = year % 33 in {1, 5, 9, 13, 17, 22, 26, 30}
    length = 31 if month <= 6 else 30 if month <= 11 or leap else 29
    if not 1 <= day <= length:
        return None
    leaps = sum(1 for y in range(1206, year) if y % 33 in {1, 5, 9, 13, 17, 22, 26, 30})
    days = (year - 1206) * 365 + leaps + (month - 1) * 31 - max(0, month - 7) + day - 1
    return date(1827, 3, 22) + timedelta(days=days)


def gregorian(year: int, month: int, day: int) -> date | None:
    """A Gregorian date, or None if there is no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None
