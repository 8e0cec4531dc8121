"""news-please's extraction over a WARC file, writing JSON lines; for `speed.py`.

Runs in an environment of its own, without newscrawl: ``python news_please.py FILE.warc.gz``.
"""

from __future__ import annotations

import json
import logging
import resource
import sys
import tempfile
import time
import warnings

warnings.simplefilter("ignore")

from newsplease import NewsPlease  # noqa: E402 - it warns when it is imported
from warcio.archiveiterator import ArchiveIterator  # noqa: E402


def cpu() -> float:
    """CPU seconds of this process."""
    return sum(resource.getrusage(resource.RUSAGE_SELF)[:2])


def main() -> None:
    """Run the command."""
    logging.disable(logging.CRITICAL)
    print("ready", flush=True)
    sys.stdin.readline()
    began, wall, count = cpu(), time.monotonic(), 0
    with (
        open(sys.argv[1], "rb") as file,  # noqa: PTH123 - as its users write it
        tempfile.TemporaryFile("w", encoding="utf-8") as out,
    ):
        for record in ArchiveIterator(file):
            if record.rec_type != "response":
                continue
            body = record.content_stream().read()
            url = record.rec_headers.get_header("WARC-Target-URI")
            try:
                row = NewsPlease.from_html(body, url=url).get_serializable_dict()
            except Exception as error:  # noqa: BLE001 - it does not take every page
                row = {"url": url, "error": type(error).__name__}
            out.write(json.dumps(row, ensure_ascii=True, default=str) + "\n")
            count += 1
    print(json.dumps({"rows": 0, "pages": count, "cpu": cpu() - began, "own": cpu(),
                      "parent": cpu() - began, "wall": time.monotonic() - wall}))  # fmt: skip


if __name__ == "__main__":
    main()
