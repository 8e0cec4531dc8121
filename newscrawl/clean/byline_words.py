"""The words around names in bylines, in the languages of the region and its neighbours."""

from __future__ import annotations

import re

from newscrawl.text import matching

# languages where one word is often a whole name
SINGLE_NAMES = frozenset({"id", "my", "ms", "ta"})
BY = re.compile(
    r"(?:"
    r"(?:(?:story|article|report|text|words|written|reported|reporting|posted|published|compiled"
    r"|contributed|analysis|opinion|review|interview|created|submitted|added)\s+(?:and\s+\w+\s+"
    r")?)?by\b"
    r"(?:\s+(?:the\s+)?(?:author|staff\s+(?:writer|reporter)|our\s+correspondent)s?\s*[:：])?"
    r"|(?:authors?|reporters?|writers?|pewarta|penulis|oleh|laporan|reporter"
    r"|wartawan|jurnalis|autor(?:en|es)?|auteur|"
    r"автор|текст|tác giả|bài|ni|ulat)\s*[:：]|oleh\b"
    r"|(?:โดย|ผู้เขียน|เรื่อง|រាយការណ៍ដោយ|ដោយ|អត្ថបទ|អ្នកនិពន្ធ|ໂດຍ|ရေးသားသူ"
    r"|প্রতিবেদক|লেখক|लेखक|लेखिका|द्वारा|எழுதியவர்|කතෘ|تحریر|از)"
    r"\s*[:：៖ៈ]?(?=[\s\u200b]|[^\w\s])|(?:โดย|ដោយ|ผู้เขียน)[:：៖]?"
    r")[\s:：៖\u200b]*",
    re.IGNORECASE,
)
BY_ROMANCE = re.compile(r"(?:von|par|por)\s+(?=\S+\s+\S)", re.IGNORECASE)
BY_LANGUAGE = {
    "da": "af", "de": "von", "es": "por", "fr": "par", "it": "di", "nb": "av", "nl": "door",
    "no": "av", "pl": "autor", "pt": "por", "sv": "av",
}  # fmt: skip
# 文 and its like may begin a name and need a mark behind them; 记者 may stand right before one
CHINESE_BY = re.compile(
    r"(?:作者|撰文|撰稿|编译|編譯|采写|整理|文字|文)\s?[:：／/丨|｜＝=]\s*"
    r"|(?:[\u3400-\u9fff]{2,5}[社报報网網]|本报|本報|本刊|见习|見習|实习|實習|特约|特約"
    r"|首席|资深|資深|高级|综合|專題|专题){0,3}(?:记者|記者|通讯员|通訊員|特派员|特派員)"
    r"(?:[\s:：／/丨|｜＝=、]+|(?=[\u3400-\u9fff]))"
)
CHINESE_ROLE = re.compile(r".*(?:报道|報道|報導|报导|编译|編譯|综合|供稿|摄影|攝影|图片|社论)$")
CHINESE_END = re.compile(
    r"[\s/／]*(?:本报|本報)?(?:记者|記者|特派員|特派员|通讯员|通訊員|編集委員"
    r"|論説委員|撰文|報導|报道|(?<=[\s/／])[撰文])$"
)
CHINESE_AGENCY = re.compile(
    r"(中央社|新华社|新華社|中新社|中新网)(?=[\u3400-\u9fff]{0,4}(?:记者|記者))"
)
EDITOR = re.compile(
    r"(?:责任编辑|責任編輯|编辑|編輯|责编|校对|校對|审核|主编|editors?|edited by"
    r"|copy ?editor|translators?|photos?|photographs?|photograph(?:er|y)|"
    r"pictures?|images?|video|biên tập|ảnh|foto|fotos?|sunting(?:an)?|penyunting"
    r"|editor|copyright|source|来源|來源|nguồn)\s*(?:by\b|[:：])",
    re.IGNORECASE,
)
KOREAN_END = re.compile(
    r"\s*(?:수습|인턴|선임|전문|객원|기획|시민|온라인|디지털)?\s*(?:기자|특파원"
    r"|논설위원|통신원|앵커|에디터|칼럼니스트|위원|PD)들?$"
)
OTHERS = re.compile(
    r"\s*(?:외\s*[0-9]+\s*[명인]|ほか[0-9]*人?|等(?:[0-9]+人)?|et\s+al\.?"
    r"|and\s+(?:[0-9]+\s+)?others?|\+\s?[0-9]+(?:\s+more)?)$"
)
ROLE_WORD = (
    r"(?:editors?|reporters?|correspondents?|writers?|columnists?|journalists?"
    r"|contributors?|producers?|analysts?|"
    r"bureau\s+chief|chief|intern|commentator|critic|photographers?|photojournalists?"
    r"|freelancers?|fellow|professor|"
    r"director|presenter|anchor|blogger|researcher|team\s+lead|redakteur(?:in)?"
    r"|korrespondent(?:in)?|redacteur|journaliste|redactora?|"
    r"journalistin?|korrespondenten?|wartawan|koresponden|phóng viên|नेपाली संवाददाता"
    r"|संवाददाता|প্রতিবেদক|প্রতিনিধি|সংবাদদাতা|ผู้สื่อข่าว)"
)
ROLE = re.compile(
    rf"(?:[\w'’&.\-]+[\s,/]+){{0,5}}(?:{ROLE_WORD}|editor-in-chief)"
    r"(?:\s+(?:at|of|for|in|on|und|and)\s+.{2,40}|\s+(?:emeritus|at\s+large))?",
    re.IGNORECASE,
)
ROLE_END = re.compile(
    r"[\s,–—-]+(?:(?:senior|chief|special|contributing|assistant|deputy|associate"
    r"|national|political|business|sports?|foreign|"
    r"science|health|tech(?:nology)?|guest|staff|our|diplomatic|senior\s+staff"
    r"|yomiuri\s+shimbun\s+staff)\s+)+"
    rf"{ROLE_WORD}$",
    re.IGNORECASE,
)
DESK = re.compile(
    r".*\b(?:desk|staff|bureau|newsroom|news\s?room|editorial(?:\s+(?:board"
    r"|team))?|team|agenc(?:y|ies)|reports?|service|wires?|wire\s+services?"
    r"|"
    r"editors|reporters|correspondents?|press\s+(?:release|office)|redaksi"
    r"|tim\s+(?:redaksi|liputan|detik\w*|kompas|tempo|cnn\w*|okezone)|redaktion"
    r"|rédaction|la\s+rédaction|redacción|redazione|redaktionen|"
    r"admin(?:istrator)?s?|webmaster|web\s?team|monitoring|sub-?editor|news\s+agencies|"
    r"our\s+correspondent|contributed\s+by|ban\s+biên\s+tập|toà\s+soạn|pv|nhóm\s+pv)\b.*"
    r"|.*(?:ডেস্ক|নিজস্ব প্রতিবেদক|নিজস্ব প্রতিনিধি|প্রতিনিধি|প্রতিবেদক|संवाददाता"
    r"|डेस्क|ब्यूरो|กองบรรณาธิการ|ทีมข่าว|ผู้สื่อข่าว|ក្រុមអ្នកយកព័ត៌មាន|"
    r"編集部|编辑部|編輯部|編輯室|取材班|論説室|支局|小组|社论|편집국|뉴스팀"
    r"|온라인팀|디지털뉴스|취재팀|뉴스부|사설).*",
    re.IGNORECASE,
)
NOBODY = frozenset(
    matching(x)
    for x in [
        "admin",
        "administrator",
        "no author",
        "author",
        "authors",
        "guest",
        "guest author",
        "unknown",
        "anonymous",
        "none",
        "null",
        "nan",
        "undefined",
        "root",
        "user",
        "default",
        "n/a",
        "na",
        "web",
        "webmaster",
        "wordpress",
        "superuser",
        "super user",
        "site admin",
        "siteadmin",
        "developer",
        "contributor",
        "contributors",
        "by",
        "written by",
        "share",
        "follow",
        "print",
        "email",
        "mail",
        "comments",
        "advertisement",
        "staff",
        "editor",
        "editors",
        "reporter",
        "published",
        "updated",
        "posted",
        "twitter",
        "facebook",
        "instagram",
        "linkedin",
        "whatsapp",
        "telegram",
        "biography",
        "bio",
        "more",
        "read more",
        "latest",
        "home",
        "menu",
        "news",
        "author profile",
        "view profile",
        "view all posts",
        "all posts",
        "see all",
        "contact",
        "contact us",
        "subscribe",
        "sign up",
        "log in",
    ]
)
JOINERS = re.compile(
    r"\s+(?:and|&|und|et|och|og|ve|và|dan|with|și|at(?=\s+(?-i:[A-Z]))|और"
    r"|एवं|तथा|व|র|ও|এবং|और|र|และ|กับ|និង|နှင့်|ແລະ|ແລະ|மற்றும்|සහ|හා|اور"
    r"|و|および|和|及|및|さん、)\s+",
    re.IGNORECASE,
)
JOINER_LETTER = re.compile(r"(?<=\w)\s+(?:y|e|i|и|en)\s+(?=\w)")
BREAKS = re.compile(
    r"\s*(?:[\n|｜ㅣ•;；／、]|\s/\s|\s[–—]\s|\s-\s|,(?=\s)|，|\s·\s|(?<=[가-힣])·(?=[가-힣])"
    r"|/(?=\S)|(?<=\w),(?=[^\W\d_]))\s*"
)
ADDRESS = re.compile(
    r"[(\[<]?\s*(?:https?://|www\.)\S+|[(\[<]?\s*[\w.+-]+@[\w.-]+\.\w+\s*[)\]>]?"
    r"|(?<!\w)@\w+",
    re.IGNORECASE,
)
DOMAIN = re.compile(
    r"(?:^|\s)[\w-]+(?:\.[\w-]+)*\.(?:com|net|org|co|id|in|th|vn|my|ph|cn"
    r"|jp|kr|info|news|tv|asia)(?:\.\w\w)?(?:\s|$)",
    re.IGNORECASE,
)
WHEN = re.compile(
    r"[\s,|•–—-]*(?:\b(?:published|publication\s+date|updated|posted|last\s+updated|modified|on)\b"
    r"[:\s]*)*"
    r"(?:\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,?\s+)?"
    r"(?:\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s+[0-9]{1,2}(?:st"
    r"|nd|rd|th)?,?\s+[0-9]{4}"
    r"|\b[0-9]{1,2}(?:st|nd|rd|th)?\s+(?:jan|feb|mar|apr|may|jun|jul|aug|sep"
    r"|oct|nov|dec)[a-z]*\.?,?\s+[0-9]{4}"
    r"|\b[0-9]{1,2}[./-][0-9]{1,2}[./-][0-9]{2,4}|\b[0-9]{4}[./-][0-9]{1,2}[./-][0-9]{1,2}"
    r"|\b[0-9]+\s+(?:minute|hour|day|week|month|year)s?\s+ago).*$",
    re.IGNORECASE | re.DOTALL,
)
BRACKET = re.compile(r"\s*[(（\[]([^()（）\[\]]{1,60})[)）\]]?\s*$")
PLACE_END = re.compile(
    r"\s+(?:in|at|for|from|aus|à|en|à|of(?=\s+the\s))\s+(?:the\s+)?(?-i:[A-ZÀ-Þ])[\w'’.]*(?:[\s,/]+(?:(?-i:"
    r"[A-ZÀ-Þ])[\w'’.]*|and|de|la|of|the))*$",
    re.IGNORECASE,
)
SUFFIX = re.compile(
    r"(?:jr|sr|ii|iii|iv|m\.?d|ph\.?\s?d|esq|(?-i:[A-Z]{2,5})|[A-Z][A-Za-z]{0,4}\.(?:[A-Z]"
    r"[A-Za-z]{0,4}\.?)+)\.?",
    re.IGNORECASE,
)
# what is left of "A, B, and C" and of "by A in" where the section was a link of its own
LEFT_JOINER = re.compile(r"^(?:and|und|et|dan|và)\s+(?=[A-ZÀ-Þ])|\s+(?:in|on|for|at|to)$")
# the sign a reporter is known by in a live blog: "Ann Lee (ale.)"
SIGN = re.compile(r"\s*[(（](?:[a-zà-ÿ]{2,4}\.?|[a-z]+/[a-z]+)[)）]$")
# academic degrees behind a name
DEGREES = re.compile(
    r"(?:,\s*(?:Ph\.?\s?D|M\.?D|D\.?O|M\.?P\.?H|R\.?[DN]|R\.?D\.?N|M\.?S\.?c?|M\.?A|M\.?B\.?A|M\.?Ed|"
    r"J\.?D|LL\.?[BM]|D\.?D\.?S|Pharm\.?\s?D|C\.?P\.?A|Esq)\.?)+$"
)
# "Vann Sak Vann Sak"; one word twice, Khin Khin, is a name
DOUBLED = re.compile(r"(\S+\s\S.*?)[\s,]+\1")
SENTENCE = re.compile(r"[。，,！？!?]|[\u3400-\u9fff]{13}")
