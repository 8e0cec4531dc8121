"""Zone abbreviations, and the zone of a country.

Abbreviations are resolved by the site's country, never globally: IST is India's, Israel's or
Ireland's time, BST Bangladesh's or Britain's, CST China's or Central America's, PST the
Philippines', Pakistan's or the Pacific coast's.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

# Minutes east of Greenwich; a mapping where the country decides ("" = any other country).
_ABBREVIATIONS: dict[str, int | dict[str, int]] = {
    "z": 0, "utc": 0, "gmt": 0, "ut": 0, "wet": 0, "west": 60, "cet": 60, "mez": 60, "cest": 120,
    "mesz": 120, "eet": 120, "eest": 180, "msk": 180, "trt": 180, "sast": 120, "eat": 180,
    "wat": 60, "cat": 120, "gst": 240, "irst": 210, "irdt": 270, "aft": 270, "pkt": 300,
    "mvt": 300, "uzt": 300, "npt": 345, "bdt": 360, "btt": 360, "mmt": 390, "ict": 420,
    "wib": 420, "wita": 480, "wit": 540, "myt": 480, "sgt": 480, "hkt": 480, "pht": 480,
    "phst": 480, "phl": 480, "bnt": 480, "ulat": 480, "awst": 480, "jst": 540, "kst": 540,
    "tlt": 540, "pwt": 540, "acst": 570, "acdt": 630, "aest": 600, "aedt": 660, "chst": 600,
    "pgt": 600, "sbt": 660, "vut": 660, "nct": 660, "fjt": 720, "nzst": 720, "nzdt": 780,
    "tot": 780, "wsst": 780, "brt": -180, "art": -180, "clt": -240, "akst": -540, "akdt": -480,
    "hst": -600, "edt": {"AU": 660, "": -240}, "est": {"AU": 600, "": -300},
    "cdt": {"AU": 630, "": -300}, "mdt": -360, "pdt": -420, "nst": {"NP": 345, "": -210},
    "mst": {"MY": 480, "MM": 390, "US": -420, "CA": -420, "MX": -420},
    "cst": {"CN": 480, "TW": 480, "HK": 480, "MO": 480, "US": -360, "CA": -360, "MX": -360,
            "AU": 570},
    "pst": {"PH": 480, "PK": 300, "US": -480, "CA": -480, "MX": -480},
    "ist": {"IN": 330, "LK": 330, "IL": 120, "IE": 60},
    "bst": {"BD": 360, "BT": 360, "GB": 60, "PG": 660},
    "ast": {"SA": 180, "QA": 180, "BH": 180, "KW": 180, "": -240},
    "wst": {"WS": 780, "AU": 480, "MA": 60},
    "sst": {"SG": 480, "AS": -660},
}  # fmt: skip
_NORTH_AMERICAN = {"et": "America/New_York", "ct": "America/Chicago", "mt": "America/Denver",
                   "pt": "America/Los_Angeles"}  # fmt: skip

# The zone most of a country lives in. Marked with "~" where a country has several that matter.
_ZONES = """
AF Asia/Kabul  AM Asia/Yerevan  AT Europe/Vienna  AU ~Australia/Sydney  AZ Asia/Baku
BD Asia/Dhaka  BE Europe/Brussels  BG Europe/Sofia  BN Asia/Brunei  BR ~America/Sao_Paulo
BT Asia/Thimphu  BY Europe/Minsk  CA ~America/Toronto  CH Europe/Zurich  CL America/Santiago
CN Asia/Shanghai  CO America/Bogota  CZ Europe/Prague  DE Europe/Berlin  DK Europe/Copenhagen
EE Europe/Tallinn  EG Africa/Cairo  ES Europe/Madrid  FI Europe/Helsinki  FJ Pacific/Fiji
FR Europe/Paris  GB Europe/London  GE Asia/Tbilisi  GR Europe/Athens  HK Asia/Hong_Kong
HR Europe/Zagreb  HU Europe/Budapest  ID ~Asia/Jakarta  IE Europe/Dublin  IL Asia/Jerusalem
IN Asia/Kolkata  IQ Asia/Baghdad  IR Asia/Tehran  IS Atlantic/Reykjavik  IT Europe/Rome
JP Asia/Tokyo  KE Africa/Nairobi  KG Asia/Bishkek  KH Asia/Phnom_Penh  KR Asia/Seoul
KZ Asia/Almaty  LA Asia/Vientiane  LI Europe/Vaduz  LK Asia/Colombo  LT Europe/Vilnius
LU Europe/Luxembourg  LV Europe/Riga  MM Asia/Yangon  MN Asia/Ulaanbaatar  MO Asia/Macau
MV Indian/Maldives  MX ~America/Mexico_City  MY Asia/Kuala_Lumpur  NC Pacific/Noumea
NG Africa/Lagos  NL Europe/Amsterdam  NO Europe/Oslo  NP Asia/Kathmandu  NZ Pacific/Auckland
PE America/Lima  PF ~Pacific/Tahiti  PG Pacific/Port_Moresby  PH Asia/Manila  PK Asia/Karachi
PL Europe/Warsaw  PT Europe/Lisbon  PW Pacific/Palau  QA Asia/Qatar  RO Europe/Bucharest
RS Europe/Belgrade  RU ~Europe/Moscow  SA Asia/Riyadh  SB Pacific/Guadalcanal  SE Europe/Stockholm
SG Asia/Singapore  SI Europe/Ljubljana  SK Europe/Bratislava  TH Asia/Bangkok  TJ Asia/Dushanbe
TL Asia/Dili  TM Asia/Ashgabat  TO Pacific/Tongatapu  TR Europe/Istanbul  TW Asia/Taipei
UA Europe/Kyiv  AE Asia/Dubai  US ~America/New_York  UZ Asia/Tashkent  VN Asia/Ho_Chi_Minh
VU Pacific/Efate  WS Pacific/Apia  ZA Africa/Johannesburg  AR America/Argentina/Buenos_Aires
FM ~Pacific/Pohnpei  GU Pacific/Guam  MH Pacific/Majuro  KI ~Pacific/Tarawa  NR Pacific/Nauru
TV Pacific/Funafuti  CK Pacific/Rarotonga  VE America/Caracas  EC America/Guayaquil
""".replace("\n", "  ").split("  ")
_ZONE_OF = {entry[:2]: entry[3:] for entry in _ZONES if entry}
_COUNTRY_OF_TLD = {"uk": "GB", "eu": "", "tv": "", "io": "", "me": "", "co": "", "cc": "",
                   "fm": "", "to": "", "ws": "", "la": "LA", "ai": "", "am": "", "ly": "",
                   }  # fmt: skip
# Languages whose press stands in one zone, whatever the country.
_ZONE_OF_LANGUAGE = {
    "ja": "JP", "ko": "KR", "th": "TH", "vi": "VN", "km": "KH", "lo": "LA", "my": "MM",
    "ne": "NP", "si": "LK", "dz": "BT", "zh": "CN", "hi": "IN", "mr": "IN", "gu": "IN",
    "te": "IN", "kn": "IN", "ml": "IN", "pa": "IN", "or": "IN", "as": "IN", "ms": "MY",
    "fil": "PH", "tl": "PH", "id": "ID", "mn": "MN", "dv": "MV", "de": "DE", "it": "IT",
    "pl": "PL", "nl": "NL", "sv": "SE", "nb": "NO", "no": "NO", "nn": "NO", "da": "DK",
    "fi": "FI", "cs": "CZ", "sk": "SK", "hu": "HU", "ro": "RO", "bg": "BG", "el": "GR",
    "uk": "UA", "tr": "TR", "he": "IL", "hr": "HR", "sl": "SI", "sr": "RS", "lt": "LT",
    "lv": "LV", "et": "EE", "is": "IS", "ka": "GE", "hy": "AM", "az": "AZ", "kk": "KZ",
    "tet": "TL", "sm": "WS", "mi": "NZ", "be": "BY",
}  # fmt: skip


# What an unclear abbreviation most often means where the country is unknown. Such a reading is a
# guess like the country itself; a known country is never overruled by it.
_WITHOUT_COUNTRY = {"ist": "IN", "bst": "GB", "cst": "US", "pst": "US", "mst": "US", "wst": "WS"}


def abbreviation_offset(name: str, country: str | None) -> timedelta | None:
    """The offset an abbreviation stands for at a site of a country; None if unknown or unclear."""
    entry = _ABBREVIATIONS.get(name.lower())
    if isinstance(entry, dict):
        entry = entry.get(country or _WITHOUT_COUNTRY.get(name.lower(), "-"), entry.get(""))
    return None if entry is None else timedelta(minutes=entry)


def abbreviation_zone(name: str) -> str | None:
    """The IANA zone that ET, CT, MT and PT stand for (their offset depends on the day)."""
    return _NORTH_AMERICAN.get(name.lower())


def country_of_host(host: str) -> str | None:
    """The country a host's top-level domain belongs to, or None for generic ones."""
    tld = host.rsplit(".", 1)[-1].lower()
    if len(tld) != 2:
        return None
    return _COUNTRY_OF_TLD.get(tld, tld.upper()) or None


