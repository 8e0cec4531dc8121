"""The records that pass between the parts of newscrawl.

`Candidate` (a URL that was found) becomes a `Page` (what the site sent), and a page becomes an
`Article` or a `Rejection`. All times are aware and in UTC unless a name says ``local``.
Only the standard library is imported here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Via(StrEnum):
    """How a URL was found (column ``discovered_via``)."""

    FEED = "feed"
    NEWS_SITEMAP = "news_sitemap"
    SITEMAP = "sitemap"
    SECTION = "section"
    API = "api"
    LINK = "link"
    REVISIT = "revisit"  # known, and looked at again though no source named it
    WARC = "warc"


class Precision(StrEnum):
    """How exact a date is (columns ``published_precision``, ``modified_precision``)."""

    DAY = "day"
    MINUTE = "minute"
    SECOND = "second"


class Stage(StrEnum):
    """Where a URL was refused."""

    DISCOVERY = "discovery"  # URL shape, limits, already known
    GATE = "gate"  # scheme, port or address not allowed
    ROBOTS = "robots"
    FETCH = "fetch"  # network, status, size, truncation
    EXTRACT = "extract"  # not an article, parser limits
    VALIDATE = "validate"  # a record the schema refuses
    WRITE = "write"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A URL found on a site, with the evidence that its source gave for it.

    The evidence is kept as the source wrote it (``*_raw``); it is parsed with the site's zone and
    languages when the page is read.
    """

    url: str
    site: str
    via: Via
    source_url: str = ""  # the feed, sitemap or section page it was found on
    title: str | None = None
    published_raw: str | None = None
    modified_raw: str | None = None
    language: str | None = None
    section: str | None = None
    keywords: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    summary: str | None = None  # plain text
    image_url: str | None = None
    publisher_id: str | None = None  # the publisher's own id where the source names one
    body_html: str | None = None  # full content where a feed or API carries it
    source_name: str | None = None  # the publication that the source credits (news:name)


@dataclass(frozen=True, slots=True)
class Page:
    """What a site sent for one URL.

    ``headers`` are (lower-case name, value) pairs in the order of the answer; ``body`` is the
    content after removal of transfer and content encodings, ``fetched_at`` aware UTC.
    """

    url: str  # final, after redirects
    requested_url: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    fetched_at: datetime
    candidate: Candidate | None = None

    def header(self, name: str) -> str | None:
        """The first value of a header (name in any case), or None."""
        name = name.lower()
        return next((value for key, value in self.headers if key == name), None)


@dataclass(frozen=True, slots=True)
class Rejection:
    """A URL that was found and not stored, and why.

    ``reason`` is a short stable word (``robots``, ``too_large``, ``not_article`` ...) that reports
    count by; ``detail`` is for people and may be empty.
    """

    url: str
    site: str
    stage: Stage
    reason: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Image:
    """A picture of an article; width and height in CSS pixels as declared."""

    url: str
    caption: str | None = None
    credit: str | None = None
    width: int | None = None
    height: int | None = None


@dataclass(frozen=True, slots=True)
class Removal:
    """A piece of text that cleaning took out of the body, so that it can be put back.

    A reason that begins with ``repaired_`` marks the original of a paragraph whose encoding was put
    right: it goes back in place of the paragraph that begins at ``position``.

    ``position`` is the index in characters in the text *before this removal and after all removals
    that follow it in the list were undone* - so putting the removals back from the last to the
    first, each by inserting ``text`` at ``position``, restores the text as it was extracted.
    """

    text: str
    reason: str  # dateline, byline, caption, file_name, furniture, credit, share, ...
    position: int


@dataclass(frozen=True, slots=True)
class Provenance:
    """Which rule gave which field, for example (published, jsonld:datePublished)."""

    field: str
    source: str


@dataclass(frozen=True, slots=True)
class Dated:
    """One date with everything that is known about it.

    ``at`` is aware UTC (for day precision: the start of that day in ``zone``), ``local`` the same
    moment as the clock at the site showed it (naive), ``zone`` an IANA name or an offset such as
    ``+07:00``. ``conflict`` is true if sources that should agree do not.
    """

    at: datetime
    local: datetime
    zone: str
    precision: Precision
    source: str  # jsonld, meta, time, feed, sitemap, url, text
    raw: str
    conflict: bool = False


