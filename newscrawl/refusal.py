"""A request or item that is refused with a reason, as an exception Scrapy understands."""

from __future__ import annotations

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    DropItem,
    IgnoreRequest,
    ResponseDataLossError,
    UnsupportedURLSchemeError,
)

from newscrawl.items import Rejection, Stage


class Refused(IgnoreRequest):
    """Raised by a downloader middleware; reaches the errback of the request."""

    def __init__(self, stage: Stage, reason: str, detail: str = "") -> None:
        super().__init__(f"{stage}/{reason} {detail}".strip())
        self.stage, self.reason, self.detail = stage, reason, detail


class DroppedArticle(DropItem):
    """Raised by an item pipeline."""

    def __init__(self, stage: Stage, reason: str, detail: str = "") -> None:
        super().__init__(f"{stage}/{reason} {detail}".strip(), log_level="DEBUG")
        self.stage, self.reason, self.detail = stage, reason, detail


def dropped(rejection: Rejection) -> DroppedArticle:
    """A rejection as an exception of a pipeline."""
    return DroppedArticle(rejection.stage, rejection.reason, rejection.detail)


_REASONS: tuple[tuple[type[Exception], str], ...] = (
    (CannotResolveHostError, "dns"),
    (DownloadTimeoutError, "timeout"),
    (DownloadConnectionRefusedError, "connection_refused"),
    (DownloadCancelledError, "too_large"),
    (ResponseDataLossError, "truncated"),
    (UnsupportedURLSchemeError, "scheme"),
    (DownloadFailedError, "connection_lost"),
)


def reason_of(error: BaseException | None) -> tuple[Stage, str, str]:
    """Stage, reason and detail of a failed request."""
    if isinstance(error, Refused):
        return error.stage, error.reason, error.detail
    if isinstance(error, IgnoreRequest) and "redirect" in str(error):
        return Stage.FETCH, "redirect_loop", str(error)[:200]
    for type_, reason in _REASONS:
        if isinstance(error, type_):
            return Stage.FETCH, reason, str(error)[:200]
    return Stage.FETCH, "network", f"{type(error).__name__}: {error}"[:200]
