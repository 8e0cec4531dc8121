"""Which URLs and addresses may be contacted."""

from __future__ import annotations

from ipaddress import ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.manners import (
    PORTS,
    AllowedAddresses,
    BadUrl,
    authority_of,
    judge_address,
    judge_url,
    parse_ipv4,
    special_use,
)

SPECIAL = [
    "0.0.0.0", "0.255.255.255", "10.0.0.0", "10.255.255.255", "100.64.0.0", "100.127.255.255",
    "127.0.0.1", "127.255.255.255", "168.63.129.16", "169.254.0.0", "169.254.169.254",
    "172.16.0.0", "172.31.255.255", "192.0.0.0", "192.0.0.8", "192.0.0.9", "192.0.0.170",
    "192.0.2.1", "192.31.196.1", "192.52.193.1", "192.88.99.1", "192.168.0.0", "192.168.255.255",
    "192.175.48.1", "198.18.0.0", "198.19.255.255", "198.51.100.7", "203.0.113.7", "224.0.0.1",
    "239.255.255.250", "240.0.0.1", "255.255.255.255",
    "::", "::1", "::7f00:1", "::ffff:127.0.0.1", "::ffff:10.1.2.3", "::ffff:0:127.0.0.1",
    "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::1", "64:ff9b:1:ffff::8.8.8.8", "100::1",
    "100:0:0:1::1", "2001::1", "2001:0:1:2:3:4:5:6", "2001:2::1", "2001:3::1", "2001:4:112::1",
    "2001:10::1", "2001:20::1", "2001:2f::1", "2001:30::1", "2001:db8::1", "2002:7f00:1::",
    "2002:808:808::1", "2620:4f:8000::1", "3ffe::1", "3fff::1", "3fff:fff::1", "4000::1", "5f00::1",
    "fc00::1", "fd00:ec2::254", "fe80::1", "febf::1", "fec0::1", "ff02::1", "ff0e::1",
    "2606:4700::5efe:7f00:1", "2606:4700::200:5efe:a00:1",
]  # fmt: skip
PUBLIC = [
    "1.1.1.1", "8.8.8.8", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0",
    "126.255.255.255", "128.0.0.0", "169.253.255.255", "169.255.0.0", "172.15.255.255",
    "172.32.0.0", "191.255.255.255", "192.0.1.0", "192.0.3.0", "192.167.255.255", "192.169.0.0",
    "198.17.255.255", "198.20.0.0", "223.255.255.255",
    "2000::1", "2606:4700::1111", "2001:200::1", "2001:4860:4860::8888", "2003::1", "2a00::1",
    "3ffd::1", "::ffff:8.8.8.8", "64:ff9b::8.8.8.8", "2606:4700::5efe:808:808",
]  # fmt: skip


@pytest.mark.parametrize("literal", SPECIAL)
def test_special_addresses_are_refused(literal: str) -> None:
    verdict = judge_address(literal, 443)
    assert (verdict.allowed, verdict.reason) == (False, "forbidden_address"), literal
    url = f"http://[{literal}]/" if ":" in literal else f"http://{literal}/"
    assert judge_url(url).reason == "forbidden_address"


@pytest.mark.parametrize("literal", PUBLIC)
def test_public_addresses_are_allowed(literal: str) -> None:
    assert judge_address(literal, 443).allowed, literal
    url = f"http://[{literal}]/" if ":" in literal else f"http://{literal}/"
    assert judge_url(url).allowed


@given(st.integers(0, 2**32 - 1) | st.integers(0, 2**128 - 1))
def test_what_python_holds_private_is_never_public(number: int) -> None:
    address = ip_address(number)
    if not address.is_global and special_use(address) is None:
        # Python has no opinion on the carried address of NAT64; all else must agree.
        assert str(address).startswith("64:ff9b:")


@pytest.mark.parametrize(
    "host",
    [
        "127.1", "0x7f000001", "0x7f.1", "0177.0.0.1", "017700000001", "2130706433", "127.0.0.1.",
        "１２７.０.０.１", "127。0。0。1", "%31%32%37.0.0.1", "127.0.0.1%00.example.org", "0", "0x",
        "[::1]", "[::ffff:7f00:1]", "[0:0:0:0:0:ffff:127.0.0.1]", "ⓛocalhost", "LOCALHOST",
        "localhost.", "a.localhost", "intranet", "db.internal", "router.local", "x.lan",
        "metadata.google.internal", "kubernetes.default.svc", "1.in-addr.arpa", "256.1.1.1",
        "1.2.3.4.5", "example.org..",
        "[fe80::1%25eth0]", "[::1", "::1", "a b.example", "a..example", ".example", "-", "xn--a",
        "exa\x7fmple.org", "example.org|", "a" * 64 + ".example", "09.1.1.1",
    ],
)  # fmt: skip
def test_odd_hosts_are_refused(host: str) -> None:
    assert not judge_url(f"http://{host}/").allowed