def country_of_language(tag: str) -> str | None:
    """The country a tag names (``en-PH``) or whose zone its language's press keeps."""
    language, _, rest = tag.replace("_", "-").partition("-")
    region = next((x.upper() for x in rest.split("-") if len(x) == 2 and x.isalpha()), None)
    return region or _ZONE_OF_LANGUAGE.get(language.lower())


def zone_of_country(country: str | None) -> str | None:
    """The IANA zone of a country's capital or press, or None if unknown."""
    return _ZONE_OF.get((country or "").upper(), "").lstrip("~") or None


def has_several_zones(country: str | None) -> bool:
    """True where the zone of a country's press is only a guess for a given site."""
    return _ZONE_OF.get((country or "").upper(), "~").startswith("~")


@cache
def zone_info(name: str) -> ZoneInfo | None:
    """The zone of an IANA name, or None if there is none of that name."""
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, KeyError):
        return None


def offset_at(zone: str, local: datetime) -> timedelta | None:
    """The offset a zone keeps at a local time (the earlier one where the clock is set back)."""
    info = zone_info(zone)
    return None if info is None else local.replace(tzinfo=info).utcoffset()


def offset_name(offset: timedelta) -> str:
    """``+07:00`` for seven hours east."""
    minutes = round(offset.total_seconds() / 60)
    sign = "-" if minutes < 0 else "+"
    return f"{sign}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"


def to_utc(local: datetime, offset: timedelta) -> datetime:
    """The instant of a naive local time at an offset."""
    return (local - offset).replace(tzinfo=UTC)
