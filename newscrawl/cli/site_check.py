"""The rules of a site on one page, and what to tell a person about them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from newscrawl.extract import decode, extract
from newscrawl.items import Page
from newscrawl.recorded import Case
from newscrawl.site import Site
from newscrawl.site_rules import Known, RuleFailure, check_rules


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found on one page."""

    page: str
    failures: tuple[RuleFailure, ...]
    rules: int  # how many the layout in force has

    def text(self) -> str:
        """Lines for a person."""
        if not self.failures:
            state = f"all {self.rules} rules hold" if self.rules else "the site has no rules"
            return f"{self.page}: {state}"
        lines = [f"{self.page}: {len(self.failures)} of {self.rules} rules no longer hold"]
        for failure in self.failures:
            lines.append(f"  {failure.rule} {failure.reason}")
            lines += [f"    rule: {selector}" for selector in failure.selectors]
            if failure.text:
                lines.append(f"    looked for: {failure.text[:100]}")
            if failure.nearest:
                lines.append(f"    now in: {failure.nearest}")
                lines.append(f"      {failure.nearest_text[:100]}")
            elif failure.text:
                lines.append("    no element of the page holds it")
        return "\n".join(lines)


def check_case(site: Site, case: Case) -> Finding:
    """The site's rules on a recorded page."""
    known = case.known()
    return _finding(site, f"{case.site}/{case.name}", case.url, case.html, known)


def check_page(site: Site, page: Page) -> Finding:
    """The site's rules on a live page; what it holds is learned without them."""
    plain = extract(page.body, page.url, fetched_at=page.fetched_at, headers=page.headers)
    known = Known.of(plain)
    html = decode(page.body, page.header("content-type")).text
    return _finding(site, page.url, page.url, html, known)


def _finding(site: Site, label: str, url: str, html: str, known: Known) -> Finding:
    failures: list[RuleFailure] = []
    rules = 0
    for key in ("article", "publisher_id"):
        pattern = getattr(site, key)
        if pattern is not None:
            rules += 1
            matches = re.match if key == "article" else re.search
            if not matches(pattern, url):
                failures.append(RuleFailure(key, (pattern,), "does not match the address", url))
    layout = site.layout_for(known.published)
    if layout is not None:
        rules += sum(
            bool(getattr(layout, key))
            for key in layout.__dataclass_fields__
            if key not in {"until", "exclude", "next_page"}
        )
    failures += check_rules(site, html, known)
    return Finding(label, tuple(failures), rules)
