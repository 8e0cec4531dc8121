"""The tables: one list of columns each, from which everything else is made.

The Arrow schema, the Delta ``schemaString``, the documentation of columns and the record
`newscrawl.items.Article` are all held equal to these lists by tests. Evolution is additive: a
column may be added (nullable, or a list) with a new ``SCHEMA_VERSION``, never changed or dropped.
Types are limited to those every reader has: no unsigned, int16, UUID, binary or map.
"""

from __future__ import annotations

from dataclasses import dataclass

import pyarrow as pa

SCHEMA_VERSION = 2

INSTANT = pa.timestamp("us", tz="UTC")
WALL_CLOCK = pa.timestamp("us")
TEXTS = pa.list_(pa.field("element", pa.string(), nullable=False))


@dataclass(frozen=True, slots=True)
class Column:
    """One column: Arrow type, whether null is allowed, and what it means."""

    name: str
    type: pa.DataType
    doc: str
    nullable: bool = True


@dataclass(frozen=True, slots=True)
class Table:
    """One table of the dataset.

    ``key`` names the columns that identify a row, ``partition`` a column that stands in the path
    only (Hive style) and not in the files.
    """

    name: str
    doc: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    partition: str | None = None

    @property
    def arrow(self) -> pa.Schema:
        """The schema of the data files."""
        return pa.schema([pa.field(c.name, c.type, nullable=c.nullable) for c in self.columns])


def _records(*fields: tuple[str, pa.DataType, bool]) -> pa.DataType:
    struct = pa.struct([pa.field(name, type_, nullable=null) for name, type_, null in fields])
    return pa.list_(pa.field("element", struct, nullable=False))


def _required(name: str, type_: pa.DataType, doc: str) -> Column:
    return Column(name, type_, doc, nullable=False)


def _dated(prefix: str, what: str) -> tuple[Column, ...]:
    return (
        Column(f"{prefix}_at", INSTANT, f"when it was {what}, UTC; null if unknown, never the crawl"
               " time; start of the local day if only the day is known"),
        Column(f"{prefix}_local", WALL_CLOCK, "the same moment on the site's clock"),
        Column(f"{prefix}_zone", pa.string(), "IANA zone or offset used"),
        Column(f"{prefix}_precision", pa.string(), "day, minute or second"),
        Column(f"{prefix}_source", pa.string(), "jsonld, meta, time, feed, sitemap, url or text"),
        Column(f"{prefix}_raw", pa.string(), "the date as written there"),
        _required(f"{prefix}_conflict", pa.bool_(), "sources of the page disagree"),
    )  # fmt: skip


IMAGES = _records(
    ("url", pa.string(), False),
    ("caption", pa.string(), True),
    ("credit", pa.string(), True),
    ("width", pa.int32(), True),
    ("height", pa.int32(), True),
)
REMOVALS = _records(
    ("text", pa.string(), False), ("reason", pa.string(), False), ("position", pa.int32(), False)
)
PROVENANCE = _records(("field", pa.string(), False), ("source", pa.string(), False))

