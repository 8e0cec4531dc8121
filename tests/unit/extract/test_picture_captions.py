"""Captions and credits beside pictures, and where a site's layout points at them."""

from __future__ import annotations

from newscrawl.extract.dom import Document
from newscrawl.extract.images import read_images
from newscrawl.extract.structured import read_structured
from newscrawl.items import Image
from newscrawl.site import Layout

URL = "https://a.example/news/x"
PHOTO = '<img src="/i/bridge-at-dawn.jpg" alt="">'
AT = "https://a.example/i/bridge-at-dawn.jpg"


def _images(html: str, layout: Layout | None = None) -> list[Image]:
    document = Document.parse(f"<main><h1>The bridge</h1>{html}</main>", URL)
    body = next((i for i, a in enumerate(document.attrs) if a.get("class") == "text"), -1)
    headline = document.tags.index("h1")
    return read_images(document, read_structured(document), body, headline, layout)


def test_a_caption_line_beside_a_picture_without_a_figure() -> None:
    found = _images(
        f'<div class="featured">{PHOTO}<p class="img-title">bridge-at-dawn.jpg</p>'
        '<p class="img-caption">The bridge at dawn.</p></div><div class="text"><p>Text</p></div>'
    )
    assert found == [Image(AT, "The bridge at dawn.")]


def test_a_picture_above_the_text_without_a_caption_is_not_of_the_story() -> None:
    assert _images(f'<div>{PHOTO}</div><div class="text"><p>Text</p></div>') == []


def test_a_figure_called_a_thumbnail_right_above_the_text() -> None:
    figure = f'<figure class="post-thumbnail">{PHOTO}<figcaption>Dawn</figcaption></figure>'
    assert _images(f'{figure}<div class="text"><p>Text</p></div>') == [Image(AT, "Dawn")]
    assert _images(f'<div class="text"><p>Text</p></div>{figure}') == []
    card = f'<div class="teaser">{figure}</div><div class="text"><p>Text</p></div>'
    assert _images(card) == []


def test_the_caption_that_the_layout_points_at() -> None:
    layout = Layout(caption=(".none", "div.box h2"), credit=("div.box p",))
    html = (
        f'<img src="/i/other-picture.jpg"><div class="box">{PHOTO}<h2>The bridge at dawn.</h2>'
        '<p>Photo: Ana Cruz</p></div><div class="text"><p>Text</p></div>'
    )
    assert _images(html, layout) == [Image(AT, "The bridge at dawn.", "Photo: Ana Cruz")]
    assert _images(html) == []


def test_a_credit_inside_of_the_caption_is_taken_out() -> None:
    layout = Layout(caption=("figcaption",), credit=("figcaption span",))
    html = (
        f"<figure>{PHOTO}<figcaption><span>River News</span><br>The bridge at dawn.</figcaption>"
        '</figure><div class="text"><p>Text</p></div>'
    )
    assert _images(html, layout) == [Image(AT, "The bridge at dawn.", "River News")]
    # a line break parts words
    assert _images(html) == [Image(AT, "River News The bridge at dawn.")]


def test_a_caption_far_from_any_picture() -> None:
    layout = Layout(caption=("p.caption",))
    html = f'{PHOTO}{"<i></i>" * 80}<p class="caption">Alone</p><div class="text">Text</div>'
    assert _images(html, layout) == []
