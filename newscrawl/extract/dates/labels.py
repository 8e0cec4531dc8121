"""What the words around a date, in the text and in class names, say it is the date of."""

from __future__ import annotations

import re
from functools import lru_cache

from newscrawl.extract.dates.fields import Kind
from newscrawl.extract.dom import Document

# What the class and id words of an element say about a date in it.
_DATE_WORDS = re.compile(
    r"date|time(?!line)|publi|posted|pubd|pub-|pubt|stamp|datum|fecha|tanggal|ngay|entry-meta|post-meta|"
    r"article-meta|story-meta|news-meta|meta-info|art-info|newsinfo|news-info|article-info|byline|dateline|published|created|"
    r"info|source|clock|hora|zeit|day\b"
)
_MODIFIED_WORDS = re.compile(r"modif|updat|lastmod|edited|revis|aktualisi")
_PUBLISHED_WORDS = re.compile(r"publish|entry-date|posted|created", re.IGNORECASE)
_BAD_WORDS = re.compile(
    r"comment|related|recommend|popular|most-?read|trending|latest|weather|copyright|ticker|breaking|event|"
    r"current-?(?:date|time)|today|todaysdate|sidebar|widget|footer|ad-|promo|teaser|more-|header-date|"
    r"top-?bar|site-?header|masthead|duration|reading|read-?time|video|expire|(?<!up)countdown|live-?blog"
)
_SAYS_MODIFIED = re.compile(
    r"updat|modif|aktualisi|actualiz|actualis|mis à jour|aggiornat|diperbarui|dikemas|cập nhật|"
    r"อัปเดต|อัพเดต|แก้ไข|수정|更新|修改|編集|अद्यतन|अपडेट|ताजा|আপডেট|হালনাগাদ|изменен|обновл|zaktualiz|aktualiz|güncel|atualiz|"
    r"edited|revised|geändert|opdateret|oppdatert|uppdaterad|laatst bij|ပြင်ဆင်|ធ្វើ​បច្ចុប្បន្នភាព",
    re.IGNORECASE,
)
SAYS_PUBLISHED = re.compile(
    r"publi|posted|pubdate|veröffentlich|erstellt|erschienen|first|created|(?<!up)date(?!n)|dipublikasi|terbit|đăng|"
    r"เผยแพร่|โพสต์|입력|등록|승인|作成|公開|配信|掲載|发布|發布|发表|時間|时间|प्रकाशित|প্রকাশ|опубликован|dodan|opublik|yayın|"
    r"written|stand:|vom|artikel wurde am|pubbl|fecha|mise en ligne|"
    r"geplaatst|ထုတ်ဝေ|ចុះផ្សាយ|ផ្សាយ|පළ|வெளியிட|شائع|نشر|تاريخ|اشاعت",
    re.IGNORECASE,
)
HAS_NUMBER = re.compile(r"\d")


@lru_cache(maxsize=2048)
def class_says(words: str) -> tuple[bool, bool, bool]:
    """(about a date, about a change, not about this article)."""
    words = words.lower()
    return (
        bool(_DATE_WORDS.search(words)),
        bool(_MODIFIED_WORDS.search(words)),
        bool(_BAD_WORDS.search(words)),
    )


def kind_of(document: Document, i: int, words: str, text: str) -> Kind:
    """Whether the words around a date say that it is the day of a change.

    The words before the date count, those of the pieces of text before it where they hold no date
    themselves, then those behind it (``更新`` stands there), then the class words.
    """
    first = next((n for n, c in enumerate(text) if c.isdigit()), len(text))
    before = text[:first]
    at = document.text_start[i] - 1
    while at >= 0 and len(before) < 30 and not HAS_NUMBER.search(document.texts[at]):
        before = document.texts[at][-40:] + before
        at -= 1
        if len(before.strip()) > 3:
            break
    last = next((n for n in range(len(text), 0, -1) if text[n - 1].isdigit()), 0)
    for label in (before, text[last:][:12]):
        changed = [m.start() for m in _SAYS_MODIFIED.finditer(label)]
        published = [m.start() for m in SAYS_PUBLISHED.finditer(label)]
        if changed and (not published or label is not before or published[-1] < changed[-1]):
            return "modified"
        if published:
            return "published"
    _, changed_words, _ = class_says(words)
    return "modified" if changed_words and not _PUBLISHED_WORDS.search(words) else "published"


def words_above(document: Document, i: int) -> str:
    words = []
    for _ in range(3):
        if i < 0:
            break
        attrs = document.attrs[i]
        if attrs:
            words.append(f"{attrs.get('class') or ''} {attrs.get('id') or ''}")
        i = document.parent[i]
    return " ".join(words)
