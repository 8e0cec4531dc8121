"""Escaped markup that leaked into the text."""

from __future__ import annotations

from newscrawl.clean import clean, restore
from newscrawl.items import Article


def test_leaked_tags_leave_and_can_be_put_back() -> None:
    body = "<p>The bridge <b>opens</b> today.</p>\n\nIt is 5 < 7 and List<String> is code.<br />"
    article = clean(Article(title="Bridge opens", body=body))
    assert article.body == "The bridge opens today.\n\nIt is 5 < 7 and List<String> is code."
    assert restore(article.body, article.removed) == body
    assert {r.reason for r in article.removed} == {"markup"}
