"""How long an answer may be used without asking again."""

from __future__ import annotations

import pytest

from newscrawl.manners import fresh_seconds


@pytest.mark.parametrize(
    ("cache_control", "age", "seconds"),
    [
        (None, None, 86_400),
        ("", "500", 86_400),
        ("public", None, 86_400),
        ("max-age=300", None, 300),
        ("public, MAX-AGE = 300", None, 300),
        ('max-age="300"', "100", 200),
        ("max-age=300", "400", 0),
        ("max-age=300", "nonsense", 300),
        ("max-age=99999999999999999999", None, 86_400),
        ("max-age=-1", None, 86_400),
        ("max-age=x", None, 86_400),
        ("s-maxage=5", None, 86_400),  # for shared caches, which this is none of
        ("no-cache", None, 0),
        ("private, No-Store, max-age=600", None, 0),
        ("max-age=600, max-age=60", None, 60),
        (", ,=,;" * 1000, None, 86_400),
    ],
)
def test_cache_control(cache_control: str | None, age: str | None, seconds: float) -> None:
    assert fresh_seconds(cache_control, age, 86_400) == seconds
