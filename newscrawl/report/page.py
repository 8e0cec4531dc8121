"""The frame of all report pages: one file, no script, nothing loaded from elsewhere."""

from __future__ import annotations

from datetime import datetime, timedelta

from newscrawl.report.markup import Markup, element, fragment, text

# No script at all, styles of this file only, no request to anywhere: a title that got past the
# escaping could still do nothing.
_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none';"
    " img-src 'none'"
)
_STYLE = """
:root{--bg:#fbfaf8;--card:#fff;--ink:#1d1d1b;--soft:#6a6862;--line:#e3e0d9;--bar:#2f6f8f;
--weekend:#8fb4c4;--good:#2c7a4b;--warn:#a8620b;--bad:#b3261e;--track:#ece9e2;
color-scheme:light dark}
@media(prefers-color-scheme:dark){:root{--bg:#161615;--card:#1f1f1d;--ink:#e9e7e1;--soft:#9d9a92;
--line:#34332f;--bar:#6db3d1;--weekend:#3f6a7d;--good:#6cc58e;--warn:#e5a54b;--bad:#ff8a80;
--track:#34332f}}
*{box-sizing:border-box}
body{margin:0;background:var(--bg);color:var(--ink);font:16px/1.5 system-ui,-apple-system,
"Segoe UI","Noto Sans","Noto Sans Khmer","Noto Sans Thai","Noto Sans CJK SC",sans-serif}
main{max-width:72rem;margin:0 auto;padding:1.25rem 1rem 4rem}
h1{font-size:1.45rem;line-height:1.25;margin:.2rem 0}h2{font-size:1.1rem;margin:2.2rem 0 .6rem}
p{margin:.3rem 0}a{color:inherit;text-decoration-color:var(--soft);text-underline-offset:.15em}
.soft,.none{color:var(--soft)}.good{color:var(--good)}
.warn{color:var(--warn)}.bad{color:var(--bad)}
.verdict{font-weight:600;white-space:nowrap}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(7.5rem,1fr));gap:.6rem;
margin:1rem 0}
.tile{background:var(--card);border:1px solid var(--line);border-radius:.6rem;padding:.6rem .8rem}
.tile b{display:block;font-size:1.5rem;line-height:1.2;font-variant-numeric:tabular-nums}
.tile span{color:var(--soft);font-size:.85rem}
.look{list-style:none;padding:0;margin:.5rem 0}
.look li{background:var(--card);border:1px solid var(--line);border-left:4px solid var(--warn);
border-radius:.4rem;padding:.5rem .8rem;margin:.4rem 0;overflow-wrap:anywhere}
.look li.warn{color:inherit}.look li.bad{border-left-color:var(--bad);color:inherit}
.look li.good{border-left-color:var(--good);color:inherit}
.wide{overflow-x:auto;background:var(--card);border:1px solid var(--line);border-radius:.6rem}
time{white-space:nowrap}
table{border-collapse:collapse;width:100%;font-size:.92rem}
th,td{padding:.45rem .7rem;text-align:left;border-bottom:1px solid var(--line);
vertical-align:middle}
tr:last-child td{border-bottom:0}th{color:var(--soft);font-weight:500;white-space:nowrap}
td.n,th.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
td.t{min-width:14rem;overflow-wrap:anywhere}
svg{vertical-align:middle}.bar{fill:var(--bar)}.weekend{fill:var(--weekend)}.touch{fill:transparent}
.axis{stroke:var(--line)}.track{fill:var(--track)}.fill{fill:var(--good)}.fill.low{fill:var(--bad)}
.meter{white-space:nowrap;font-variant-numeric:tabular-nums}
svg.days{width:9rem;height:2rem}
.ranks{background:var(--card);border:1px solid var(--line);border-radius:.6rem;padding:.6rem .8rem}
.row{display:grid;grid-template-columns:minmax(9rem,22rem) 1fr auto;gap:.8rem;align-items:center;
padding:.15rem 0;font-size:.92rem}
.row .label{overflow-wrap:anywhere}.row .number{font-variant-numeric:tabular-nums}
svg.rank{width:100%;height:.8rem}
@media(max-width:40rem){.row{grid-template-columns:1fr auto}
.row svg.rank{grid-row:2;grid-column:1/3}
th,td{padding:.4rem .5rem}td.t{min-width:11rem}h1{font-size:1.25rem}}
@media print{body{background:#fff}.wide{overflow:visible}}
"""

_KINDS = {"ok": "good", "degraded": "warn", "stopped": "warn", "held": "warn"}


def page(title: str, *body: object) -> str:
    """A whole page."""
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=_POLICY),
        element("meta", name="viewport", content="width=device-width,initial-scale=1"),
        element("meta", name="referrer", content="no-referrer"),
        element("meta", name="robots", content="noindex"),
        element("title", title),
        Markup(f"<style>{_STYLE}</style>"),
    )
    whole = element("html", head, element("body", element("main", fragment(body))), lang="en")
    return f"<!DOCTYPE html>\n{whole}\n"


def verdict_word(verdict: str) -> Markup:
    """A verdict in its colour."""
    return element("span", verdict, class_=f"verdict {kind_of(verdict)}")


def kind_of(verdict: str) -> str:
    """good, warn or bad."""
    return _KINDS.get(verdict, "bad")


def tile(number: object, label: str) -> Markup:
    """A number that is read at a glance."""
    return element("div", element("b", number), element("span", label), class_="tile")


def table(heads: list[tuple[str, str]], rows: list[list[object]]) -> Markup:
    """A table; ``heads`` are (name, class of the column)."""
    head = [element("th", name, class_=kind or None, scope="col") for name, kind in heads]
    lines = [
        element(
            "tr",
            fragment(
                element("td", cell, class_=kind or None)
                for cell, (_, kind) in zip(row, heads, strict=True)
            ),
        )
        for row in rows
    ]
    return element(
        "div",
        element(
            "table",
            element("thead", element("tr", fragment(head))),
            element("tbody", fragment(lines)),
        ),
        class_="wide",
        tabindex=0,
    )


def moment(at: datetime | None) -> Markup:
    """An instant in UTC, or a dash."""
    if at is None:
        return element("span", "-", class_="none")
    return element("time", f"{at:%Y-%m-%d %H:%M}", datetime=at.isoformat())


def length(span: timedelta | None) -> Markup:
    """A length of time in its largest unit."""
    if span is None:
        return element("span", "-", class_="none")
    seconds = max(span.total_seconds(), 0.0)
    for limit, unit, name in ((90, 1, "s"), (5400, 60, "min"), (172800, 3600, "h")):
        if seconds < limit:
            return text(f"{seconds / unit:.0f} {name}")
    return text(f"{seconds / 86400:.0f} d")
