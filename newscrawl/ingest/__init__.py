"""The pipeline over WARC files: the same cores as a crawl, without Scrapy and without requests."""

from newscrawl.ingest.files import FileProgress
from newscrawl.ingest.hosts import HostSites
from newscrawl.ingest.ingestion import Ingestion, IngestOptions
from newscrawl.ingest.sifting import Sifted, Sifter

__all__ = ["FileProgress", "HostSites", "IngestOptions", "Ingestion", "Sifted", "Sifter"]
