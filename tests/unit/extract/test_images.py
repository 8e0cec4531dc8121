"""Pictures with caption, credit and size."""

from __future__ import annotations

from newscrawl.extract.dom import Document
from newscrawl.extract.images import MAX_IMAGES, read_images
from newscrawl.extract.structured import read_structured
from newscrawl.items import Image

URL = "https://a.example/news/x"


def _images(html: str) -> list[Image]:
    document = Document.parse(html, URL)
    body = next((i for i, t in enumerate(document.tags) if t == "article"), -1)
    return read_images(document, read_structured(document), body)


def test_caption_and_credit_of_a_figure() -> None:
    html = (
        '<article><figure><img src="/i/bridge-at-dawn.jpg" width="800" height="450">'
        '<figcaption>The bridge at dawn. <span class="photo-credit">Heng Chivoan</span>'
        "</figcaption></figure><p>Text</p></article>"
    )
    assert _images(html) == [
        Image("https://a.example/i/bridge-at-dawn.jpg", "The bridge at dawn.", "Heng Chivoan",
              800, 450)
    ]  # fmt: skip


def test_data_and_figure_of_one_picture_are_joined() -> None:
    html = (
        '<meta property="og:image" content="https://a.example/i/bridge-at-dawn-1200x630.jpg">'
        '<meta property="og:image:width" content="1200"><article><figure>'
        '<img data-src="/i/bridge-at-dawn.jpg" src="data:image/gif;base64,R0"><figcaption>Dawn'
        "</figcaption></figure><p>Text</p></article>"
    )
    found = _images(html)
    assert len(found) == 1
    assert found[0].caption == "Dawn"
    assert found[0].width == 1200


def test_icons_avatars_and_teasers_are_no_pictures_of_the_story() -> None:
    html = (
        '<header><img src="/logo.png"></header><article><img src="/i/pixel.gif" width=1 height=1>'
        '<img src="/i/share-icon.svg"><img src="/i/author-avatar.png"><p>Text</p>'
        '<div class="related-posts"><figure><img src="/i/other-story-photo.jpg"></figure></div>'
        "</article>"
    )
    assert _images(html) == []


def test_json_ld_of_any_shape() -> None:
    html = (
        '<script type="application/ld+json">{"@type":"NewsArticle","headline":"x","image":[{"url":'
        '["https://a.example/i/first-photo.jpg",{"url":"/i/second-photo.jpg"}]},"/i/third-photo.jpg"'
        ',{"@type":"ImageObject","url":"/i/fourth-photo.jpg","width":"640 px","caption":"Four",'
        '"creditText":"AFP"},7,null,"javascript:alert(1)"]}</script>'
    )
    found = _images(html)
    assert [image.url.rsplit("/", 1)[1].split("-")[0] for image in found] == [
        "first", "second", "third", "fourth",
    ]  # fmt: skip
    assert found[3] == Image("https://a.example/i/fourth-photo.jpg", "Four", "AFP", 640, None)


def test_there_is_a_limit() -> None:
    pictures = "".join(f'<img src="/i/photo-number-{n}.jpg">' for n in range(500))
    assert len(_images(f"<article>{pictures}</article>")) == MAX_IMAGES
