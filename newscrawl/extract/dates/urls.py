"""The day that an article's address holds, in the many ways sites write it."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

from newscrawl.extract.dates.parse import DateContext, ParsedDate, parse_date, same_day

_MM, _DD = "(?P<m>0[1-9]|1[0-2])", "(?P<d>0[1-9]|[12][0-9]|3[01])"
_URL_DAYS = (
    # 20221115, 202211151019, 20221115101930; 2022/1115; 202211/15
    re.compile(
        rf"(?<![0-9])(?P<y>(?:19|20)[0-9]{{2}}){_MM}{_DD}(?:[0-9]{{4}}|[0-9]{{6}})?(?![0-9])"
    ),
    re.compile(rf"(?<![0-9])(?P<y>20[0-9]{{2}})/?{_MM}/?{_DD}(?![0-9])"),
    re.compile(
        r"(?<![0-9])(?P<y>(?:19|20)[0-9]{2})(?P<s>[/_.-])(?P<m>0?[1-9]|1[0-2])(?P=s)"
        r"(?P<d>0?[1-9]|[12][0-9]|3[01])(?![0-9])"
    ),
    re.compile(
        r"(?<![0-9a-z])(?P<y>20[0-9]{2})/(?P<m>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
        r"[a-z]*/(?P<d>[0-9]{1,2})(?![0-9])"
    ),
    re.compile(r"(?<![0-9])(?P<d>[0-3]?[0-9])[-/](?P<m>[01]?[0-9])[-/](?P<y>20[0-9]{2})(?![0-9])"),
    re.compile(
        r"(?<![0-9])(?P<d>[0-3]?[0-9])-(?P<m>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
        r"[a-z]*-(?P<y>20[0-9]{2})(?![0-9])"
    ),
)
_SHORT_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def url_day(url: str) -> tuple[str, ParsedDate] | None:
    """The day that a URL's path holds, as written there, and read: always the site's local day."""
    try:
        path = unquote(urlsplit(url).path).lower()
    except ValueError:
        return None
    for pattern in _URL_DAYS:
        for found in pattern.finditer(path):
            month = found["m"]
            number = _SHORT_MONTHS.index(month[:3]) + 1 if month[0].isalpha() else int(month)
            day = same_day(int(found["y"]), number, int(found["d"]))
            if day is not None and day.year >= 1995:
                parsed = parse_date(day.isoformat(), DateContext())
                if parsed is not None:
                    return found[0].strip("/"), parsed
    return None
