"""Cleaning of one article: what belongs to the page leaves the body, and is kept in `removed`.

The order is that of the page: lines that are furniture wherever they stand, then the head (bylines,
file names, captions, dates), then the tail from the last line upwards (credits, prompts, link
lists), then the dateline and the credit at the two ends of what is left.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from newscrawl.clean.bylines import Bylines, byline_of, clean_authors
from newscrawl.clean.captions import is_file_name, split_caption
from newscrawl.clean.credits import Credit, credit_line, credit_tail, site_credit
from newscrawl.clean.datelines import (
    REACH,
    Dateline,
    bare_dateline,
    find_closing_dateline,
    find_dateline,
)
from newscrawl.clean.furniture import Zone, opens_link_list, shape_reason
from newscrawl.clean.learned import Furniture
from newscrawl.clean.markup import leaked_markup
from newscrawl.clean.removals import Cutter
from newscrawl.clean.sources import KnownSource, bare_source, known_source
from newscrawl.items import Article, Image
from newscrawl.site import Site
from newscrawl.text import matching

HEAD = 8  # paragraphs at most that can stand between headline and first sentence
TAIL = 40  # paragraphs looked at from the end


def clean(
    article: Article,
    site: Site | None = None,
    furniture: Furniture | None = None,
    *,
    keep: Collection[str] = (),
) -> Article:
    """The article with its text fields cleaned; the one passed in is not changed.

    ``keep`` names reasons of removal that shall not count: ``{"dateline"}`` leaves the dateline in
    the body, and fills the field all the same.

    `newscrawl.clean.restore(result.body, result.removed)` is the body as it was, with paragraphs
    parted by one blank line. A body that would be left empty is left as it is.
    """
    cutter = Cutter(article.body, article.removed)
    cleaning = _Cleaning(cutter, article, site, furniture, frozenset(keep))
    cleaning.run()
    result = replace(
        article,
        languages_declared=list(article.languages_declared),
        tags=list(article.tags),
        provenance=list(article.provenance),
        quality_flags=list(article.quality_flags),
        body=cutter.body,
        removed=cutter.removed,
        images=[_image(image) for image in article.images],
        authors=list(article.authors) or list(cleaning.people),
        byline_raw=article.byline_raw or cleaning.byline_raw,
        dateline=bare_dateline(article.dateline or "") or cleaning.dateline,
    )
    result.body_chars = len(result.body)
    result.paragraphs = len(cutter.paragraphs)
    _credit_source(result, site, cleaning)
    return result


class _Cleaning:
    """One run over the paragraphs of one article, and what was learned from what was removed."""

    def __init__(
        self,
        cutter: Cutter,
        article: Article,
        site: Site | None,
        furniture: Furniture | None,
        keep: frozenset[str],
    ) -> None:
        self.cutter = cutter
        self.keep = keep
        self.article = article
        self.site = site
        self.furniture = furniture
        self.country = site.country if site else article.country
        self.patterns = site.credits if site else ()
        self.boilerplate = tuple(p.casefold() for p in site.boilerplate) if site else ()
        self.sources: list[KnownSource] = []
        self.people: tuple[str, ...] = ()
        self.byline_raw: str | None = None
        self.dateline: str | None = None
        self.credited: str | None = None  # by a dateline, and not a known source
        self.names = {matching(name) for name in article.authors}
        self.title = matching(article.title)
        captions = [c for image in article.images if (c := image.caption)]
        credited = [f"{i.caption or ''} {i.credit}" for i in article.images if i.credit]
        self.captions = {matching(text) for text in (*captions, *credited)} - {""}

    def run(self) -> None:
        if not self.cutter.paragraphs:
            return
        self._markup()
        if "related" not in self.keep:
            self._link_list()
        self._lines()
        self._head()
        self._tail()
        self._ends()

    def _markup(self) -> None:
        for index, line in enumerate(self.cutter.paragraphs):
            for start, end in leaked_markup(line):
                if self.cutter.paragraphs[index].strip() != line[start:end].strip():
                    self.cutter.cut(index, start, end, "markup")

    # lines that may stand anywhere

    def _lines(self) -> None:
        paragraphs = self.cutter.paragraphs
        index = 0
        while index < len(paragraphs) and len(paragraphs) > 1:
            line = paragraphs[index]
            reason = self._line_reason(line) if len(line) <= 420 else None
            if reason is None or reason in self.keep:
                index += 1
                continue
            alone = reason == "related" and opens_link_list(line)
            self.cutter.drop(index, reason)
            # "Read also:" in the middle of a text, with the headline in a line of its own
            if alone and index < len(paragraphs) - 1 and _like_headline(paragraphs[index]):
                self.cutter.drop(index, reason)

    def _line_reason(self, line: str) -> str | None:
        if is_file_name(line):
            return "file_name"
        if self.boilerplate and line.casefold().startswith(self.boilerplate):
            return "boilerplate"
        if self.furniture is not None and self.furniture.is_furniture(line):
            return "learned"
        return shape_reason(line)

    # before the first sentence

    def _head(self) -> None:
        paragraphs = self.cutter.paragraphs
        headline = bool(self.title) and matching(paragraphs[0][:300]) == self.title
        first = int(headline)
        index = first
        for _ in range(HEAD):
            if index >= len(paragraphs) - 1 or index > first + 2:
                break
            line = paragraphs[index]
            repeated = line == self.article.standfirst and line in paragraphs[index + 1 :]
            reason = "standfirst" if repeated else self._head_reason(line)
            if reason is None or reason in self.keep:
                index += 1
            else:
                self.cutter.drop(index, reason)

    def _head_reason(self, line: str) -> str | None:
        # further down a picture's caption may be the text of a gallery
        if matching(line) in self.captions:
            return "caption"
        if len(line) > 160:
            return None
        if self.names and matching(line) in self.names:
            return "byline"
        if (found := byline_of(line, self.site)) is not None:
            self._byline(found, line)
            return "byline"
        source = self.article.source_name
        if source and matching(line) == matching(source):
            return "source"
        return shape_reason(line, Zone.HEAD)

    # after the last sentence

    def _tail(self) -> None:
        for _ in range(TAIL):
            paragraphs = self.cutter.paragraphs
            if len(paragraphs) < 2:
                return
            line = paragraphs[-1]
            credit = credit_line(line, self.country)
            if credit is None and self.patterns:
                own = site_credit(line, self.patterns, self.country)
                credit = own if own is not None and own.start == 0 else None
            if credit is not None:
                self._credit(credit)
            reason = "credit" if credit is not None else self._tail_reason(line)
            if reason is None or reason in self.keep:
                return
            self.cutter.drop(len(paragraphs) - 1, reason)

    def _tail_reason(self, line: str) -> str | None:
        if len(line) > 420:
            return None
        if len(line) <= 120:
            if self.names and matching(line) in self.names:
                return "byline"
            if (found := byline_of(line, self.site)) is not None:
                self._byline(found, line)
                return "byline"
        if opens_link_list(line):
            return "related"
        return shape_reason(line, Zone.TAIL)

    def _link_list(self) -> None:
        """Drop "Read also:" and all after it, if that is nothing but lines like headlines."""
        paragraphs = self.cutter.paragraphs
        start = max(1, len(paragraphs) - TAIL)
        for index in range(start, len(paragraphs)):
            if opens_link_list(paragraphs[index]):
                rest = paragraphs[index + 1 :]
                if all(_like_headline(line) or shape_reason(line, Zone.TAIL) for line in rest):
                    for _ in range(len(rest) + 1):
                        self.cutter.drop(len(self.cutter.paragraphs) - 1, "related")
                    return

    # the two ends of the story itself

    def _ends(self) -> None:
        if not self._dateline_alone():
            self._dateline_inside()
        self._closing()

    def _dateline_inside(self) -> None:
        paragraphs = self.cutter.paragraphs
        story = "\n".join(paragraphs)[:20_000]
        for index in range(min(3, len(paragraphs))):
            found = find_dateline(paragraphs[index], self.country, story=story)
            if found is not None and found.end < len(paragraphs[index]):
                self._dateline(found)
                if "dateline" not in self.keep:
                    self.cutter.cut_start(index, found.end, "dateline")
                break
            if not self._repeats_summary(paragraphs[index]):
                break

    def _dateline_alone(self) -> bool:
        """A dateline that a line break parts from the first sentence."""
        paragraphs = self.cutter.paragraphs
        at = int(bool(self.title) and matching(paragraphs[0][:300]) == self.title)
        if len(paragraphs) < at + 2 or len(paragraphs[at]) > REACH:
            return False
        found = find_dateline(f"{paragraphs[at]}\n{paragraphs[at + 1][:40]}", self.country)
        if found is None or found.place is None or found.end != len(paragraphs[at]) + 1:
            return False
        self._dateline(found)
        if "dateline" not in self.keep:
            self.cutter.drop(at, "dateline")
        return True

    def _closing(self) -> None:
        paragraphs = self.cutter.paragraphs
        last = len(paragraphs) - 1
        closing = find_closing_dateline(paragraphs[last])
        if closing is not None and closing.end > 0:
            self._dateline(closing)
            if "dateline" not in self.keep:
                self.cutter.cut_end(last, closing.end, "dateline")
        for _ in range(3):
            credit = credit_tail(paragraphs[last], self.country)
            if credit is None and self.patterns:
                credit = site_credit(paragraphs[last], self.patterns, self.country)
            if credit is None or credit.start == 0:
                return
            self._credit(credit)
            if "credit" in self.keep:
                return
            self.cutter.cut_end(last, credit.start, "credit")

    def _repeats_summary(self, paragraph: str) -> bool:
        start = paragraph[:100]
        summaries = (self.article.standfirst, self.article.description, self.article.title)
        return any(text is not None and text[:100] == start for text in summaries)

    # what removed text says

    def _byline(self, found: Bylines, line: str) -> None:
        if not self.people:
            self.people = found.people
            self.byline_raw = self.byline_raw or line
        self._named(found.agencies)

    def _credit(self, credit: Credit) -> None:
        self.sources += credit.sources
        if credit.people and not self.people:
            self.people = clean_authors(credit.people, self.site).people

    def _dateline(self, found: Dateline) -> None:
        self.dateline = self.dateline or found.place
        self.sources[:0] = found.sources
        self.credited = found.credited
        if found.authors and not self.people:
            self.people = clean_authors(found.authors, self.site).people

    def _named(self, names: Sequence[str]) -> None:
        self.sources += (s for name in names if (s := known_source(name, self.country)))


def _like_headline(line: str) -> bool:
    return len(line) <= 180 and "\n\n" not in line and line.rstrip()[-1:] not in ".。।။។"


def _image(image: Image) -> Image:
    """The image with the credit apart from the caption, and no file name for a caption."""
    caption = image.caption
    if caption is None or image.credit is not None:
        return image
    if is_file_name(caption):
        return replace(image, caption=None)
    caption, credit = split_caption(caption)
    return replace(image, caption=caption, credit=credit)


def _credit_source(article: Article, site: Site | None, cleaning: _Cleaning) -> None:
    """Fill ``source_name`` and ``source_kind`` from what the text credits, where they are empty.

    Of ``The Phnom Penh Post/ANN`` the paper is the source; the network only carried it.
    """
    country = cleaning.country
    article.source_name = article.source_name and bare_source(article.source_name)
    sources = list(cleaning.sources)
    if article.source_name is None and article.byline_raw:
        named = clean_authors([article.byline_raw], site).agencies
        sources += (s for name in named if (s := known_source(name, country)))
    if article.source_name is None and sources:
        first = next((s for s in sources if s.kind != "network"), sources[0])
        article.source_name = first.name
    if article.source_name is None and cleaning.credited:
        article.source_name, article.source_kind = cleaning.credited, "agency"
    if article.source_kind is None and article.source_name:
        article.source_kind = _kind(article, site, country)


def _kind(article: Article, site: Site | None, country: str | None) -> str:
    """own, agency, press_release, or partner: a source that is neither known nor the site."""
    name = article.source_name or ""
    source = known_source(name, country)
    own = {matching(site.title), matching(site.source_name or "")} if site else set()
    own.add(matching(article.publisher or ""))
    if site is not None and source is not None and source.site == site.name:
        return "own"
    if matching(name) in own:
        return "own"
    if source is not None and source.kind in {"agency", "press_release"}:
        return source.kind
    return "partner"
