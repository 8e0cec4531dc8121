# ruff: noqa: E501 - markup is kept as a page has it
"""Pages of invented papers, with the furniture that real pages have around their text."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Story:
    """What a page holds: the parts that are text of the article, and its headline."""

    headline: str
    paragraphs: tuple[str, ...]
    lang: str = "en"
    related: tuple[str, ...] = ("Dock workers vote on new shifts", "Rain delays the boat race")
    comment: str = "I have lived here for forty years and have never seen the river so low."


ENGLISH = Story(
    "Ferry port reopens after week-long closure",
    (
        "The ferry port at Lomtay reopened on Tuesday morning, a week after low water had stopped "
        "all traffic across the river, the harbour master said.",
        "Two boats carried about 400 passengers in the first hour. Lorries were still waiting on "
        "both banks by noon, and the queue reached the old market.",
        "“We expect to clear the backlog by Thursday,” said Anong Saelee, who runs the port. “Fruit "
        "and fish go first.”",
        "Prices of vegetables in the town had risen by a third while the port was closed, traders "
        "told the council on Monday.",
        "The council will decide next month whether to dredge the channel before the dry season.",
    ),
)
KHMER = Story(
    "កំពង់ផែបើកឡើងវិញក្រោយបិទមួយសប្តាហ៍",
    (
        "កំពង់ផែសាឡាងបានបើកដំណើរការឡើងវិញនៅព្រឹកថ្ងៃអង្គារ បន្ទាប់ពីទឹកទន្លេស្រកខ្លាំងអស់រយៈពេលមួយសប្តាហ៍។",
        "អ្នកដំណើរប្រមាណបួនរយនាក់បានឆ្លងទន្លេក្នុងម៉ោងដំបូង ខណៈរថយន្តដឹកទំនិញនៅតែរង់ចាំនៅច្រាំងទាំងសងខាង។",
        "ក្រុមប្រឹក្សានឹងសម្រេចនៅខែក្រោយថា តើត្រូវស្តារប្រឡាយមុនរដូវប្រាំងឬយ៉ាងណា។",
    ),
    "km",
    ("តម្លៃបន្លែឡើងថ្លៃ", "ការប្រណាំងទូកត្រូវលើកពេល"),
    "ខ្ញុំរស់នៅទីនេះសែសិបឆ្នាំហើយ។",
)
CHINESE = Story(
    "渡口停航一周后重新开放",
    (
        "龙泰渡口周二早上重新开放。此前由于河水水位过低，渡口已经停航整整一周，港务主任说。",
        "第一个小时里，两艘渡轮运送了约四百名乘客。到中午时，两岸仍有货车排队等候，队伍一直排到旧市场。",
        "“我们预计周四之前可以疏通完毕，”负责渡口的安农说，“水果和鱼优先。”",
        "商贩周一告诉市议会，停航期间镇上的蔬菜价格上涨了三分之一。议会下个月将决定是否在旱季之前疏浚航道。",
    ),
    "zh",
    ("码头工人投票表决新班次", "下雨推迟龙舟比赛"),
    "我在这里住了四十年，从没见过水位这么低。",
)
THAI = Story(
    "ท่าเรือข้ามฟากเปิดอีกครั้งหลังปิดหนึ่งสัปดาห์",
    (
        "ท่าเรือข้ามฟากล้อมไท้กลับมาเปิดให้บริการเมื่อเช้าวันอังคาร หลังหยุดเดินเรือหนึ่งสัปดาห์เพราะน้ำในแม่น้ำลดต่ำมาก",
        "เรือสองลำรับผู้โดยสารราวสี่ร้อยคนในชั่วโมงแรก ขณะที่รถบรรทุกยังรอคิวอยู่ทั้งสองฝั่งจนถึงเที่ยงวัน",
        "สภาเทศบาลจะตัดสินใจในเดือนหน้าว่าจะขุดลอกร่องน้ำก่อนถึงฤดูแล้งหรือไม่",
    ),
    "th",
    ("ราคาผักปรับตัวสูงขึ้น", "ฝนทำให้การแข่งเรือเลื่อนออกไป"),
    "ผมอยู่ที่นี่มาสี่สิบปีแล้ว",
)
STORIES = (ENGLISH, KHMER, CHINESE, THAI)


def modern_page(story: Story, body: str | None = None) -> str:
    """A page of a present-day system: semantic elements, share bar, newsletter, comments."""
    if body is None:
        body = "\n".join(f"<p>{p}</p>" for p in story.paragraphs)
    related = "".join(f'<li><a href="/n/{k}">{t}</a></li>' for k, t in enumerate(story.related * 4))
    return f"""<!doctype html><html lang={story.lang}><head><meta charset=utf-8>
<title>{story.headline} | River Courier</title><meta property="og:title" content="{story.headline}">
<meta name=viewport content="width=device-width"><script>var a = "{story.headline}";</script></head>
<body class="single post"><header class=site-header><a href="/">River Courier</a>
<nav class=main-nav><ul><li><a href=/a>News</a><li><a href=/b>Sport</a><li><a href=/c>Business</a>
<li><a href=/d>Opinion</a></ul></nav></header>
<main><article class=article><h1 class=article-title>{story.headline}</h1>
<div class=byline>By <a href=/w/1>Mala Chan</a> <time datetime="2026-03-03T08:00:00Z">3 March</time></div>
<div class=social-share><a href=#>Facebook</a><a href=#>Twitter</a><a href=#>WhatsApp</a></div>
<figure><img src=1.jpg alt=""><figcaption class=caption>{story.related[0]} (Photo: M. Chan)</figcaption></figure>
<div class="article-body">{body}</div>
<div class=tags><a href=/t/1>Ferry</a> <a href=/t/2>River</a></div>
<div class=newsletter-box><p>Sign up to our newsletter and get the news every morning.</p></div>
<div class=author-bio><p>Mala Chan is a reporter for the River Courier.</p></div></article>
<section class=related-posts><h3>Related</h3><ul>{related}</ul></section>
<section id=comments class=comments><h3>Comments (1)</h3><div class=comment><p>{story.comment}</p></div></section>
</main><aside class=sidebar><h3>Most read</h3><ul>{related}</ul></aside>
<footer class=site-footer><p>© 2026 River Courier. All rights reserved.</p><a href=/p>Privacy</a></footer>
</body></html>"""


def table_page(story: Story) -> str:
    """A page of the early web: layout tables, fonts, line breaks for paragraphs."""
    text = "<br><br>\n".join(f"　　{p}" if story.lang == "zh" else p for p in story.paragraphs)
    links = "<br>".join(f'<a href="{k}.htm">{t}</a>' for k, t in enumerate(story.related * 3))
    return f"""<html><head><title>{story.headline}</title>
<meta name=viewport content=x></head><body><table><tr><td><a href=/>Home</a>
<a href=/2>News</a> <a href=/3>Contact</a></td></tr></table>
<table><tr><td width=150>{links}</td><td><h1>{story.headline}</h1>
<div class=content>{text}</div></td></tr></table>
<table><tr><td align=center>Copyright 2006 River Courier</td></tr></table></body></html>"""
