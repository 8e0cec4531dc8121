"""The Phnom Penh Post: Drupal until about 2024, WordPress since."""

from datetime import date

from newscrawl.platforms.wordpress import posts
from newscrawl.site import Layout, Site, Verified
from newscrawl.spider import NewsSpider

PUBLISHED = "meta[property='article:published_time']::attr(content)"


class PhnomPenhPost(NewsSpider):
    name = "phnompenhpost"
    site = Site(
        name=name,
        title="The Phnom Penh Post",
        country="KH",
        languages=("en",),
        timezone="Asia/Phnom_Penh",
        domains=("phnompenhpost.com",),
        home="https://www.phnompenhpost.com/",
        listings=(posts("https://phnompenhpost.com", per_page=100),),
        article=r"https?://(?:www\.)?phnompenhpost\.com/"
        r"(?!(?:tag|category|author|page|feed|wp-[a-z]+)/)[a-z0-9-]+/[a-z0-9-]+/?(?:[#?].*)?$",
        layouts=(
            Layout(title=("h1",), body=("div.post-content p",), published=(PUBLISHED,)),
            Layout(
                title=("div.section-article-header > h2", "h1"),
                # an old story may stand in the new design by now
                body=("#ArticleBody p", "div[itemprop=articleBody] p", "div.post-content p"),
                byline=(".article-author-wrapper p",),
                caption=(".img-captions",),
                published=(PUBLISHED,),
                exclude=(".img-captions", ".mustwatch-text"),
                until=date(2024, 12, 31),
            ),
        ),
        boilerplate=(
            "Search form",
            "Logo of Phnom Penh Post newspaper",
            "Content image - Phnom Penh Post",
            "Publication date",
        ),
        access="free",
        delay=5.0,
        groups=("ann",),
        verified=Verified("REST list and selectors of public scrapers", "2026", "high"),
    )
