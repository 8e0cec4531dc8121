"""Why a request is made: the one value that travels in ``Request.meta``."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from scrapy import Request

from newscrawl.schedule import Validator
from newscrawl.site import Listing

META = "errand"
EXCHANGE = "newscrawl_exchange"  # in Request.meta: what came for an article, until it is archived


class Kind(StrEnum):
    """What kind of thing is asked for."""

    HOME = "home"  # to discover sources
    PROBE = "probe"  # a usual place of a feed or sitemap; missing is no failure
    FEED = "feed"
    SITEMAP = "sitemap"
    LISTING = "listing"
    ARTICLE = "article"
    ROBOTS = "robots"
    CHECK = "check"  # an old validator of a page that is known to have changed

    @property
    def priority(self) -> int:
        """Sources first, so that the evidence of all is together when the articles are read."""
        return _PRIORITY.get(self, 0)


_PRIORITY = {
    Kind.ROBOTS: 1000,
    Kind.HOME: 100,
    Kind.FEED: 80,
    Kind.SITEMAP: 60,
    Kind.PROBE: 50,
    Kind.LISTING: 40,
}


@dataclass(frozen=True, slots=True)
class Errand:
    """A request's purpose. ``key`` is the canonical URL of an article."""

    kind: Kind
    key: str = ""
    listing: Listing | None = None
    page: int = 1
    guessed: bool = False  # a usual place: missing is no failure of the site
    validator: Validator | None = None  # what a check is about


def errand_of(request: Request) -> Errand:
    """The purpose of a request that the spider made."""
    errand = request.meta[META]
    assert isinstance(errand, Errand)
    return errand
