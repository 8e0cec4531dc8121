"""The archive of a run: every answer with its request, in WARC files of the run's own."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from newscrawl.archive.exchange import Exchange
from newscrawl.archive.page_note import CONTENT_TYPE, NOTE_OF, PageNote
from newscrawl.archive.records import Headers, Place
from newscrawl.archive.warc_writer import (
    MAX_BYTES,
    ArchiveUnwritable,
    WarcWriter,
    digest,
    mend,
    new_record_id,
)


def archive_folder(output: str | Path, state_dir: Path) -> Path:
    """Where the archive of an output is: beside its tables, or with the state if those are remote.

    ``output`` is a folder or URL; WARC files are appended to, which object stores cannot do.
    """
    where = str(output)
    if "://" in where and not where.startswith("file://"):
        return state_dir / "archive"
    return Path(where.removeprefix("file://")) / "archive"


class Archive:
    """Keeps exchanges in ``folder``; a file a run, more where it grows past ``max_bytes``.

    Raises `ArchiveUnwritable` if files that a dead writer left cannot be mended.
    """

    def __init__(
        self, folder: Path, run_id: str, *, software: str, max_bytes: int = MAX_BYTES
    ) -> None:
        try:
            self.mended = mend(folder)
        except OSError as error:
            raise ArchiveUnwritable(str(folder), error.strerror or str(error)) from error
        self._writer = WarcWriter(folder, run_id, software=software, max_bytes=max_bytes)

    def keep(self, exchange: Exchange, at: datetime, note: PageNote | None = None) -> Place:
        """Append request, note and response; the place of the response.

        On disk only after `sync`. Raises `ArchiveUnwritable`.
        """
        writer = self._writer
        writer.begin(at)
        response_id = new_record_id()
        together: Headers = (("WARC-Concurrent-To", response_id),)
        writer.write(
            "request",
            exchange.request_block(),
            at,
            uri=exchange.url,
            content_type="application/http; msgtype=request",
            headers=together,
        )
        if note is not None:
            writer.write(
                "metadata",
                note.to_bytes(),
                at,
                # not the page's own address, under which replay would find the note for the page
                uri=NOTE_OF + exchange.url,
                content_type=CONTENT_TYPE,
                headers=together,
            )
        headers: Headers = (("WARC-Payload-Digest", digest(exchange.body)),)
        if exchange.address:
            headers = (("WARC-IP-Address", exchange.address), *headers)
        return writer.write(
            "response",
            exchange.response_head() + exchange.body,
            at,
            uri=exchange.url,
            content_type="application/http; msgtype=response",
            record_id=response_id,
            headers=headers,
        )

    def sync(self) -> None:
        """Force what was kept to disk. Raises `ArchiveUnwritable`."""
        self._writer.sync()

    def close(self) -> None:
        """Sync and close. Raises `ArchiveUnwritable`."""
        self._writer.close()
