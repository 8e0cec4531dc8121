"""The Straits Times."""

from newscrawl.site import Layout, Site, Verified
from newscrawl.spider import NewsSpider

SECTIONS = ("singapore", "asia", "world", "business", "opinion", "tech", "life", "sport")


class StraitsTimes(NewsSpider):
    name = "straitstimes"
    site = Site(
        name=name,
        title="The Straits Times",
        country="SG",
        languages=("en",),
        timezone="Asia/Singapore",
        domains=("straitstimes.com",),
        home="https://www.straitstimes.com/",
        feeds=tuple(f"https://www.straitstimes.com/news/{x}/rss.xml" for x in SECTIONS),
        article=r"https?://www\.straitstimes\.com/"
        r"(?:singapore|asia|world|business|opinion|tech|life|sport|politics|multimedia)"
        r"(?:/[a-z0-9-]+)*/[a-z0-9-]{8,}$",
        layouts=(
            Layout(
                title=("h1",),
                body=(".storyline-wrapper p", "div#main p", ".field-name-body p"),
                byline=(".field-byline p", 'a[href*="/authors/"]'),
                published=(".story-postdate", ".group-updated-timestamp"),
                exclude=(
                    ".paywall-container",
                    ".cx_paywall_area",
                    ".st_telegram_boilerplate",
                    ".group-story-timestamp",
                    ".group-byline-info",
                    "header",
                ),
            ),
        ),
        boilerplate=("For Subscribers", "Join ST's Telegram channel", "Join ST's WhatsApp Channel"),
        access="metered",
        groups=("ann",),
        verified=Verified("feeds of a public reader; body of a public scraper", "2025-12", "high"),
    )