ARTICLES = Table(
    "articles",
    "One row a version of an article, append-only.",
    (
        _required("article_id", pa.string(), "32 hex digits of site and canonical URL or the"
                  " publisher's id; the same over all versions"),
        _required("version_id", pa.string(), "32 hex digits of article_id, content_hash and title;"
                  " unique"),
        _required("version", pa.int32(), "1 for the first version seen, then 2, ..."),
        Column("previous_version_id", pa.string(), "the version before this one"),
        _required("url", pa.string(), "address after redirects"),
        Column("requested_url", pa.string(), "address asked for, if different"),
        _required("canonical_url", pa.string(), "declared canonical address if valid, else ours"),
        Column("publisher_article_id", pa.string(), "the publisher's own id"),
        _required("site", pa.string(), "registry name, or the host of an unregistered site"),
        _required("host", pa.string(), "host that served the page"),
        Column("publisher", pa.string(), "the publication"),
        Column("source_name", pa.string(), "paper or agency the story is credited to"),
        Column("source_kind", pa.string(), "own, partner, agency or press_release"),
        Column("origin_url", pa.string(), "where the story first stood, if the page says so"),
        Column("country", pa.string(), "ISO 3166 code of the publisher's country"),
        _required("languages_declared", TEXTS, "BCP 47 tags that the page declares"),
        Column("language", pa.string(), "language of the text, detected"),
        Column("language_score", pa.float32(), "0 to 1"),
        Column("script", pa.string(), "ISO 15924 code of the main script"),
        _required("title", pa.string(), "headline"),
        Column("kicker", pa.string(), "line above the headline"),
        Column("standfirst", pa.string(), "summary below the headline, as printed"),
        Column("description", pa.string(), "summary in the page's metadata"),
        Column("dateline", pa.string(), "place as printed before the first sentence"),
        _required("authors", TEXTS, "people, in the order of the byline"),
        Column("byline_raw", pa.string(), "the byline as printed"),
        Column("section", pa.string(), "section as named by the site"),
        _required("tags", TEXTS, "keywords as given by the site"),
        Column("article_type", pa.string(), "news, opinion, liveblog, gallery, press_release, ..."),
        Column("access", pa.string(), "free, metered, locked or unknown"),
        *_dated("published", "published"),
        *_dated("modified", "last changed"),
        _required("body", pa.string(), "text as the author wrote it, paragraphs parted by one"
                  " blank line; NFC, joiners kept"),
        _required("body_chars", pa.int32(), "characters of the body"),
        _required("paragraphs", pa.int32(), "paragraphs of the body"),
        _required("removed", REMOVALS, "what cleaning took out, in the order it was taken out; the"
                  " body can be restored from it"),
        _required("images", IMAGES, "pictures of the story"),
        _required("content_hash", pa.string(), "32 hex digits of the matching form of the body"),
        _required("cluster_id", pa.string(), "the story, as known when the row was written;"
                  " `clusters` has the last word"),
        _required("is_primary", pa.bool_(), "the story's first or originating copy"),
        Column("duplicate_kind", pa.string(), "same_url_version, exact, syndicated, contained or"
               " brief; null for a story of its own"),
        Column("duplicate_of", pa.string(), "version_id it matched best"),
        Column("overlap", pa.float32(), "share of the shorter text that stands in the other"),
        _required("first_seen_at", INSTANT, "when the URL was first found"),
        _required("fetched_at", INSTANT, "when this version was fetched"),
        Column("http_status", pa.int32(), "status of the answer"),
        Column("etag", pa.string(), "ETag of the answer"),
        Column("last_modified", pa.string(), "Last-Modified of the answer"),
        Column("raw_sha256", pa.string(), "SHA-256 of the page, 64 hex digits"),
        Column("warc_file", pa.string(), "archive file that holds the page"),
        Column("warc_offset", pa.int64(), "byte offset of the record in that file"),
        _required("discovered_via", pa.string(), "feed, news_sitemap, sitemap, section, api, link,"
                  " revisit (known, named by no source any more) or warc"),
        Column("robots_directives", pa.string(), "robots meta and X-Robots-Tag as seen"),
        Column("rights", pa.string(), "licence, copyright and TDM reservation as seen"),
        _required("run_id", pa.string(), "run that wrote the row"),
        _required("spider", pa.string(), "spider that read it"),
        _required("code_version", pa.string(), "version of newscrawl"),
        _required("run_seq", pa.int64(), "number of the row in its run"),
        _required("provenance", PROVENANCE, "which rule gave which field"),
        _required("quality_flags", TEXTS, "short_body, no_date, future_date, ...; of a later"
                  " version change_headline, change_body, change_correction, change_live_blog or"
                  " change_withdrawn"),
        _required("schema_version", pa.int32(), "version of this list"),
    ),
    key=("version_id",),
    partition="crawl_month",
)  # fmt: skip

CLUSTERS = Table(
    "clusters",
    "Which story a version belongs to; the row with the latest assigned_at wins.",
    (
        _required("version_id", pa.string(), "the version"),
        _required("cluster_id", pa.string(), "the story"),
        _required("is_primary", pa.bool_(), "the story's first or originating copy"),
        Column("kind", pa.string(), "as articles.duplicate_kind"),
        Column("duplicate_of", pa.string(), "version_id it matched best"),
        Column("overlap", pa.float32(), "as articles.overlap"),
        _required("assigned_at", INSTANT, "when it was assigned"),
        _required("job_id", pa.string(), "run or recluster job that assigned it"),
    ),
    key=("version_id", "assigned_at"),
)

