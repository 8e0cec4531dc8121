"""What is known of news URLs: parameters, paths and hosts that do not name an article.

Only conventions of publishing systems, advertisers, caches and archives stand here. What holds for
one publication alone belongs in its `Site` record; the few publishers that serve the same path
under several unrelated domains are listed in `HOST_ALIASES`.
"""

from __future__ import annotations

import re

# Parameters that say where a reader came from. Prefixes first, then whole names (lower case).
TRACKING_PREFIXES = (
    "utm_", "utm-", "at_", "mc_", "pk_", "piwik_", "mtm_", "matomo_", "hsa_", "_hs", "ga_", "fb_",
    "ns_", "sc_", "wt.", "wt_", "amp_", "_branch_", "vero_", "oly_", "trk_", "xtor", "aff_",
    "__cf_", "__twitter_", "_openstat", "spm_", "share_", "gs_", "cmp_", "itm_", "bsft_",
    "mkt_", "mtr_", "wpisrc", "rss_", "sms_", "guce_", "guccounter", "cx_", "zanpid", "adj_",
    "_x_tr_",
    "gaa_", "iesrc", "ptid_", "li_fat", "epik", "onelink",
)  # fmt: skip
TRACKING = frozenset(
    """
    fbclid gclid gclsrc dclid gbraid wbraid msclkid yclid ysclid twclid ttclid igshid igsh mibextid
    li_fat_id
    rdt_cid srsltid wickedid s_cid s_kwcid s_src ncid nr_email_referer mkcid mkrid mkevt cvid ocid
    _ga _gl _ke _kx _bta_tid _bta_c _trkparms trk ref_src ref_url refsrc referer referrer referral
    referring_source share shared sharetype sharer share_token sharetoken sharesource shareid
    smid smtyp cmp cmpid cmpn cid_source campaign campaign_id campaignid icid icmp ici ito iref
    intcmp int_cmp intid partner_source src_from from_source fromsource frompage from_page frm
    isappinstalled weixin weibo wxshare wfr wechat_redirect zarsrc zclid zalo ved usg usqp sca_esv
    ei oq aqs sourceid gws_rd spm scm abtest abt feature via via_source via_id taid pfmredir
    rssfeed feedtype ftag wpmm ust email_id emailid emci emdi ceid nlid nl_id
    newsletter_id subscriber mailing_id rs_id dicbo dc_data ob_click_id obref tblci outbrain_id
    taboola taboolaid echobox homepage from_homepage frompos isfeed fromrss sref sxsrf
    hootpostid postid_src linkid_src dlbk guest session_redirect traffic_source
    origin_referrer seriesref recommended recommendationid relatedposts msockid
    cmplz consent gdpr gdpr_consent pdf_source tag_source _t nocache cachebust cachebuster
    cache_bust timestamp _dc rnd random nonce clickid click_id utmsource utmmedium utmcampaign
    gad_source gad_campaignid gad mbid soc_src soc_trk tsrc ncmp xrs xid_source mod_source
    recirc pos_source inf_contact_key ck_subscriber_id vgo_ee __s _paged sr_share fref hc_ref
    hc_location notif_id notif_t ref_type utm amp_markup smprod login_success reload
    """.split()  # noqa: SIM905 - a list of eighty names reads better as text
)
# Words that name a channel only with certain values; with another value they may choose a page.
_CHANNEL_VALUE = re.compile(
    r"(?:[a-z]*(?:share|home|rss|feed|mail|letter|facebook|twitter|whats|telegram|line|social|app"
    r"|mobile|push|search|google|bing|yahoo|zalo|wechat|weixin|weibo|message|timeline|copy|link"
    r"|top|side|relat|recommend|front|index|widget|ticker|banner|menu|nav|share|tw|fb|wa|ig|ndtv"
    r"|story|article|news|amp|print|web|desktop|android|ios|insta|linkedin|reddit|youtube|qr"
    r"|notification|alert|direct|external|internal|main|most|hot|trend|popular|latest|more"
    r"|section|category|author|tag|see|also|read|footer|header|body|outbrain|taboola)"
    r"[a-z0-9_.:\-]*)\Z",
    re.IGNORECASE,
)
CHANNEL = frozenset("from source ref src feature share medium channel origin entry".split())  # noqa: SIM905
_TWITTER_SHARE = re.compile(r"\d{2}\Z")  # ?s=09, s=20, s=46: which Twitter client shared it

