"""How the crawler behaves towards hosts: addresses, robots, back-off."""

from newscrawl.manners.addresses import parse_ipv4, parse_ipv6, special_use
from newscrawl.manners.backoff import HostBackoff, backoff_seconds
from newscrawl.manners.freshness import fresh_seconds
from newscrawl.manners.gate import PORTS, AllowedAddresses, judge_address, judge_url
from newscrawl.manners.hosts import Authority, BadUrl, authority_of
from newscrawl.manners.limits import LIMITS, Limits
from newscrawl.manners.retry_after import parse_retry_after
from newscrawl.manners.robots import RobotsPolicy
from newscrawl.manners.verdict import Verdict

__all__ = [
    "LIMITS",
    "PORTS",
    "AllowedAddresses",
    "Authority",
    "BadUrl",
    "HostBackoff",
    "Limits",
    "RobotsPolicy",
    "Verdict",
    "authority_of",
    "backoff_seconds",
    "fresh_seconds",
    "judge_address",
    "judge_url",
    "parse_ipv4",
    "parse_ipv6",
    "parse_retry_after",
    "special_use",
]
