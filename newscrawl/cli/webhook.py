"""A JSON POST that tells of a bad verdict. It is tried a few times and never fails the run."""

from __future__ import annotations

import http.client
import json
import socket
import ssl
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from newscrawl import __version__
from newscrawl.account import Judgement, Summary
from newscrawl.manners import AllowedAddresses, judge_address, judge_url

_TRIES = 4
_TIMEOUT_S = 10.0
_WAIT_S = 1.0
_MOST_SITES = 100


class WebhookError(Exception):
    """The message could not be delivered; the text says why."""


class _PassingError(Exception):
    """Worth another try."""


def message(summary: Summary) -> dict[str, Any]:
    """What is posted: ``text`` for people (chat services show it), the rest for machines."""
    bad = [r for r in summary.records if r.verdict != Judgement.OK]
    lines = [f"{r.site}: {r.verdict}" + (f", {r.reason}" if r.reason else "") for r in bad]
    head = f"newscrawl: {len(bad)} of {len(summary.records)} sites need a look"
    if summary.exit_code == 3:
        head = f"newscrawl: the output {summary.output} could not be written"
    return {
        "text": "\n".join([head, *lines[:_MOST_SITES]]),
        "run_id": summary.run_id,
        "exit_code": summary.exit_code,
        "output": summary.output,
        "started_at": summary.started_at.isoformat(),
        "finished_at": summary.finished_at.isoformat(),
        "sites": [
            {"site": r.site, "verdict": r.verdict, "reason": r.reason} for r in bad[:_MOST_SITES]
        ],
    }


def post(
    url: str,
    value: dict[str, Any],
    allowed: AllowedAddresses,
    *,
    sleep: Callable[[float], None] = time.sleep,
) -> None:
    """Deliver a message, through the same gate as every request of a crawl.

    The name is resolved once and the address that was judged is the one connected to. No redirect
    is followed. Network errors, 408, 425, 429 and 5xx are tried again after 1, 2 and 4 seconds.

    Raises:
        WebhookError: it was not delivered.
    """
    verdict = judge_url(url, allowed)
    if not verdict.allowed:
        raise WebhookError(f"the address may not be asked ({verdict.reason})")
    body = json.dumps(value, ensure_ascii=False).encode()
    for n in range(_TRIES):
        try:
            _post_once(url, body, allowed)
        except _PassingError as error:
            if n == _TRIES - 1:
                raise WebhookError(f"{error}, {_TRIES} times") from error
            sleep(_WAIT_S * 2**n)
        else:
            return


def _post_once(url: str, body: bytes, allowed: AllowedAddresses) -> None:
    parts = urlsplit(url)
    host, secure = parts.hostname or "", parts.scheme == "https"
    port = parts.port or (443 if secure else 80)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    address = _address(host, port, allowed)
    connection = http.client.HTTPConnection(host, port, timeout=_TIMEOUT_S)
    try:
        plain = socket.create_connection((address, port), timeout=_TIMEOUT_S)
        connection.sock = (
            ssl.create_default_context().wrap_socket(plain, server_hostname=host)
            if secure
            else plain
        )
        headers = {
            "Content-Type": "application/json",
            "User-Agent": f"newscrawl/{__version__}",
            "Connection": "close",
        }
        connection.request("POST", path, body, headers)
        status = connection.getresponse().status
    except ssl.SSLCertVerificationError as error:
        raise WebhookError(f"its certificate is not valid: {error.verify_message}") from error
    except (OSError, http.client.HTTPException) as error:
        raise _PassingError(f"it could not be reached ({error or type(error).__name__})") from error
    finally:
        connection.close()
    if status in {408, 425, 429} or status >= 500:
        raise _PassingError(f"it answered {status}")
    if not 200 <= status < 300:
        raise WebhookError(f"it answered {status}")


def _address(host: str, port: int, allowed: AllowedAddresses) -> str:
    """The first address of a host, all of which must be allowed."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise _PassingError(f"its name could not be resolved ({error})") from error
    literals = [str(entry[4][0]) for entry in found]
    for literal in literals:
        verdict = judge_address(literal, port, allowed)
        if not verdict.allowed:
            raise WebhookError(f"the address {literal} may not be asked ({verdict.reason})")
    return literals[0]
