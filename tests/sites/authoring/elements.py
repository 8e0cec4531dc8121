"""Elements from CSS selectors: the markup that a selector is known to match."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from itertools import pairwise

_STEP = re.compile(r"\s*>\s*|\s+")
_PART = re.compile(
    r"(?P<tag>^[a-z][a-z0-9]*)|\#(?P<id>[\w-]+)|\.(?P<cls>[\w-]+)"
    r"|\[(?P<attr>[\w-]+)(?:(?P<op>[~^*$|]?=)[\"']?(?P<value>[^\"'\]]*)[\"']?)?\]"
    r"|:not\([^)]*\)|:nth-of-type\(\d+\)"
)
_INSIDE = {"ul": "li", "table": "tr"}


@dataclass(slots=True)
class Element:
    tag: str
    attrs: dict[str, str] = field(default_factory=dict)
    children: list[Element | str] = field(default_factory=list)

    def render(self) -> str:
        attrs = "".join(f' {k}="{html.escape(v)}"' for k, v in self.attrs.items())
        if self.tag in {"meta", "img", "br", "link"}:
            return f"<{self.tag}{attrs}>"
        inner = "".join(
            child if isinstance(child, str) else child.render() for child in self.children
        )
        line = "\n" if self.tag in {"p", "h1", "h2", "div", "section", "article", "ul"} else ""
        return f"<{self.tag}{attrs}>{inner}</{self.tag}>{line}"


def step(selector: str, tag: str = "div") -> Element:
    """The element that one compound selector (``div.story[itemprop=x]``) matches."""
    element = Element(tag)
    classes: list[str] = []
    for part in _PART.finditer(selector):
        if part["tag"]:
            element.tag = part["tag"]
        elif part["id"]:
            element.attrs["id"] = part["id"]
        elif part["cls"]:
            classes.append(part["cls"])
        elif part["attr"]:
            value = part["value"] or ""
            if part["op"] == "^=" and part["attr"] == "id":
                value += "7041"
            element.attrs[part["attr"]] = value
    if classes:
        element.attrs["class"] = " ".join(classes)
    return element


def path(selector: str, last_tag: str = "div") -> list[Element]:
    """The nested elements of a selector, outermost first; of ``a, b`` those of ``a``."""
    first = selector.split(",")[0].strip()
    steps = [s for s in _STEP.split(first) if s]
    made = [step(s) for s in steps[:-1]] + [step(steps[-1], last_tag)]
    for outer, inner in pairwise(made):
        if outer.tag == "div" and inner.tag == "li":
            outer.tag = "ul"
    if made[0].tag in {"li", "td"}:
        made.insert(0, Element(next(k for k, v in _INSIDE.items() if v == made[0].tag)))
    return made


def place(root: Element, elements: list[Element]) -> Element:
    """Hang a path into a tree, in the newest elements that fit it; returns the innermost."""
    current = root
    for index, element in enumerate(elements):
        newest = current.children[-1] if current.children else None
        is_last = index == len(elements) - 1
        if (
            not is_last
            and isinstance(newest, Element)
            and newest.tag == element.tag
            and newest.attrs == element.attrs
        ):
            current = newest
            continue
        current.children.append(element)
        current = element
    return current
