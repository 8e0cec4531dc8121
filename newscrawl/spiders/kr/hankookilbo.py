"""Hankook Ilbo: three layouts in fourteen months."""

from datetime import date

from newscrawl.site import Layout, Site, Verified
from newscrawl.spider import NewsSpider

OLD = "div[itemprop=articleBody]"
NEW = "div.article-view"  # its text comes in a script of the page


class HankookIlbo(NewsSpider):
    name = "hankookilbo"
    site = Site(
        name=name,
        title="한국일보",
        country="KR",
        languages=("ko",),
        timezone="Asia/Seoul",
        domains=("hankookilbo.com",),
        home="https://www.hankookilbo.com/",
        news_sitemaps=("https://www.hankookilbo.com/sitemap/latest-articles",),
        article=r"https?://www\.hankookilbo\.com/(?:News/Read|news/article)/A\d{16,}$",
        publisher_id=r"/(A\d{16,})",
        layouts=(
            # since 2026-06-01; no source gives rules of its own for it
            Layout(
                title=("meta[property='og:title']::attr(content)", "h1"),
                standfirst=(f"{NEW} > h2",),
                body=(f"{NEW} > p.editor-p, {NEW} > h3", f"{OLD} p.editor-p"),
                byline=("div.writer span.name strong",),
                caption=("div.caption",),
            ),
            Layout(
                title=("meta[property='og:title']::attr(content)", "h1"),
                standfirst=(f"{NEW} > h2",),
                body=(f"{NEW} > p.editor-p, {NEW} > h3",),
                byline=(f"{NEW} div.writer > span.name > strong",),
                caption=("div.editor-img-box div.caption",),
                until=date(2026, 5, 31),
            ),
            Layout(
                standfirst=(f"{OLD} > h2",),
                body=(f"{OLD} > p.editor-p, {OLD} > h3",),
                caption=("div.editor-img-box div.caption",),
                until=date(2026, 1, 26),
            ),
        ),
        boilerplate=(
            "이미지 확대보기",
            "당신이 관심 있을 만한 이슈",
            "Copyright ⓒ Hankookilbo",
            "무단전재 및 재배포 금지",
        ),
        source_name="Hankook Ilbo",
        access="free",
        verified=Verified(
            "sitemap and selectors of a public parser, three real pages", "2026-06", "high"
        ),
    )
