"""Inline SVG plots without scripts; colours come from the page's style, so dark mode works."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from newscrawl.report.markup import Markup, element, fragment

_BAR, _GAP, _HEIGHT = 14, 4, 56


def day_bars(days: Sequence[tuple[date, int]], label: str) -> Markup:
    """Articles by day as bars; each says its day and count when pointed at."""
    most = max((count for _, count in days), default=0) or 1
    width = len(days) * (_BAR + _GAP)
    bars = []
    for n, (day, count) in enumerate(days):
        height = max(count / most * (_HEIGHT - 12), 1.5 if count else 0)
        title = element("title", f"{day:%a %d %b}: {count}")
        weekend = " weekend" if day.weekday() >= 5 else ""
        bars.append(
            element(
                "g",
                title,
                element(
                    "rect",
                    x=n * (_BAR + _GAP),
                    y=0,
                    width=_BAR + _GAP,
                    height=_HEIGHT,
                    class_="touch",
                ),
                element(
                    "rect",
                    x=n * (_BAR + _GAP) + _GAP / 2,
                    y=f"{_HEIGHT - height:.1f}",
                    width=_BAR,
                    height=f"{height:.1f}",
                    rx=2,
                    class_=f"bar{weekend}",
                ),
            )
        )
    base = element("line", x1=0, y1=_HEIGHT, x2=width, y2=_HEIGHT, class_="axis")
    return element(
        "svg",
        element("title", f"{label}: {', '.join(str(count) for _, count in days)}"),
        fragment(bars),
        base,
        viewBox=f"0 0 {width} {_HEIGHT + 1}",
        width=width,
        height=_HEIGHT + 1,
        role="img",
        class_="days",
    )


def meter(value: float | None, label: str, *, bad_below: float = 0.5) -> Markup:
    """A share as a filled bar with its number."""
    if value is None:
        return element("span", "-", class_="none")
    share = min(max(value, 0.0), 1.0)
    kind = "fill low" if share < bad_below else "fill"
    return element(
        "span",
        element(
            "svg",
            element("title", f"{label}: {share:.0%}"),
            element("rect", x=0, y=0, width=60, height=8, rx=4, class_="track"),
            element("rect", x=0, y=0, width=f"{60 * share:.1f}", height=8, rx=4, class_=kind),
            viewBox="0 0 60 8",
            width=60,
            height=8,
            role="img",
        ),
        f" {share:.0%}",
        class_="meter",
    )


def rank_bars(rows: Sequence[tuple[object, float, str]]) -> Markup:
    """Rows of (label, length, number as text), as bars beside their labels."""
    most = max((length for _, length, _ in rows), default=0.0) or 1.0
    lines = [
        element(
            "div",
            element("span", label, class_="label"),
            element(
                "svg",
                element("rect", x=0, y=1, width=f"{length / most * 100:.2f}", height=8, rx=1,
                        class_="bar"),
                viewBox="0 0 100 10",
                preserveAspectRatio="none",
                class_="rank",
                aria_hidden="true",
            ),
            element("span", number, class_="number"),
            class_="row",
        )
        for label, length, number in rows
    ]  # fmt: skip
    return element("div", fragment(lines), class_="ranks")
