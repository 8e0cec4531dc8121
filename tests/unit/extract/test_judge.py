"""Is it an article: walls, missing pages and indexes are none, a brief in Khmer is one."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from newscrawl.extract import extract_page, judge, page_of
from newscrawl.items import Candidate, Page, Via

AT = datetime(2026, 11, 10, tzinfo=UTC)
LOREM = "The council met on Tuesday and spoke about the bridge for most of the afternoon. "


def _reason(html: str, url: str = "https://daily.example/news/x-1", via: Via | None = None) -> str:
    page = page_of(html, url, AT)
    if via is not None:
        page = Page(
            page.url, page.requested_url, 200, page.headers, page.body, AT,
            Candidate(url=url, site="daily", via=via),
        )  # fmt: skip
    found = judge(extract_page(page), page)
    return found.reason if found else "article"


def _page(title: str, body: str, head: str = "") -> str:
    return f"<html><head><title>{title}</title>{head}</head><body>{body}</body></html>"


def test_a_story_is_an_article() -> None:
    text = "".join(f"<p>{LOREM * 3}</p>" for _ in range(5))
    assert (
        _reason(_page("Bridge opens", f"<h1>Bridge opens</h1><article>{text}</article>"))
        == "article"
    )


def test_a_short_brief_without_spaces_is_an_article() -> None:
    brief = "រដ្ឋាភិបាលបានប្រកាសបើកស្ពានថ្មីឆ្លងទន្លេសាបនៅព្រឹកថ្ងៃអង្គារនេះ ដើម្បីបម្រើដល់ប្រជាពលរដ្ឋ។"
    html = _page("បើកស្ពានថ្មី", f"<h1>បើកស្ពានថ្មី</h1><article><p>{brief}</p></article>")
    assert _reason(html) == "article"


@pytest.mark.parametrize(
    ("title", "html_class"),
    [
        ("404 - Page not found", ""),
        ("Page not found | Daily", ""),
        ("ไม่พบหน้าที่คุณต้องการ", ""),
        ("页面不存在", ""),
        ("Daily Example", "error404"),
    ],
)
def test_a_missing_page_of_any_length_is_none(title: str, html_class: str) -> None:
    text = "".join(f"<p>Sorry, what you look for is gone. {LOREM * 3}</p>" for _ in range(6))
    html = _page(title, f'<div class="x"><h1>{title}</h1>{text}</div>')
    assert _reason(html.replace("<body>", f'<body class="{html_class}">')) == "not_found"


def test_a_story_about_a_missing_page_is_an_article() -> None:
    text = "".join(f"<p>{LOREM * 3}</p>" for _ in range(5))
    head = '<meta property="og:type" content="article">'
    html = _page("Page not found: how 404 became a joke", f"<h1>Page not found</h1>{text}", head)
    assert _reason(html) == "article"


def test_a_consent_wall_is_none() -> None:
    text = (
        "<p>We and our partners use cookies to store and read data. Cookies help us to show"
        " content.</p><p>You can accept all cookies or choose which cookies you"
        " allow.</p>"
        "<button>Accept</button>"
    )
    html = _page("Before you continue", f"<h1>Your privacy and cookies</h1><main>{text}</main>")
    assert _reason(html) == "consent_wall"


def test_a_login_wall_is_none() -> None:
    html = _page("Sign in", "<h1>Sign in</h1><form><input type=email><input type=password></form>"
                 "<p>Sign in with your account to go on.</p>")  # fmt: skip
    assert _reason(html) == "login_wall"


def test_the_home_page_is_none() -> None:
    text = "".join(f"<p>{LOREM * 3}</p>" for _ in range(5))
    html = _page("Daily Example", f"<h1>Daily Example</h1>{text}")
    assert _reason(html, "https://daily.example/") == "home_page"
    assert _reason(html, "https://daily.example/index.html") == "home_page"


def test_a_list_of_teasers_is_none() -> None:
    teasers = "".join(
        f'<article class="card"><h2><a href="/news/{n}">Headline number {n} of the day</a></h2>'
        f"<p>A line about it.</p></article>"
        for n in range(20)
    )
    assert _reason(_page("World news", f"<h1>World</h1>{teasers}")) in {"section_page", "no_text"}


def test_a_page_drawn_by_a_script_is_none() -> None:
    html = _page("Daily", '<div id="root"></div><noscript>Please enable JavaScript.</noscript>'
                 "<script>draw()</script>")  # fmt: skip
    assert _reason(html) == "needs_script"


def test_an_empty_page_is_none() -> None:
    assert _reason("") == "no_text"
    assert _reason("<html></html>") == "no_text"
