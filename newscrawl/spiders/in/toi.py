"""The Times of India."""

from newscrawl.site import Layout, Site, Verified
from newscrawl.spider import NewsSpider


class TheTimesOfIndia(NewsSpider):
    name = "toi"
    site = Site(
        name=name,
        title="The Times of India",
        country="IN",
        languages=("en",),
        timezone="Asia/Kolkata",
        domains=("timesofindia.indiatimes.com",),
        home="https://timesofindia.indiatimes.com/",
        feeds=(
            "https://timesofindia.indiatimes.com/rssfeedstopstories.cms",
            "https://timesofindia.indiatimes.com/rssfeedmostrecent.cms",
            "https://timesofindia.indiatimes.com/rssfeeds/-2128936835.cms",
            "https://timesofindia.indiatimes.com/rssfeeds/296589292.cms",
        ),
        news_sitemaps=(
            "https://timesofindia.indiatimes.com/sitemap/today",
            "https://timesofindia.indiatimes.com/sitemap/yesterday",
        ),
        article=r"https?://timesofindia\.indiatimes\.com/.+/articleshow/\d+\.cms$",
        publisher_id=r"articleshow/(\d+)",
        layouts=(
            Layout(
                title=("h1",),
                body=("div._s30J", "div.ihgno", "div._3YYSt"),
                exclude=("div.authorComment",),
            ),
        ),
        staff_bylines=("TIMESOFINDIA.COM",),
        access="free",
        verified=Verified("feed seen answering; selectors tried on a real page", "2026-04", "high"),
    )
