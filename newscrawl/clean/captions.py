"""Captions: the words under a picture, apart from the credit of who took it.

The credit stands after the last full stop (``... at the ceremony. SPM``), after a dash
(``— AFP pic``), after a label (``Photo: Heng Chivoan``), or in brackets (``(AP Photo/Name)``).
"""

from __future__ import annotations

import re

from newscrawl.clean.sources import known_source

# an attachment's name that leaked into the text: no spaces, an extension of pictures
_FILE_NAME = re.compile(
    r"[\w%()\[\]+,.@&'’~\-]+\.(?:jpe?g|png|webp|gif|avif|bmp|tiff?)", re.IGNORECASE
)
_LABEL = (
    r"(?:photo(?:graph)?s?(?:\s+(?:by|courtesy(?:\s+of)?|credit|supplied|from))?|picture|pic|image"
    r"(?:\s+credit)?|file(?:\s+photo)?|credit|courtesy(?:\s+of)?|source|screenshot"
    r"|screengrab|graphics?"
    r"|ảnh|foto|gambar|រូបភាព|ภาพ|ဓာတ်ပုံ|ছবি|फोटो|फाइल फोटो|图|圖|图片|图片来源"
    r"|攝|摄|撮影|写真|사진|photos?)"
)
_MARKED = re.compile(
    r"(?P<caption>.*?[\w.!?。！？)”’\"»])\s*"
    r"(?:"
    rf"[(（\[](?P<a>(?:{_LABEL}\b[^()（）]{{0,60}}|[^()（）\[\]]{{2,40}}\b(?:photos?"
    rf"|pics?|file)|[^()（）\[\]/]{{2,30}}/[^()（）\[\]]{{2,40}}))[)）\]]\.?"
    rf"|(?:(?<=[.!?。”\"’)])|\s*[–—|/／-]\s*|\s+)(?P<b>{_LABEL}\s*[:：／/＝=]\s*[^.:。]{{2,60}})\.?"
    r"|\s+[–—-]{1,2}\s*(?P<c>[^–—.。]{2,48})"
    r")",
    re.IGNORECASE | re.DOTALL,
)
_LAST = re.compile(
    r"(?P<caption>.*[.!?။។。！？][”\"’)]?)\s*(?P<credit>[^.!?။។。！？]{2,48}?)\.?", re.DOTALL
)
_PHOTO_WORD = re.compile(
    r"\b(?:photos?|pics?|pictures?|file|image|images|supplied|staff|handout"
    r"|pool|screengrab|screenshot|"
    r"via|courtesy|getty|shutterstock|unsplash|facebook|wikimedia|pexels|istock|epa|efe)\b|"
    r"^(?:ảnh|foto|ภาพ|ছবি|फोटो|រូប|图|圖|写真|사진)",
    re.IGNORECASE,
)
# a full stop after these ends no sentence: "with Mr. Chan Dara", "John F. Kennedy"
_ABBREVIATED = re.compile(
    r"\b(?:[A-Z]|Mr|Mrs|Ms|Dr|Prof|Gen|Lt|Col|Capt|Sgt|Gov|Sen|Rep|Rev|St"
    r"|Hon|Datuk|No|vs)\.$"
)
# the paper before its label: "... on Nov 10. ST PHOTO: LIM YAO"
_PAPER = re.compile(
    r"(?P<stop>(?<=[.!?。”\"’)]))?\s+(?P<name>[A-Z][A-Z&/-]{1,9}(?:\s[A-Z&/-]{2,9})?)$"
)
_PHOTO_PREFIX = re.compile(rf"{_LABEL}\s*[:：／/＝=]\s*", re.IGNORECASE)
_NAME = re.compile(
    r"(?:[A-ZÀ-ÞĐ][\w'’.\-]*)(?:\s+(?:[A-ZÀ-ÞĐ][\w'’.\-]*|bin|binti|de|van"
    r"|von|al|/)){0,4}"
)


def is_file_name(line: str, *, head: bool = False) -> bool:
    """Whether a line is the name of a picture file and nothing else.

    The name must be long or have a separator or digit in it: "a.png" may be a word of a text
    about software. Above a story (``head``) it is a picture's in any case.
    """
    if len(line) > 200 or "." not in line or not _FILE_NAME.fullmatch(line):
        return False
    stem = line.rpartition(".")[0]
    return head or len(stem) >= 8 or bool(re.search(r"[_\-0-9%]", stem))


def split_caption(text: str) -> tuple[str | None, str | None]:
    """(caption, credit) of a caption as printed; either may be None, nothing else is lost.

    A dash or a label that only joins the two is dropped; a credit that is a label with a name
    (``Photo: Name``) loses the label.
    """
    text = text.strip()
    if not text:
        return None, None
    if _only_credit(text):
        return None, _bare(text)
    if match := _MARKED.fullmatch(text):
        credit = match["a"] or match["b"] or match["c"]
        paper = _PAPER.search(match["caption"]) if match["b"] else None
        if paper and (paper["stop"] is not None or known_source(paper["name"])):
            at = paper.start("name")
            return text[:at].strip(), text[at:].rstrip(" .")
        if match["c"] is None or looks_like_credit(credit):
            return match["caption"].strip(), _bare(credit)
    match = _LAST.fullmatch(text)
    if match and not _ABBREVIATED.search(match["caption"]) and looks_like_credit(match["credit"]):
        return match["caption"].strip(), _bare(match["credit"])
    return text, None


def _only_credit(text: str) -> bool:
    if len(text) > 60 or re.search(r"[.!?。！？]\s*\S", text):
        return False
    label = _PHOTO_PREFIX.match(text)
    return (
        bool(label and label.end() < len(text))
        or known_source(text) is not None
        or (_PHOTO_WORD.search(text) is not None and text.isupper())
    )


def looks_like_credit(text: str) -> bool:
    """Whether a short text names a photographer, agency or paper rather than says something."""
    text = text.strip(" .()[]–—-")
    if not 2 <= len(text) <= 60:
        return False
    if known_source(text) or _PHOTO_PREFIX.match(text):
        return True
    parts = re.split(r"\s*[/|／]\s*", text)
    if len(parts) > 1 and any(known_source(part) for part in parts):
        return True
    if (
        _PHOTO_WORD.search(text)
        and len(text) <= 48
        and not re.search(r"[a-z]{3,} (?:the|is|was|of the) ", text)
    ):
        return True
    return bool(_NAME.fullmatch(text)) and (" " in text or text.isupper())


def _bare(credit: str) -> str:
    credit = credit.strip(" \t\n–—-|/").rstrip(".").strip()
    if credit[:1] == "[" and credit[-1:] == "]":
        credit = credit[1:-1].strip()
    match = _PHOTO_PREFIX.match(credit)
    return credit[match.end() :].strip() if match and match.end() < len(credit) else credit
