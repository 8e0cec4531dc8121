"""Hankook Ilbo."""

from newscrawl.site import Layout, Site, Verified
from newscrawl.spider import NewsSpider


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
        sitemaps=("https://www.hankookilbo.com/sitemap/daily-articles/2020",),
        article=r"https?://www\.hankookilbo\.com/(?:News/Read|news/article)/A\d{16,}$",
        publisher_id=r"/(A\d{16,})",
        layouts=(
            Layout(
                title=("meta[property='og:title']::attr(content)", "h1"),
                standfirst=("div.article-view > h2",),
                body=("div.article-view > p.editor-p", "div[itemprop=articleBody] p.editor-p"),
                byline=("div.writer span.name strong",),
                caption=("div.caption",),
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
            "sitemap listed by public readers; selectors tried on a real page", "2026-07", "high"
        ),
    )
