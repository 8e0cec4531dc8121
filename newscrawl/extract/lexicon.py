"""Words of class names, ids and short lines that tell what a part of a page is for.

Publishing systems name the parts of a page alike all over the world (``entry-content``, ``related``,
``share``), so a lexicon of such words is evidence that carries from one site to the next. Each group is a bit;
an element has the bits of its tag, its class, id, role and itemprop. Nothing here names a site.
"""

from __future__ import annotations

import re
from typing import Final

# name of the group -> stems; a token of a class name belongs to a group if it contains a stem
# (or is one, for those with "=").
_CLASS_STEMS: Final[dict[str, str]] = {
    "article": "article artikel articolo articulo artigo artic =art =arti =item story =post =posts entry news noticia "
    "nota =blog haber berita =single detail nachricht notizia hentry",
    "body": "body content =text =txt copy fulltext maintext richtext texto testo texte inhalt contenido conteudo "
    "contenu prose paragraph markup editor zhengwen neirong =zw =para =paragraf =isi =cms wysiwyg =cuerpo cikti",
    "main": "=main primary =center =centre =middle =core =left =col",
    "lead": "lead summary standfirst deck dek intro teaser excerpt abstract vorspann chapo sapo kicker subhead "
    "subtitle sottotitolo bajada zhaiyao daoyu description =desc sommario entradilla",
    "title": "title headline heading =head titre titulo titolo ttl =hed biaoti",
    "meta": "meta byline author =date =time publish timestamp =info dateline posted =by source credit autor auteur "
    "reporter fecha laiyuan editor-name =tools written signature",
    "bio": "bio =about aboutauthor authorbox profile contributor writer",
    "caption": "caption figure =photo image =img =pic picture gallery slideshow carousel slider legend thumb "
    "lightbox media video player audio pie-de-foto bildunterschrift credits copyrightholder",
    "comment": "comment disqus discuss reply respond komment pinglun comentario =forum reader livefyre feedback",
    "related": "relat recommend similar =more readmore also trending popular most-read mostread latest =next "
    "=prev previous xiangguan tuijian outbrain taboola zergnet promo teaser headlines upnext suggested "
    "=hot =top =rank ranking weitere mehr =aside linklist crosslink morenews readalso inline-link",
    "share": "share sharing social facebook twitter whatsapp =fb addthis addtoany sns like follow bdshare telegram "
    "=jiathis weibo bookmark print-",
    "nav": "nav menu breadcrumb crumb pagination pager =page-links topbar toolbar masthead mainmenu submenu tabs =tab "
    "skip sitemap dropdown offcanvas drawer",
    "header": "header =hdr banner =logo branding",
    "footer": "foot =ftr bottom copyright legal disclaimer colophon",
    "sidebar": "side =aside =rail =right rightcol widget secondary =rhs module",
    "ad": "=ad =ads advert adsense sponsor =dfp =gpt banner werbung reklam publicidad =promo anzeige commercial doubleclick "
    "=guanggao paid affiliate shopping partner",
    "news_letter": "newsletter subscri signup sign-up =app download optin mailing =cta register abonn mailchimp donate membership",
    "wall": "paywall login premium piano metered regwall =lock locked cookie consent gdpr modal popup overlay notice alert onetrust =ot =cmp privacy =cc didomi dialog",
    "tags": "=tag =tags keyword topic category categories label =cat =tagged hashtag section-name schlagwort",
    "list": "=list =ul =grid =cards =card =tile =items listing feed archive thumbs",
    "quote": "quote blockquote pullquote =bq zitat",
    "box": "=box infobox factbox =inset embed callout fact sidebar-box tweet instagram =kasten table toc =toc",
    "hidden": "=hidden =hide invisible visually =sr screen-reader =none noprint assistive print-only",
    "live": "live liveblog timeline ticker update",
}
GROUPS: Final = tuple(_CLASS_STEMS)
BIT: Final = {name: 1 << n for n, name in enumerate(GROUPS)}

# Bits of structure, after the groups.
_STRUCTURE: Final = (
    "t_article", "t_main", "t_nav", "t_header", "t_footer", "t_aside", "t_figure", "t_figcaption",
    "t_quote", "t_list", "t_table", "t_form", "t_h1", "t_h2", "t_h3", "t_link", "t_p", "t_div", "t_cell",
    "t_item", "t_dl", "p_body", "p_article", "p_other", "s_hidden", "t_pre", "x_body", "t_section",
)  # fmt: skip
for _n, _name in enumerate(_STRUCTURE):
    BIT[_name] = 1 << (len(GROUPS) + _n)
NAMES: Final = GROUPS + _STRUCTURE

