"""The records of a WARC file (ISO 28500:2017, WARC 1.1) as values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

Headers = tuple[tuple[str, str], ...]  # (name, value), names as written


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record stands.

    ``offset`` is the byte in the file at which its gzip member begins (the record itself in a file
    without compression); ``within`` counts the records before it in the same member.
    """

    file: str
    offset: int
    within: int = 0


@dataclass(frozen=True, slots=True)
class WarcRecord:
    """A whole record. ``block`` is None where it is larger than the reader was told to keep."""

    place: Place
    type: str  # response, request, warcinfo, metadata, revisit, resource, conversion ...
    headers: Headers
    size: int  # bytes of the block
    block: bytes | None

    def header(self, name: str) -> str | None:
        """The first value of a field of the record's own header, or None."""
        return first_value(self.headers, name)

    @property
    def uri(self) -> str:
        """WARC-Target-URI without the angle brackets that WARC 1.0 writers put around it."""
        return (self.header("WARC-Target-URI") or "").strip("<> ")

    @property
    def date(self) -> datetime | None:
        """WARC-Date, aware; None where it is missing or not readable."""
        value = self.header("WARC-Date")
        try:
            at = datetime.fromisoformat(value) if value else None
        except ValueError:
            return None
        return at if at is not None and at.tzinfo is not None else None


@dataclass(frozen=True, slots=True)
class BrokenRecord:
    """Bytes that are no whole record, and why.

    ``reason`` is one of ``not_warc`` (the file does not begin with a record), ``truncated`` (the
    file ends within a record), ``bad_gzip`` (a member does not unpack), ``bad_header`` (no record
    where one should begin), ``bad_length`` (the block is not as long as its header says).
    """

    place: Place
    reason: str
    detail: str = ""


def first_value(headers: Headers, name: str) -> str | None:
    """The first value of a header, its name in any case; None if there is none."""
    name = name.lower()
    return next((value for key, value in headers if key.lower() == name), None)