# Another rendering of the same article: name -> values it may have to be dropped (None: any).
_YES = frozenset({"", "1", "0", "true", "false", "yes", "no", "on", "y"})
RENDERING: dict[str, frozenset[str] | None] = {
    "amp": None, "isamp": None, "noamp": None, "outputtype": None, "_amp": None, "ampmode": None,
    "output": frozenset({"amp", "print", "mobile", "1"}), "print": None, "printable": None,
    "printview": None, "printpage": None, "printmode": None, "printerfriendly": None, "tmpl": None,
    "isprint": None, "pfm": None, "prt": None,
    "format": frozenset({"amp", "print", "html", "mobile"}),
    "layout": frozenset({"print", "amp", "mobile", "default"}),
    "mode": frozenset({"print", "amp", "mobile"}),
    "view": frozenset({"amp", "print", "mobile", "desktop"}), "type": frozenset({"amp", "print"}),
    "action": frozenset({"print"}), "do": frozenset({"print"}), "task": frozenset({"print"}),
    "single": _YES, "singlepage": None, "single_page": None, "viewall": None, "showall": None,
    "page": frozenset({"all", "full", "", "single", "show"}), "pages": frozenset({"all"}),
    "pagewanted": None, "fullpage": None, "m": frozenset({"0", "1"}), "mobile": _YES,
    "mobileview": None,
    "ismobile": None, "desktop": _YES, "nomobile": None, "device": None, "viewmode": None,
    "theme": frozenset({"mobile", "amp", "print"}),
    "template": frozenset({"amp", "print", "mobile"}),
    "replytocom": None, "comments": None, "showcomments": None, "comment": None, "commentid": None,
    "highlight": None, "phrase": None, "words": None, "noredirect": None, "redirect": _YES,
    "force": _YES,
    "itemprop": None, "font": None, "fontsize": None, "share_menu": None, "ampstop": None,
}  # fmt: skip
SESSION = re.compile(
    r"(?:jsessionid|phpsessid|aspsessionid\w*|asp\.net_sessionid|sessionid|session_id|sessid|osc?sid"
    r"|zenid|cfid|cftoken|s?sid(?=\Z))\Z",
    re.IGNORECASE,
)
_SESSION_VALUE = re.compile(r"(?=.*[a-z])(?=.*\d)[0-9a-z.\-_]{16,}\Z", re.IGNORECASE)
_ID_VALUE = re.compile(r"\d{4,}\Z")
_OF_COMMENTS = frozenset({"replytocom", "comment", "comments", "commentid", "showcomments"})
PAGE_NUMBER = frozenset(
    [
        "page",
        "pg",
        "pageno",
        "page_no",
        "pagenum",
        "pagenumber",
        "paged",
        "hal",
        "halaman",
        "p_no",
        "trang",
    ]
)


def names_no_article(name: str, value: str) -> bool:
    """Whether a query parameter (lower-case name, decoded value) has no say in which article."""
    if name in TRACKING or name.startswith(TRACKING_PREFIXES):
        return True
    if name in RENDERING:
        allowed = RENDERING[name]
        if allowed is None:  # print.php?print=12345 names the article there
            return name in _OF_COMMENTS or not _ID_VALUE.match(value)
        return value.lower() in allowed
    if name in CHANNEL:
        return bool(_CHANNEL_VALUE.match(value))
    if name == "s":
        return bool(_TWITTER_SHARE.match(value))
    if name == "sh":  # a hexadecimal mark of who shared it
        return bool(re.fullmatch(r"[0-9a-f]*[a-f][0-9a-f]*|\d{8,}", value))
    if SESSION.match(name):
        return name not in {"sid", "ssid"} or bool(_SESSION_VALUE.match(value))
    return False


# Leading host labels that serve another rendering of the same paths.
RENDERING_LABELS = frozenset(
    [
        "www",
        "www1",
        "www2",
        "www3",
        "m",
        "amp",
        "mobile",
        "wap",
        "touch",
        "mobi",
        "3g",
        "print",
        "amphtml",
    ]
)
# Second-level labels under country domains that are not anybody's own name.
PUBLIC_SECOND = frozenset(
    "co com org net gov go ac ad ne or edu mil nom sch id web my biz info gen firm ind".split()  # noqa: SIM905
)

# Publishers that serve the same paths under unrelated hosts: host (without rendering labels) ->
# the host whose form is kept. The reader's own sites declare theirs in `Site.domains`.
HOST_ALIASES = {
    "timesofindia.com": "timesofindia.indiatimes.com",
    "economictimes.com": "economictimes.indiatimes.com",
    "navbharattimes.com": "navbharattimes.indiatimes.com",
    "maharashtratimes.com": "maharashtratimes.indiatimes.com",
    "xinhuanet.com": "news.cn",
    "news.v.daum.net": "v.daum.net",
    "media.daum.net": "v.daum.net",
    "n.news.naver.com": "news.naver.com",
    "rfi.my": "rfi.fr",
    "in.reuters.com": "reuters.com",
}
# Domains of one publisher, by suffix: m.example.cn and example.com.cn are one.
SUFFIX_ALIASES = {
    "sina.cn": "sina.com.cn",
    "people.cn": "people.com.cn",
    "huanqiu.cn": "huanqiu.com",
    "cctv.cn": "cctv.com",
    "gmw.com": "gmw.cn",
}
# Publishers whose article paths are unique over all their channel hosts.
ONE_ID_SPACE = frozenset({"people.com.cn", "news.cn"})
