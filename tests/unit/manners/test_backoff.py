"""Waiting after failures, Retry-After, and the circuit breaker."""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.manners import LIMITS, HostBackoff, Limits, backoff_seconds, parse_retry_after

NOW = datetime(2026, 11, 24, 12, 0, 0, tzinfo=UTC)


def test_waits_double_up_to_ten_minutes() -> None:
    assert [backoff_seconds(n, 1.0) for n in range(12)] == [
        0, 2, 4, 8, 16, 32, 64, 128, 256, 512, 600, 600,
    ]  # fmt: skip
    assert {backoff_seconds(n, 0.0) for n in range(1, 12)} == {1.0}
    assert backoff_seconds(10**9, 1.0) == 600


@given(st.integers(1, 200), st.floats(0, 1))
def test_jitter_stays_in_bounds(failures: int, random: float) -> None:
    assert 1.0 <= backoff_seconds(failures, random) <= LIMITS.backoff_seconds


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("0", 0.0),
        (" 120 ", 120.0),
        ("1.5", 1.5),
        ("99999999999", 86_400.0),
        ("Tue, 24 Nov 2026 12:01:30 GMT", 90.0),
        ("Tue, 24 Nov 2026 11:00:00 GMT", 0.0),
        ("Tuesday, 24-Nov-26 12:00:10 GMT", 10.0),
        ("Tue Nov 24 12:00:20 2026", 20.0),
        ("Tue, 24 Nov 2026 19:01:00 +0700", 60.0),
        ("Mon, 24 Nov 2036 12:00:00 GMT", 86_400.0),
        ("-5", None),
        ("soon", None),
        ("", None),
        (None, None),
        ("٣", None),
        ("Tue, 99 Nov 2026 12:00:00 GMT", None),
        ("9" * 5000, None),
    ],
)
def test_retry_after(value: str | None, seconds: float | None) -> None:
    assert parse_retry_after(value, NOW) == seconds


@given(st.text(max_size=80))
def test_any_retry_after_is_in_bounds(value: str) -> None:
    seconds = parse_retry_after(value, NOW)
    assert seconds is None or 0 <= seconds <= 86_400


def test_five_failures_defer_the_host() -> None:
    host = HostBackoff()
    waits = [host.failed(100.0 * n, 0.5) for n in range(5)]
    assert waits[:4] == [1.5, 2.5, 4.5, 8.5]
    assert waits[4] is None
    assert host.deferred == "host_failing"
    assert host.wait(1e9) is None


def test_a_good_answer_closes_the_circuit() -> None:
    host = HostBackoff()
    for n in range(20):
        assert host.failed(float(n), 0.0) is not None
        host.succeeded()
    assert host.failures == 0
    assert host.deferred == ""


def test_retry_after_is_obeyed_or_defers() -> None:
    host = HostBackoff()
    assert host.failed(10.0, 0.9, retry_after=4.0) == 4.0
    assert host.wait(10.0) == 4.0
    assert host.wait(13.5) == 0.5
    assert host.wait(20.0) == 0.0
    assert host.failed(20.0, 0.9, retry_after=601.0) is None
    assert host.deferred == "retry_after"


def test_a_later_shorter_wait_does_not_shorten_an_earlier() -> None:
    host = HostBackoff()
    host.failed(0.0, 0.0, retry_after=100.0)
    host.failed(1.0, 0.0, retry_after=2.0)
    assert host.wait(1.0) == 99.0


def test_limits_are_frozen_and_sane() -> None:
    with pytest.raises(FrozenInstanceError):
        LIMITS.page_bytes = 1  # type: ignore[misc]
    assert LIMITS.robots_bytes >= 500 * 1024  # RFC 9309
    assert all(getattr(LIMITS, name) > 0 for name in Limits.__slots__)