FETCH_LOG = Table(
    "fetch_log",
    "One row a URL found in a run, with what became of it.",
    (
        _required("run_id", pa.string(), "the run"),
        _required("site", pa.string(), "registry name"),
        _required("url", pa.string(), "URL as found"),
        _required("state", pa.string(), "stored, new_version, unchanged or refused"),
        Column("stage", pa.string(), "for refused: discovery, gate, robots, fetch, extract,"
               " validate or write"),
        Column("reason", pa.string(), "for refused and unchanged: one stable word"),
        Column("detail", pa.string(), "for people"),
        _required("discovered_via", pa.string(), "as articles.discovered_via"),
        Column("source_url", pa.string(), "feed, sitemap or page it was found on"),
        Column("final_url", pa.string(), "after redirects, if different"),
        Column("status", pa.int32(), "HTTP status"),
        Column("bytes", pa.int64(), "bytes of the body"),
        _required("found_at", INSTANT, "when the URL was found"),
        Column("fetched_at", INSTANT, "when the answer was complete"),
        Column("seconds", pa.float32(), "from request to complete answer"),
        Column("version_id", pa.string(), "for stored and new_version: the row in articles"),
    ),
    key=("run_id", "site", "url"),
    partition="crawl_month",
)  # fmt: skip

RUNS = Table(
    "runs",
    "One row a site and run: counts and verdict.",
    (
        _required("run_id", pa.string(), "the run"),
        _required("site", pa.string(), "registry name"),
        _required("started_at", INSTANT, "start of the run"),
        _required("finished_at", INSTANT, "end of the site's crawl"),
        _required("verdict", pa.string(), "ok, failed, silent, degraded, held or stopped"),
        Column("reason", pa.string(), "why the verdict is not ok"),
        _required("found", pa.int64(), "URLs found"),
        _required("stored", pa.int64(), "new articles"),
        _required("new_versions", pa.int64(), "new versions of known articles"),
        _required("unchanged", pa.int64(), "known and unchanged"),
        _required("refused", pa.int64(), "refused with a reason"),
        _required("duplicates", pa.int64(), "stored rows linked to another copy"),
        _required("requests", pa.int64(), "requests sent"),
        _required("not_modified", pa.int64(), "answers 304"),
        _required("bytes", pa.int64(), "bytes received"),
        _required("errors", pa.int64(), "errors logged"),
        _required("with_date", pa.int64(), "stored rows with a publication date"),
        _required("with_author", pa.int64(), "stored rows with an author"),
        Column("language", pa.string(), "commonest language of the stored rows"),
        Column("newest_published_at", INSTANT, "latest publication date stored"),
        _required("config_hash", pa.string(), "hash of the site record and settings in force"),
        _required("code_version", pa.string(), "version of newscrawl"),
        Column("languages", pa.string(), "stored rows by language, commonest first: en 12, km 3"),
        Column("refused_by_choice", pa.int64(), "of refused: for what newscrawl, its user or the"
               " publisher chose (robots.txt, other sites' pages, not an article, out of the"
               " window, limits, taken down, gone); the rest is trouble"),
        Column("revisited", pa.int64(), "of found: known articles looked at again by plan though no"
               " source named them"),
        Column("gone", pa.int64(), "of refused: articles stored before that were asked for and"
               " answered 404 or 410"),
        Column("sources_read", pa.int64(), "feeds, sitemaps and listings that answered, 304"
               " included"),
    ),
    key=("run_id", "site"),
)  # fmt: skip

TOMBSTONES = Table(
    "tombstones",
    "What was taken down: the address stays known, the text is gone.",
    (
        _required("article_id", pa.string(), "the article"),
        _required("canonical_url", pa.string(), "its address"),
        _required("taken_down_at", INSTANT, "when it was taken down"),
        Column("reason", pa.string(), "as given to the command"),
    ),
    key=("article_id",),
)

TABLES = {table.name: table for table in (ARTICLES, CLUSTERS, FETCH_LOG, RUNS, TOMBSTONES)}
