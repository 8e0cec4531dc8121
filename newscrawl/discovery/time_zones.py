"""A site's time zone from what its home page shows, its address and its language.

In order of trust: one zone named on the page; the country of the domain; the country in the
language tag; the only country of the language. An offset seen in dates must not contradict it:
``+07:00`` on a ``.com`` in English says nothing of which zone, but that it is not Tokyo's.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

# ISO 3166 -> the zone in which most of the country's papers appear.
COUNTRY_ZONES = {
    "ae": "Asia/Dubai", "af": "Asia/Kabul", "au": "Australia/Sydney", "bd": "Asia/Dhaka",
    "bn": "Asia/Brunei", "bt": "Asia/Thimphu", "cn": "Asia/Shanghai", "fj": "Pacific/Fiji",
    "fm": "Pacific/Pohnpei", "gu": "Pacific/Guam", "hk": "Asia/Hong_Kong", "id": "Asia/Jakarta",
    "in": "Asia/Kolkata", "ir": "Asia/Tehran", "jp": "Asia/Tokyo", "kg": "Asia/Bishkek",
    "kh": "Asia/Phnom_Penh", "ki": "Pacific/Tarawa", "kp": "Asia/Pyongyang", "kr": "Asia/Seoul",
    "kz": "Asia/Almaty", "la": "Asia/Vientiane", "lk": "Asia/Colombo", "mh": "Pacific/Majuro",
    "mm": "Asia/Yangon", "mn": "Asia/Ulaanbaatar", "mo": "Asia/Macau", "mv": "Indian/Maldives",
    "my": "Asia/Kuala_Lumpur", "nc": "Pacific/Noumea", "np": "Asia/Kathmandu",
    "nr": "Pacific/Nauru",
    "nz": "Pacific/Auckland", "pf": "Pacific/Tahiti", "pg": "Pacific/Port_Moresby",
    "ph": "Asia/Manila", "pk": "Asia/Karachi", "pw": "Pacific/Palau", "sb": "Pacific/Guadalcanal",
    "sg": "Asia/Singapore", "th": "Asia/Bangkok", "tj": "Asia/Dushanbe", "tl": "Asia/Dili",
    "tm": "Asia/Ashgabat", "to": "Pacific/Tongatapu", "tv": "Pacific/Funafuti", "tw": "Asia/Taipei",
    "uz": "Asia/Tashkent", "vn": "Asia/Ho_Chi_Minh", "vu": "Pacific/Efate", "ws": "Pacific/Apia",
    "de": "Europe/Berlin", "es": "Europe/Madrid", "fr": "Europe/Paris", "gb": "Europe/London",
    "ie": "Europe/Dublin", "it": "Europe/Rome", "nl": "Europe/Amsterdam", "pl": "Europe/Warsaw",
    "ru": "Europe/Moscow", "tr": "Europe/Istanbul", "ua": "Europe/Kyiv", "uk": "Europe/London",
    "ch": "Europe/Zurich", "at": "Europe/Vienna", "be": "Europe/Brussels", "se": "Europe/Stockholm",
    "no": "Europe/Oslo", "dk": "Europe/Copenhagen", "fi": "Europe/Helsinki", "pt": "Europe/Lisbon",
    "gr": "Europe/Athens",
    "za": "Africa/Johannesburg", "ng": "Africa/Lagos", "ke": "Africa/Nairobi",
    "eg": "Africa/Cairo", "il": "Asia/Jerusalem", "sa": "Asia/Riyadh", "br": "America/Sao_Paulo",
    "ar": "America/Argentina/Buenos_Aires", "mx": "America/Mexico_City", "us": "America/New_York",
}  # fmt: skip
# Languages that are printed in one country above all.
_LANGUAGE_COUNTRIES = {
    "km": "kh", "th": "th", "lo": "la", "my": "mm", "vi": "vn", "id": "id", "ms": "my", "fil": "ph",
    "tl": "ph", "ja": "jp", "ko": "kr", "bn": "bd", "hi": "in", "mr": "in", "gu": "in", "te": "in",
    "ml": "in", "kn": "in", "pa": "in", "or": "in", "as": "in", "si": "lk", "ne": "np", "ur": "pk",
    "mn": "mn", "dz": "bt", "dv": "mv", "tet": "tl", "uz": "uz", "kk": "kz", "ky": "kg", "tg": "tj",
}  # fmt: skip
# Sold all over the world: trusted only where the language agrees.
_SOLD = {"tv", "fm", "ws", "to", "nr", "us", "me"}


def guess_zone(
    host: str, language: str | None, zones: Sequence[str] = (), offsets: Sequence[str] = ()
) -> str | None:
    """An IANA zone, or None where nothing tells.

    ``zones`` and ``offsets`` (``+07:00``) as seen on the page, the most frequent first.
    """
    tag = (language or "").replace("_", "-").lower().split("-")
    region = next((x for x in tag[1:] if len(x) == 2), "")
    top = host.rpartition(".")[2].lower()
    own = _LANGUAGE_COUNTRIES.get(tag[0], "")
    candidates = [zones[0]] if len(set(zones)) == 1 else []
    countries = [region, own]
    if top not in _SOLD or top in countries:
        # An exile paper (Burmese at .no) keeps the time of its readers.
        far = own and not COUNTRY_ZONES.get(top, "").startswith(("Asia/", "Pacific/", "Indian/"))
        countries.insert(2 if far else 0, top)
    candidates += [COUNTRY_ZONES[x] for x in countries if x in COUNTRY_ZONES]
    for zone in candidates:
        if _exists(zone) and (not offsets or any(_has_offset(zone, x) for x in offsets)):
            return zone
    # All contradicted by the dates: those in UTC (a common fault) prove nothing.
    if candidates and all(x.replace(":", "") in {"+0000", "-0000"} for x in offsets):
        return next((zone for zone in candidates if _exists(zone)), None)
    return None


def _exists(zone: str) -> bool:
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def _has_offset(zone: str, offset: str) -> bool:
    """Is the offset the zone's in winter or summer."""
    digits = offset.replace(":", "")
    seconds = timedelta(hours=int(digits[1:3]), minutes=int(digits[3:5]))
    wanted = -seconds if digits[0] == "-" else seconds
    info = ZoneInfo(zone)
    return any(datetime(2026, month, 1, 12, tzinfo=info).utcoffset() == wanted for month in (1, 7))
