"""Missing pages cost their own part of a site, and the rest only when nothing else is there."""

from __future__ import annotations

from newscrawl.missing import IN_A_ROW, IN_ALL, MissingPages


def test_a_dead_part_is_left_and_the_rest_is_not() -> None:
    missing = MissingPages()
    for n in range(IN_A_ROW):
        assert not missing.near("https://a.test/dead/x.html")
        missing.note(f"https://a.test/dead/{n}.html", missing=True)
    assert missing.near("https://a.test/dead/x.html")
    assert not missing.near("https://a.test/news/x.html")
    missing.note("https://a.test/news/x.html", missing=False)
    assert missing.near("https://a.test/dead/y.html")


def test_one_that_is_there_begins_the_count_anew() -> None:
    missing = MissingPages()
    for n in range(IN_A_ROW - 1):
        missing.note(f"https://a.test/news/{n}.html", missing=True)
    missing.note("https://a.test/news/x.html", missing=False)
    missing.note("https://a.test/news/y.html", missing=True)
    assert not missing.near("https://a.test/news/z.html")


def test_a_site_of_many_dead_parts_is_left_as_a_whole() -> None:
    missing = MissingPages()
    for n in range(IN_ALL):
        missing.note(f"https://a.test/{n}/x.html", missing=True)
    assert missing.everywhere
    assert missing.near("https://a.test/news/x.html")
    assert not MissingPages().near("http://[bad")
