"""Philippine Daily Inquirer."""

from newscrawl.platforms.wordpress import archive
from newscrawl.site import Layout, Site, Verified
from newscrawl.spider import NewsSpider

DESKS = (
    "newsinfo",
    "globalnation",
    "business",
    "opinion",
    "sports",
    "lifestyle",
    "entertainment",
    "technology",
)


class Inquirer(NewsSpider):
    name = "inquirer"
    site = Site(
        name=name,
        title="Philippine Daily Inquirer",
        country="PH",
        languages=("en", "fil"),
        timezone="Asia/Manila",
        domains=("inquirer.net",),
        home="https://www.inquirer.net/",
        feeds=(
            "https://www.inquirer.net/fullfeed",
            *(f"https://{x}.inquirer.net/feed" for x in DESKS),
        ),
        listings=(
            archive(
                "https://newsinfo.inquirer.net/category/inquirer-headlines/nation/",
                item="#ch-ls-head",
                link="h2 a",
            ),
        ),
        article=r"https?://(?:[a-z]+\.)?inquirer\.net/\d{4,}/[a-z0-9-]+/?$",
        publisher_id=r"inquirer\.net/(\d{4,})/",
        layouts=(
            Layout(
                title=("h1.entry-title", "h1.singlePageTitle"),
                body=("#article_content p",),
                published=(
                    'meta[property="article:published_time"]::attr(content)',
                    "#art_plat",
                ),
                exclude=(
                    ".article_disclaimer",
                    ".article-new-featured",
                    ".billboard_article",
                    "[class*=sib-form]",
                    ".view-comments",
                    "[class*=lsmr-]",
                    ".rn-2023",
                    ".rn-2024",
                    "[class*=mgid-]",
                    "#sharefeature",
                ),
            ),
        ),
        boilerplate=(
            "READ: ",
            "READ MORE:",
            "READ NEXT",
            "Article continues after this advertisement",
            "Subscribe to our daily newsletter",
            "By providing an email address. I agree to the Terms of Use",
            "Follow INQUIRER.net",
            "For feedback, complaints, or inquiries, contact us.",
            "The Inquirer Foundation",
        ),
        access="free",
        groups=("ann",),
        verified=Verified("feeds of public readers; body of public scrapers", "2026-03", "high"),
    )
