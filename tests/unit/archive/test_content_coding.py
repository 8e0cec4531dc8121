"""Whole or refused."""

from __future__ import annotations

import gzip
import time
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.archive import CodingError, unpack

TEXT = "ข่าวท้องถิ่น ".encode() * 200


@given(st.binary(max_size=5000))
def test_round_trip(body: bytes) -> None:
    assert unpack(gzip.compress(body), "gzip", 10_000) == body
    assert unpack(zlib.compress(body), "deflate", 10_000) == body


def test_members_and_padding() -> None:
    two = gzip.compress(TEXT) + gzip.compress(TEXT)
    assert unpack(two, "x-gzip", 100_000) == TEXT * 2
    assert unpack(gzip.compress(TEXT) + b"\0" * 40, "gzip", 100_000) == TEXT


def test_raw_deflate() -> None:
    packer = zlib.compressobj(wbits=-15)
    raw = packer.compress(TEXT) + packer.flush()
    assert unpack(raw, "deflate", 100_000) == TEXT


@pytest.mark.parametrize("cut", [11, 20, -9, -1])
def test_a_cut_stream_is_refused(cut: int) -> None:
    with pytest.raises(CodingError) as caught:
        unpack(gzip.compress(TEXT)[:cut], "gzip", 100_000)
    assert caught.value.reason == "truncated"


def test_a_bomb_stops_at_the_limit() -> None:
    bomb = gzip.compress(b"\0" * 50_000_000)
    with pytest.raises(CodingError) as caught:
        unpack(bomb, "gzip", 1_000_000)
    assert caught.value.reason == "too_large"


def test_what_is_no_gzip_is_refused() -> None:
    with pytest.raises(CodingError) as caught:
        unpack(b"<html>plain</html>", "gzip", 1000)
    assert caught.value.reason == "bad_encoding"


def test_a_damaged_second_member_is_no_padding() -> None:
    damaged = gzip.compress(TEXT) + gzip.compress(TEXT)[:-30]
    with pytest.raises(CodingError) as caught:
        unpack(damaged, "gzip", 100_000)
    assert caught.value.reason == "truncated"
    assert unpack(gzip.compress(TEXT) + b"no member", "gzip", 100_000) == TEXT


def test_members_without_end_are_refused_in_linear_time() -> None:
    empty = gzip.compress(b"", 1)
    began = time.process_time()
    with pytest.raises(CodingError) as caught:
        unpack(empty * 200_000, "gzip", 100_000)
    assert caught.value.reason == "bad_encoding"
    assert time.process_time() - began < 2


def test_the_beginning_of_a_bomb_is_kept() -> None:
    with pytest.raises(CodingError) as caught:
        unpack(gzip.compress(b"User-agent: *\n" + b" " * 1_000_000), "gzip", 1000)
    assert caught.value.begun.startswith(b"User-agent: *\n")
    assert len(caught.value.begun) == 1000