@pytest.mark.parametrize(
    ("url", "reason", "detail"),
    [
        ("ftp://example.org/", "forbidden_scheme", None),
        ("FILE:/etc/passwd", "forbidden_scheme", None),
        ("http+unix://%2Fx/", "forbidden_scheme", None),
        ("//example.org/", "forbidden_scheme", None),
        ("", "forbidden_scheme", None),
        ("http://example.org@127.0.0.1/", "bad_url", "userinfo"),
        ("http://user:word@example.org/", "bad_url", "userinfo"),
        ("http://127.0.0.1#@example.org/", "forbidden_address", None),
        ("http:\\\\127.0.0.1\\", "bad_url", "ambiguous"),
        ("http:///127.0.0.1/", "bad_url", "ambiguous"),
        ("http://example.org\\@127.0.0.1/", "bad_url", "ambiguous"),
        ("ht\ntp://127.0.0.1/", "forbidden_address", None),
        ("http://example.org:22/", "forbidden_port", "22"),
        ("http://example.org:0/", "forbidden_port", "0"),
        ("http://example.org:65536/", "bad_url", "bad_port"),
        ("http://example.org:8o/", "bad_url", "bad_port"),
        ("http://" + "a" * 70_000, "bad_url", "too_long"),
        ("http://", "bad_url", "bad_host"),
    ],
)
def test_reasons(url: str, reason: str, detail: str | None) -> None:
    verdict = judge_url(url)
    assert verdict.reason == reason
    if detail is not None:
        assert verdict.detail == detail


@pytest.mark.parametrize(
    "url",
    [
        "https://www.example.org/a?b=c@d#e@f",
        "HTTP://EXAMPLE.ORG:8080/",
        "https://example.org:443/ข่าว",
        "https://ข่าว.ไทย/",
        "https://xn--o3cw4h.example/",
        "https://my_paper.example.org./x",
        "http://example.org:8443",
        " http://example.org/\n",
    ],
)
def test_ordinary_addresses_pass(url: str) -> None:
    assert judge_url(url).allowed, judge_url(url)


def test_authority() -> None:
    target = authority_of("https://ข่าว.ไทย:8443/x")
    assert (target.scheme, target.host, target.port, target.address) == (
        "https",
        "xn--22c8e6a1f.xn--o3cw4h",
        8443,
        None,
    )
    assert str(authority_of("http://0x7f.1/").address) == "127.0.0.1"
    with pytest.raises(BadUrl, match="userinfo"):
        authority_of("http://a@b/")


def test_exceptions_are_exact() -> None:
    allowed = AllowedAddresses.parse(["127.0.0.1:8800", "[::1]:8801"])
    assert judge_url("http://127.0.0.1:8800/", allowed).allowed
    assert judge_url("http://0x7f.1:8800/", allowed).allowed  # the same address
    assert judge_url("http://[::1]:8801/", allowed).allowed
    for url in (
        "http://127.0.0.1:8801/",
        "http://127.0.0.1/",
        "http://127.0.0.2:8800/",
        "http://[::1]:8800/",
        "http://10.0.0.1:8800/",
        "https://169.254.169.254:8800/",
    ):
        assert judge_url(url, allowed).reason == "forbidden_address", url
    # A name with that port is judged again after resolution, for each address.
    assert judge_url("http://site.test:8800/", allowed).allowed
    assert judge_address("127.0.0.1", 8800, allowed).allowed
    assert judge_address("::ffff:127.0.0.1", 8800, allowed).allowed
    assert not judge_address("127.0.0.1", 80, allowed).allowed
    assert not judge_address("10.0.0.1", 8800, allowed).allowed
    assert judge_address("8.8.8.8", 8800, allowed).reason == "forbidden_port"
    assert not judge_url("http://site.test:8802/", allowed).allowed


def test_exceptions_by_name() -> None:
    allowed = AllowedAddresses.parse(["localhost:9000"])
    assert judge_url("http://localhost:9000/", allowed).allowed
    assert judge_address("127.0.0.1", 9000, allowed).allowed
    assert judge_address("::1", 9000, allowed).allowed
    assert not judge_address("127.0.0.2", 9000, allowed).allowed
    assert not AllowedAddresses.parse([])


@pytest.mark.parametrize(
    "text", ["127.0.0.1", "127.0.0.1:", ":80", "127.0.0.1:x", "a b:80", "h:0", "h:70000"]
)
def test_exceptions_that_are_none(text: str) -> None:
    with pytest.raises(ValueError, match=r"HOST:PORT|1 to 65535"):
        AllowedAddresses.parse([text])


@given(st.text(max_size=60))
def test_any_text_gives_a_verdict(text: str) -> None:
    for url in (text, "http://" + text, "https://example.org" + text):
        verdict = judge_url(url)
        assert verdict.allowed or verdict.reason
        if verdict.allowed:
            assert authority_of(url).port in PORTS


@given(st.integers(0, 2**32 - 1), st.sampled_from(["dec", "hex", "oct", "two", "three"]))
def test_every_spelling_is_the_same_address(number: int, form: str) -> None:
    a, b, c = number >> 24, (number >> 16) & 255, (number >> 8) & 255
    text = {
        "dec": str(number),
        "hex": hex(number),
        "oct": f"0{number:o}",
        "two": f"{a}.{number & 0xFFFFFF:#x}",
        "three": f"{a:#x}.0{b:o}.{number & 0xFFFF}",
    }[form]
    assert parse_ipv4(text) == ip_address(number)
    assert parse_ipv4(f"{a}.{b}.{c}.{number & 255}.") == ip_address(number)