TAG_BITS: Final[dict[str, int]] = {
    "article": BIT["t_article"], "main": BIT["t_main"], "nav": BIT["t_nav"], "header": BIT["t_header"],
    "footer": BIT["t_footer"], "aside": BIT["t_aside"], "figure": BIT["t_figure"],
    "figcaption": BIT["t_figcaption"], "caption": BIT["t_figcaption"], "blockquote": BIT["t_quote"],
    "q": BIT["t_quote"], "ul": BIT["t_list"], "ol": BIT["t_list"], "menu": BIT["t_list"],
    "table": BIT["t_table"], "form": BIT["t_form"], "h1": BIT["t_h1"], "h2": BIT["t_h2"],
    "h3": BIT["t_h3"], "h4": BIT["t_h3"], "h5": BIT["t_h3"], "h6": BIT["t_h3"],
    "p": BIT["t_p"], "div": BIT["t_div"], "td": BIT["t_cell"], "th": BIT["t_cell"],
    "li": BIT["t_item"], "dl": BIT["t_dl"], "dt": BIT["t_dl"], "dd": BIT["t_dl"], "address": BIT["meta"],
    "pre": BIT["t_pre"], "time": BIT["meta"], "section": BIT["t_section"],
}  # fmt: skip

_ROLES: Final[dict[str, int]] = {
    "navigation": BIT["t_nav"], "main": BIT["t_main"], "article": BIT["t_article"],
    "complementary": BIT["t_aside"], "banner": BIT["t_header"], "contentinfo": BIT["t_footer"],
    "search": BIT["t_form"], "dialog": BIT["wall"], "menu": BIT["t_nav"], "alert": BIT["wall"],
}  # fmt: skip

_ITEMPROPS: Final[dict[str, int]] = {
    "articlebody": BIT["p_body"], "reviewbody": BIT["p_body"], "text": BIT["p_body"],
    "headline": BIT["title"], "name": BIT["title"], "alternativeheadline": BIT["lead"],
    "description": BIT["lead"], "author": BIT["meta"], "datepublished": BIT["meta"],
    "datemodified": BIT["meta"], "caption": BIT["caption"], "comment": BIT["comment"],
    "keywords": BIT["tags"], "publisher": BIT["meta"], "breadcrumb": BIT["nav"],
}  # fmt: skip

_STEMS: Final = [
    (
        bit,
        tuple(s for s in stems.split() if s[0] != "="),
        {s[1:] for s in stems.split() if s[0] == "="},
    )
    for bit, stems in ((BIT[name], _CLASS_STEMS[name]) for name in GROUPS)
]
_TOKEN: Final = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_MEMO_SIZE: Final = 20_000
_tokens: dict[str, int] = {}
_names: dict[str, int] = {}


def _token_bits(token: str) -> int:
    bits = 0
    for bit, stems, whole in _STEMS:
        if token in whole or any(stem in token for stem in stems):
            bits |= bit
    return bits


def class_bits(name: str) -> int:
    """The bits of a class attribute or id: those of its words, camel case and hyphens parted."""
    bits = _names.get(name)
    if bits is None:
        bits = 0
        for token in _TOKEN.findall(name[:300]):
            token = token.lower()
            known = _tokens.get(token)
            if known is None:
                if len(_tokens) > _MEMO_SIZE:
                    _tokens.clear()
                known = _tokens[token] = _token_bits(token) if len(token) > 1 else 0
            bits |= known
        if bits & BIT["article"] and bits & BIT["body"]:
            bits |= BIT["x_body"]
        if len(_names) > _MEMO_SIZE:
            _names.clear()
        _names[name] = bits
    return bits


def attribute_bits(attrs: dict[str, str | None]) -> int:
    """The bits of an element's attributes."""
    bits = 0
    name = attrs.get("class")
    if name:
        bits = class_bits(name)
    name = attrs.get("id")
    if name:
        bits |= class_bits(name)
    name = attrs.get("itemprop")
    if name:
        bits |= _ITEMPROPS.get(name.lower(), BIT["p_other"])
    name = attrs.get("role")
    if name:
        bits |= _ROLES.get(name.lower(), 0)
    if "itemtype" in attrs and "rticle" in (attrs["itemtype"] or ""):
        bits |= BIT["p_article"]
    if "style" in attrs:
        style = attrs["style"] or ""
        if "none" in style and "display" in style:
            bits |= BIT["s_hidden"]
    if "hidden" in attrs or attrs.get("aria-hidden") == "true":
        bits |= BIT["s_hidden"]
    return bits


