"""Web archives: what was asked and answered, kept in WARC files, and read from any such file."""

from newscrawl.archive.archive import Archive, archive_folder
from newscrawl.archive.content_coding import CodingError, codings, unpack, unpack_layers
from newscrawl.archive.exchange import BadMessage, Exchange, HttpHead, read_body, read_head
from newscrawl.archive.page_note import CONTENT_TYPE as NOTE_TYPE
from newscrawl.archive.page_note import PageNote, read_note
from newscrawl.archive.records import BrokenRecord, Place, WarcRecord
from newscrawl.archive.warc_reader import WarcReader, read_at
from newscrawl.archive.warc_writer import SUFFIX, ArchiveUnwritable, WarcWriter, mend

__all__ = [
    "NOTE_TYPE",
    "SUFFIX",
    "Archive",
    "ArchiveUnwritable",
    "BadMessage",
    "BrokenRecord",
    "CodingError",
    "Exchange",
    "HttpHead",
    "PageNote",
    "Place",
    "WarcReader",
    "WarcRecord",
    "WarcWriter",
    "archive_folder",
    "codings",
    "mend",
    "read_at",
    "read_body",
    "read_head",
    "read_note",
    "unpack",
    "unpack_layers",
]
