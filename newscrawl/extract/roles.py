"""What the class and id words of an element say it is.

Class names are cut into words at hyphens, underscores and humps (``ArticleTitle``,
``article__title`` and ``articletitle`` say the same); a word, or two in a row, names a role. Words
are those of many content systems and languages, of no site in particular.
"""

from __future__ import annotations

from enum import IntFlag


class Role(IntFlag):
    """What an element is called; a bit set."""

    NONE = 0
    TITLE = 1
    KICKER = 2
    STANDFIRST = 4
    BYLINE = 8
    CAPTION = 16
    CREDIT = 32
    TAGS = 64
    SECTION = 128
    SOURCE = 256
    ASIDE = 512  # related stories, sidebars, menus, comments, footers: not of this article
    BRAND = 1024  # logo, masthead, site name
    BIO = 2048  # about the author
    PAYWALL = 4096
    CONSENT = 8192
    ARTICLE = 16384  # the container of an article
    TEASER = 32768  # a card, list item or teaser of another story


_THINGS = "article articles story news post entry page content detail single main art blog"


def _pairs(firsts: str, seconds: str) -> str:
    return " ".join(first + second for first in firsts.split() for second in seconds.split())


# One word, or two words in a row written together.
_WORDS: tuple[tuple[Role, str], ...] = (
    (
        Role.TITLE,
        "headline title titolo titulo titre tit judul headtitle titlearea "
        + _pairs(_THINGS, "title headline head heading tit subject"),
    ),
    (
        Role.KICKER,
        "kicker eyebrow overline supertitle pretitle dachzeile antetitulo surtitre spitzmarke "
        "roofline toptitle preheadline overhead headlineprefix topline",
    ),
    (
        Role.STANDFIRST,
        "standfirst subtitle subhead subheadline subheading subdeck deck dek sapo sapeau chapo "
        "vorspann strapline abstract lead lede intro introduction summary excerpt zhaiyao synopsis "
        + _pairs(_THINGS, "lead intro summary deck sapo subtitle description excerpt synopsis"),
    ),
    (
        Role.BYLINE,
        "byline bylines author authors writer writers reporter reporters journalist contributor "
        "contributors autor autoren autores auteur auteurs verfasser redakteur penulis pewarta by "
        "postedby writtenby credits creator nickname username zuozhe bianji vcard pauthor fn "
        "articleauthor postauthor entryauthor authorname editor jizhe redaktion autore scrittore",
    ),
    (
        Role.CAPTION,
        "caption captions figcaption legend bildunterschrift cutline imgdesc photodesc figuretext "
        "imagecaption photocaption imgcaption imagetext bildtext caps",
    ),
    (
        Role.CREDIT,
        "credit copyright photographer photocredit imagecredit photoby imagesource imagecopyright "
        "photosource bildquelle fotocredit picturecredit imgcredit photoauthor imageauthor",
    ),
    (
        Role.TAGS,
        "tag tags taglist keyword keywords topic topics label labels schlagwort schlagworte "
        "etiquetas tagslist posttags articletags entrytags taglinks tagcloud",
    ),
    (
        Role.SECTION,
        "section category categories cat rubric rubrik ressort channel kategori seccion catlinks "
        "catname sectionname sectionlabel breadcrumb breadcrumbs postcategory articlesection",
    ),
    (
        Role.SOURCE,
        "source laiyuan quelle fuente sumber origin agency newssource articlesource sourcename "
        "provider publisher",
    ),
    (
        Role.ASIDE,
        "related relateds recommend recommended recommendation recommendations readmore more also "
        "sidebar aside rightcol rightcolumn rightrail rail footer foot nav navbar navigation menu "
        "submenu comment comments commentlist respond disqus popular trending latest ranking "
        "mostread newsletter subscribe promo advert advertisement ad ads sponsor sponsored "
        "widget outbrain taboola carousel slider ticker breaking cookie consent share sharing "
        "social  modal popup offcanvas nextarticle nextpost prevarticle previouspost postnav "
        "morenews morefrom "
        "relatedposts relatednews relatedarticles recirculation recirc teasers offers",
    ),
    (
        Role.BRAND,
        "logo brand branding masthead sitetitle sitename sitelogo siteheader sitebranding "
        "navbarbrand",
    ),
    (
        Role.BIO,
        "bio biography authorbio authorbox authorinfo authordescription authordesc aboutauthor "
        "authorprofile authorcard authordetail authordetails authorabout writerbio contributorbio",
    ),
    (
        Role.PAYWALL,
        "paywall tpmodal premiumcontent premiumwall premiumoverlay subscriberonly contentlocked "
        "articlelocked meteredcontent lockedcontent regwall subscriptionrequired paidcontent "
        "membershipsrestriction paywalled",
    ),
    (
        Role.CONSENT,
        "cookiewall cookieconsent consentwall consentform consentpage gdprwall gdprconsent "
        "consentmanager cmpcontainer cmpwrapper onetrust didomi cybot spmessage consentdialog",
    ),
    (
        Role.ARTICLE,
        "article story post entry news hentry single articlebody storybody postcontent "
        "entrycontent",
    ),
    (
        Role.TEASER,
        "teaser card tile listitem mediaobject thumb thumbnail headlinelist postitem "
        "postlist newsitem newslist articlelist articlecard storycard cards",
    ),
)  # fmt: skip
# Plain integers: operations on enum members are some twenty times slower.
ROLE_WORDS: dict[str, int] = {}
for _role, _words in _WORDS:
    for _word in _words.split():
        ROLE_WORDS[_word] = ROLE_WORDS.get(_word, 0) | int(_role)