# What short lines begin with, by kind; generic words of the trade in many languages.
_LINES: Final[dict[str, str]] = {
    "more": r"read (?:more|also|next|full)|see also|also read|more (?:on|from|stories|news|in)|related|you (?:may|might)|"
    r"recommended|don.t miss|most (?:read|popular)|trending|latest|watch:|click here|continue reading|baca juga|"
    r"lihat juga|selengkapnya|berita terkait|lesen sie|mehr zum|mehr zu|lire aussi|à lire|voir aussi|leia (?:mais|também)|"
    r"lee también|te puede|más (?:noticias|información)|leggi anche|czytaj|zobacz|zobacz też|czytaj także|więcej|читайте|"
    r"смотрите|подробнее|по теме|также по|διαβάστε|δείτε|相关|相關|延伸阅读|延伸閱讀|推荐|推薦|更多|热门|熱門|"
    r"関連|あわせて|次の|この記事|관련|더보기|추천|อ่าน|ข่าวที่|xem thêm|tin liên|đọc thêm|ayrıca|ilgili|इसे भी|यह भी|"
    r"আরও|আরো|អាន|บทความ|اقرأ|المزيد|مزيد|بیشتر|מזה|läs (?:mer|också)|les også|les mer|lees ook|přečtěte|olvass",
    "share": r"share|tweet|follow|like us|facebook|twitter|whatsapp|email|e-mail|print|print this|send|teilen|partager|"
    r"compartir|compartilhar|condividi|udostępnij|podziel|поделиться|поделитесь|分享|转发|分享到|共享|共有|シェア|"
    r"공유|แชร์|chia sẻ|paylaş|bagikan|शेयर|مشاركة|подпишитесь|подписывайтесь|presentado|folgen|κοινοποίηση",
    "sign": r"sign up|subscribe|newsletter|get (?:the|our)|join |register|log ?in|already a|download|to continue|"
    r"support |become a|abonnieren|jetzt|anmelden|newsletter|suscr|assine|abonn|s.inscrire|iscriviti|"
    r"подписат|订阅|訂閱|注册|登录|下载|會員|会員|無料|登録|구독|สมัคร|đăng ký|berlangganan|abone|扫描|扫码|关注",
    "comment": r"comments?\b|leave a|add a comment|post a|no comments|\d+ comments|reply|kommentar|commentaires?|"
    r"comentarios?|coment|commenti|komentarz|komentarze|komentar|комментари|评论|評論|网友|コメント|댓글|ความคิดเห็น|"
    r"bình luận|yorum|σχόλια|discuss|ответить|обсудить",
    "credit": r"photo|image|picture|credit|source|file photo|foto|bild|quelle|źródło|fot\.|fonte|fuente|crédit|"
    r"источник|фото|πηγή|来源|來源|图片|圖片|图：|图/|图为|摄|写真|画像|提供|사진|ภาพ|ảnh|nguồn|sumber|kaynak|"
    r"\(ap|ap photo|getty|reuters|afp|by |von |par |por |di |oleh |autor|author|written by|posted|published|"
    r"updated|last (?:updated|modified)|editor|编辑|編輯|责任编辑|責任編輯|责编|记者|記者|作者|автор|автор:|reporter|"
    r"opublikowano|erstellt|veröffentlicht|publié|publicado|data|dodano|发布|发表|時間|时间|日期|記者|기자|입력",
    "legal": r"copyright|©|\(c\)|all rights|terms|privacy|disclaimer|about us|contact|advert|cookies?|"
    r"alle rechte|impressum|tous droits|todos los derechos|wszelkie prawa|все права|版权|版權|著作權|声明|免责|"
    r"利用規約|無断|저작권|무단|สงวน|bản quyền|hak cipta|werbung|anzeige|publicidad|広告|廣告|广告|реклама",
    "tags": r"tags?\b|topics?|filed under|categor|keywords|labels|schlagwörter|themen|etiquetas|mots|temat|"
    r"tagi|теги|метки|标签|標籤|关键词|關鍵|分类|タグ|キーワード|카테고리|태그|แท็ก|từ khóa|etiket|topik",
    "nav": r"home|back to|next|prev|previous|page \d|skip|menu|search|top|首页|首頁|返回|上一|下一|前へ|次へ|"
    r"ホーム|목록|trang chủ|startseite|accueil|inicio|strona|główna|главная|naar|voltar|αρχική|zurück|weiter",
    "about": r"about the|.{2,30} is (?:a|an|the) .{0,40}(?:writer|reporter|editor|author|journalist|correspondent|"
    r"professor|columnist|fellow)|the (?:author|writer) is|this (?:article|story|post) (?:was|is|has|first|originally)|"
    r"reporting by|additional reporting|editing by|contributed|follow .{2,30} on|contact |email |"
    r"(?:the )?associated press|copyright|correction|note:|editor.s note|本文|本报|本網|\(本文|註|注：|（|\(|\[|【|—|–|-|\*",
}
LINE_KINDS: Final = tuple(_LINES)
_LINE: Final = re.compile(
    r"[\s>»›•·|:\-–—【\[(（▶►→★☆■◆●]{0,4}(?:"
    + "|".join(f"(?P<{k}>{v})" for k, v in _LINES.items())
    + ")",
    re.IGNORECASE,
)
_LINE_NUMBER: Final = {k: n + 1 for n, k in enumerate(LINE_KINDS)}


def line_kind(text: str) -> int:
    """The kind of boilerplate a line begins like (1 + index in `LINE_KINDS`), or 0."""
    found = _LINE.match(text)
    return _LINE_NUMBER[found.lastgroup] if found and found.lastgroup else 0