@dataclass(slots=True, kw_only=True)
class Article:
    """One version of an article: a row of the table ``articles``, one field a column.

    Extraction fills what the page says, cleaning the text fields, dedup the keys and the cluster,
    the writer the run. Columns and their meaning: `newscrawl.schema.ARTICLES`.
    """

    # identity
    article_id: str = ""
    version_id: str = ""
    version: int = 1
    previous_version_id: str | None = None
    # addresses
    url: str = ""
    requested_url: str | None = None
    canonical_url: str = ""
    publisher_article_id: str | None = None
    # who published it
    site: str = ""
    host: str = ""
    publisher: str | None = None
    source_name: str | None = None
    source_kind: str | None = None
    origin_url: str | None = None
    country: str | None = None
    # language
    languages_declared: list[str] = field(default_factory=list)
    language: str | None = None
    language_score: float | None = None
    script: str | None = None
    # headline and credits
    title: str = ""
    kicker: str | None = None
    standfirst: str | None = None
    description: str | None = None
    dateline: str | None = None
    authors: list[str] = field(default_factory=list)
    byline_raw: str | None = None
    section: str | None = None
    tags: list[str] = field(default_factory=list)
    article_type: str | None = None
    access: str | None = None
    # dates
    published_at: datetime | None = None
    published_local: datetime | None = None
    published_zone: str | None = None
    published_precision: str | None = None
    published_source: str | None = None
    published_raw: str | None = None
    published_conflict: bool = False
    modified_at: datetime | None = None
    modified_local: datetime | None = None
    modified_zone: str | None = None
    modified_precision: str | None = None
    modified_source: str | None = None
    modified_raw: str | None = None
    modified_conflict: bool = False
    # text
    body: str = ""
    body_chars: int = 0
    paragraphs: int = 0
    removed: list[Removal] = field(default_factory=list)
    images: list[Image] = field(default_factory=list)
    content_hash: str = ""
    # story
    cluster_id: str = ""
    is_primary: bool = True
    duplicate_kind: str | None = None
    duplicate_of: str | None = None
    overlap: float | None = None
    # fetch
    first_seen_at: datetime | None = None
    fetched_at: datetime | None = None
    http_status: int | None = None
    etag: str | None = None
    last_modified: str | None = None
    raw_sha256: str | None = None
    warc_file: str | None = None
    warc_offset: int | None = None
    discovered_via: str = Via.LINK
    robots_directives: str | None = None
    rights: str | None = None
    # run
    run_id: str = ""
    spider: str = ""
    code_version: str = ""
    run_seq: int = 0
    # how far to trust it
    provenance: list[Provenance] = field(default_factory=list)
    quality_flags: list[str] = field(default_factory=list)
    schema_version: int = 2

    def set_published(self, date: Dated | None) -> None:
        """Fill the ``published_*`` fields, or leave them empty for None."""
        if date is not None:
            self.published_at, self.published_local = date.at, date.local
            self.published_zone, self.published_precision = date.zone, str(date.precision)
            self.published_source, self.published_raw = date.source, date.raw
            self.published_conflict = date.conflict

    def set_modified(self, date: Dated | None) -> None:
        """Fill the ``modified_*`` fields, or leave them empty for None."""
        if date is not None:
            self.modified_at, self.modified_local = date.at, date.local
            self.modified_zone, self.modified_precision = date.zone, str(date.precision)
            self.modified_source, self.modified_raw = date.source, date.raw
            self.modified_conflict = date.conflict

    def flag(self, name: str) -> None:
        """Add a quality flag once."""
        if name not in self.quality_flags:
            self.quality_flags.append(name)


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchRecord:
    """What became of one URL found in a run: a row of the table ``fetch_log``.

    ``state`` is stored, new_version, unchanged or refused; `newscrawl.schema.FETCH_LOG` says what
    each field means.
    """

    run_id: str
    site: str
    url: str
    state: str
    stage: str | None = None
    reason: str | None = None
    detail: str | None = None
    discovered_via: str
    source_url: str | None = None
    final_url: str | None = None
    status: int | None = None
    bytes: int | None = None
    found_at: datetime
    fetched_at: datetime | None = None
    seconds: float | None = None
    version_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RunRecord:
    """Counts and verdict of one site in one run: a row of the table ``runs``."""

    run_id: str
    site: str
    started_at: datetime
    finished_at: datetime
    verdict: str
    reason: str | None = None
    found: int = 0
    stored: int = 0
    new_versions: int = 0
    unchanged: int = 0
    refused: int = 0
    duplicates: int = 0
    requests: int = 0
    not_modified: int = 0
    bytes: int = 0
    errors: int = 0
    with_date: int = 0
    with_author: int = 0
    language: str | None = None
    newest_published_at: datetime | None = None
    config_hash: str
    code_version: str
    languages: str | None = None  # as in "en 12, km 3"
    refused_by_choice: int | None = None  # ours, the user's or the publisher's; None: not counted
    revisited: int | None = None
    gone: int | None = None
    sources_read: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterRecord:
    """Which story a version belongs to, and who said so: a row of the table ``clusters``."""

    version_id: str
    cluster_id: str
    is_primary: bool
    kind: str | None = None
    duplicate_of: str | None = None
    overlap: float | None = None
    assigned_at: datetime
    job_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TombstoneRecord:
    """What was taken down: a row of the table ``tombstones``."""

    article_id: str
    canonical_url: str
    taken_down_at: datetime
    reason: str | None = None
