"""Which Python codec reads a declared character set.

The labels and what they stand for are those of the WHATWG Encoding Standard (section 4.2): pages
that say ``iso-8859-1`` are windows-1252, ``gb2312`` is read as GB18030, ``ks_c_5601-1987`` as
CP949. Sets that browsers dropped but old pages of the region use (VISCII, TCVN, TSCII, Johab, HZ,
UTF-7, UTF-32) are added.
"""

from __future__ import annotations

_STANDARD = {
    "utf-8": "unicode-1-1-utf-8 unicode11utf8 unicode20utf8 utf-8 utf8 x-unicode20utf8 utf-8-sig"
    " utf_8",
    "cp866": "866 cp866 csibm866 ibm866",
    "iso8859-2": "csisolatin2 iso-8859-2 iso-ir-101 iso8859-2 iso88592 iso_8859-2"
    " iso_8859-2:1987 l2 latin2",
    "iso8859-3": "csisolatin3 iso-8859-3 iso-ir-109 iso8859-3 iso88593 iso_8859-3 l3 latin3",
    "iso8859-4": "csisolatin4 iso-8859-4 iso-ir-110 iso8859-4 iso88594 iso_8859-4 l4 latin4",
    "iso8859-5": "csisolatincyrillic cyrillic iso-8859-5 iso-ir-144 iso8859-5 iso88595"
    " iso_8859-5 iso_8859-5:1988",
    "iso8859-6": "arabic asmo-708 csiso88596e csiso88596i csisolatinarabic ecma-114 iso-8859-6"
    " iso-8859-6-e iso-8859-6-i iso-ir-127 iso8859-6 iso88596 iso_8859-6",
    "iso8859-7": "csisolatingreek ecma-118 elot_928 greek greek8 iso-8859-7 iso-ir-126 iso8859-7"
    " iso88597 iso_8859-7 sun_eu_greek",
    "iso8859-8": "csiso88598e csisolatinhebrew hebrew iso-8859-8 iso-8859-8-e iso-ir-138"
    " iso8859-8 iso88598 iso_8859-8 visual csiso88598i iso-8859-8-i logical",
    "iso8859-10": "csisolatin6 iso-8859-10 iso-ir-157 iso8859-10 iso885910 l6 latin6",
    "iso8859-13": "iso-8859-13 iso8859-13 iso885913",
    "iso8859-14": "iso-8859-14 iso8859-14 iso885914",
    "iso8859-15": "csisolatin9 iso-8859-15 iso8859-15 iso885915 iso_8859-15 l9 latin9 latin-9",
    "iso8859-16": "iso-8859-16",
    "koi8-r": "cskoi8r koi koi8 koi8-r koi8_r",
    "koi8-u": "koi8-ru koi8-u",
    "mac-roman": "csmacintosh mac macintosh x-mac-roman",
    "cp874": "dos-874 iso-8859-11 iso8859-11 iso885911 tis-620 tis620 tis_620 windows-874 cp874"
    " x-windows-874 ibm874",
    "cp1250": "cp1250 windows-1250 x-cp1250",
    "cp1251": "cp1251 windows-1251 x-cp1251 win-1251 win1251",
    "cp1252": "ansi_x3.4-1968 ascii cp1252 cp819 csisolatin1 ibm819 iso-8859-1 iso-ir-100"
    " iso8859-1 iso88591 iso_8859-1 iso_8859-1:1987 l1 latin1 latin-1 us-ascii windows-1252"
    " x-cp1252",
    "cp1253": "cp1253 windows-1253 x-cp1253",
    "cp1254": "cp1254 csisolatin5 iso-8859-9 iso-ir-148 iso8859-9 iso88599 iso_8859-9 l5 latin5"
    " windows-1254 x-cp1254",
    "cp1255": "cp1255 windows-1255 x-cp1255",
    "cp1256": "cp1256 windows-1256 x-cp1256",
    "cp1257": "cp1257 windows-1257 x-cp1257",
    "cp1258": "cp1258 windows-1258 x-cp1258",
    "mac-cyrillic": "x-mac-cyrillic x-mac-ukrainian",
    "gb18030": "chinese csgb2312 csiso58gb231280 gb2312 gb_2312 gb_2312-80 gbk iso-ir-58 x-gbk"
    " gb18030 cp936 gb-2312 gb231280 x-x-big5-gb",
    "big5hkscs": "big5 big5-hkscs cn-big5 csbig5 x-x-big5 big5hkscs big5_hkscs cp950 big-5"
    " windows-950",
    "euc_jp": "cseucpkdfmtjapanese euc-jp x-euc-jp x-euc eucjp euc_jp",
    "iso2022_jp_ext": "csiso2022jp iso-2022-jp iso2022-jp iso-2022-jp-1 iso-2022-jp-2 jis"
    " iso2022_jp",
    "cp932": "csshiftjis ms932 ms_kanji shift-jis shift_jis sjis windows-31j x-sjis cp932"
    " x-ms-cp932 shiftjis",
    "cp949": "cseuckr csksc56011987 euc-kr iso-ir-149 korean ks_c_5601-1987 ks_c_5601-1989"
    " ksc5601 ksc_5601 windows-949 cp949 uhc ms949 euckr euc_kr ks_c_5601",
    "utf-16-be": "unicodefffe utf-16be utf_16be utf-16-be",
    "utf-16-le": "csunicode iso-10646-ucs-2 ucs-2 unicode unicodefeff utf-16 utf-16le utf_16le"
    " utf-16-le utf16",
}
_BEYOND_THE_STANDARD = {
    "hz": "hz hz-gb-2312 hz-gb2312 hz_gb_2312 hzgb",
    "iso2022_kr": "csiso2022kr iso-2022-kr iso2022_kr iso2022-kr",
    "johab": "johab cp1361 ms1361 ksc5601-1992 ks_c_5601-1992",
    "euc_jis_2004": "euc-jis-2004 euc_jisx0213 euc-jisx0213 euc_jis_2004 eucjis2004",
    "shift_jis_2004": "shift_jisx0213 shift_jis_2004 shift-jis-2004 shift-jisx0213",
    "utf-7": "utf-7 utf7 unicode-1-1-utf-7 csunicode11utf7",
    "utf-32-le": "utf-32le utf-32 utf32 utf_32 ucs-4 ucs-4le iso-10646-ucs-4",
    "utf-32-be": "utf-32be ucs-4be",
    "viscii": "viscii viscii1.1-1 csviscii x-viet-viscii",
    "tcvn": "tcvn tcvn-5712 tcvn5712-1 tcvn5712-1:1993 x-viet-tcvn x-viet-tcvn5712",
    "tscii": "tscii x-tscii tscii-1.7",
}
_CODEC_OF = {
    label: codec
    for table in (_STANDARD, _BEYOND_THE_STANDARD)
    for codec, labels in table.items()
    for label in labels.split()
}
# The names that are reported, where they are not the codec's own.
_NAME_OF = {
    "cp874": "windows-874", "cp949": "euc-kr", "cp932": "shift_jis", "big5hkscs": "big5",
    "euc_jp": "euc-jp", "iso2022_jp_ext": "iso-2022-jp", "iso2022_kr": "iso-2022-kr",
    "hz": "hz-gb-2312", "cp866": "ibm866", "mac-roman": "macintosh",
    "mac-cyrillic": "x-mac-cyrillic", "utf-16-le": "utf-16le", "utf-16-be": "utf-16be",
    "utf-32-le": "utf-32le", "utf-32-be": "utf-32be", "euc_jis_2004": "euc-jis-2004",
    "shift_jis_2004": "shift_jis-2004", "tcvn": "tcvn5712-1",
} | {f"cp{n}": f"windows-{n}" for n in range(1250, 1259)} | {
    f"iso8859-{n}": f"iso-8859-{n}" for n in range(2, 17)
}  # fmt: skip


def codec_for(label: str | None) -> str | None:
    """The codec for a declared label, or None if nothing is known under that name."""
    if not label:
        return None
    name = label.strip(" \t\n\f\r\"'").lower()
    return _CODEC_OF.get(name) or _CODEC_OF.get(name.replace("_", "-"))


def public_name(codec: str) -> str:
    """The name under which a codec is reported: the standard's, in lower case."""
    return _NAME_OF.get(codec, codec)
