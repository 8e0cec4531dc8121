"""Nothing that a site sends can act on a terminal or forge a log line."""

from __future__ import annotations

import logging

from newscrawl.extensions.logformat import SafeFormatter, printable


def test_control_characters_are_shown() -> None:
    assert printable("\x1b]0;owned\x07\x9b31m\u202e") == "\\x1b]0;owned\\x07\\x9b31m\\u202e"
    assert printable("ភាសាខ្មែរ \u200bok\tx") == "ភាសាខ្មែរ \u200bok\tx"


def test_a_message_stays_one_line() -> None:
    record = logging.LogRecord(
        "x", logging.INFO, "f", 1, "Crawled %s", ("a\nCRITICAL forged\r\x1b[2J",), None
    )
    line = SafeFormatter("%(levelname)s %(message)s").format(record)
    assert line == "INFO Crawled a\\nCRITICAL forged\\r\\x1b[2J"
