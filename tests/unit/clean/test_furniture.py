from __future__ import annotations

import pytest

from newscrawl.clean.furniture import Zone, opens_link_list, shape_reason

ANYWHERE = [
    "scroll to top",
    "Back to top",
    "Search form",
    "Content image - Phnom Penh Post",
    "Article continues after this advertisement",
    "ADVERTISEMENT",
    "Advertisement",
    "ADVT",
    "[PR]",
    "SPONSORED",
    "SCROLL TO CONTINUE WITH CONTENT",
    "READ: Rice barges return to the delta",
    "READ MORE: Night trains for the south",
    "READ NEXT: A library on a ferry",
    "RELATED: A library on a ferry",
    "RELATED STORIES",
    "ALSO READ: A library on a ferry",
    "Also Read: A library on a ferry",
    "Read also: A library on a ferry",
    "Baca juga: Kapal feri kembali beroperasi",
    "Baca Juga: Kapal feri",
    "[Gambas:Video 20detik]",
    "Lihat juga Video: Kapal feri",
    "Lihat juga Video 'Kapal feri'",
    "Simak Video 'Kapal feri'",
    "Related news: Ferry back in service",
    "Baca: Kapal feri berlayar lagi",
    "Baca Juga",
    "Representative image.",
    "Photo used for representational purposes only",
    "小字号",
    "相关阅读",
    "打开全文",
    "Click here to read more",
    "Read more stories",
    "View More",
    "Show less",
    "12 shares",
    "1.2K views",
    "อ่านเพิ่มเติม: เรือข้ามฟากกลับมา",
    "আরও পড়ুন: ফেরি আবার চালু",
    "相关阅读：渡轮恢复航行",
    "【関連記事】渡し船が再開",
    "이미지 확대보기",
    "사진 확대",
    "Share this article on Facebook",
]
HEAD = [
    "PUBLISHED : 12 Feb 2023 at 04:00",
    "PUBLISHED",
    "UPDATED",
    "Logo of River Town Post newspaper River Town Post - Ferry back in service",
    "Publication date 24 April 2019 | 10:19 ICT",
    "Published at : November 15, 2022",
    "Updated at : November 16, 2022",
    "입력 2025.05.15 20:00",
    "เผยแพร่ 18 ก.พ. 2569, 15:28 น.",
    "5 min read",
    "2026-11-04 HKT 20:31",
    "17:41 JST, October 13, 2024",
    "November 15, 2022",
    "Tuesday, 15 November 2022 10:00",
    "15/11/2022 10:00 GMT+7",
    "15/11/2022 10:00 AM",
    "2025年5月15日 20:00",
]
TAIL = [
    "Subscribe to our daily newsletter",
    "By providing an email address. I agree to the Terms of Use and acknowledge the Privacy Policy",
    "For feedback, complaints, or inquiries, contact us.",
    "Rivernews.com is one of the most read sites of the delta.",
    "Follow RIVERNEWS.net on Facebook",
    "Follow us on Telegram",
    "Join RN's Telegram channel and get the latest news delivered to you",
    "Join RN's WhatsApp Channel for the latest",
    "Download our app for the latest news",
    "River News is now available on Telegram",
    "Simak breaking news dan berita pilihan kami langsung di WhatsApp Channel",
    "Telusuri berita feri lainnya",
    "Copyright © ANTARA 2022",
    "Copyright© Mediacorp 2023",
    "© 2016 - 2024 PT. Sungai Media",
    "View More Newsletter",
    "Delivered straight to your inbox",
    "By registering, you agree with the rules of River News.",
    "To be updated with all the latest news and analyses daily.",
    "Tags / Keywords: Ferry, River",
    "TOPIC: Ferries",
    "Report it to us",
    "Do you have questions about this story?",
    "CONTACT: RIVER NEWS BUILDING 136 Quay Road",
    "All letter writers must provide full name and address.",
    "The leading English language news website in the delta. Contact us info@rivernews.example",
    "MCI (P) 066/10/2023",
    "Best viewed on the latest browsers",
    "We use cookies to improve your experience.",
    "Already a subscriber? Log in",
    "Sign up to The Daily R, a free newsletter",
    "For more news about the ferry click here",
    "Comments",
    "Most Popular",
    "The River Post’s Most-Read Articles of 2025",
    "Full Coverage",
    "返回搜狐，查看更多",
    "分享让更多人看到",
    "點我下載APP",
    "不用抽 不用搶 現在用APP看新聞",
    "Copyright ⓒ 강뉴스 무단전재 및 재배포 금지",
    "国際ニュースを英語で読む",
    "この記事は会員限定です",
    "reporter@rivernews.example",
    "Contact: ana.cruz@rivernews.example",
]
SENTENCES = [
    "Comments on the plan are due by Friday.",
    "Share prices rose on Monday.",
    "Read my lips: no new ferries.",
    "Print is not dead, the publisher said.",
    "Related industries will suffer too.",
    "The advertisement showed a ferry at dawn.",
    "Published reports say otherwise.",
    "Updated rules came into force on May 1.",
    "Follow the river to the sea and you will find the pier.",
    "Contact us, the voice said, and the line went dead.",
    "Editor and publisher both went to the pier.",
    "Copyright has an end, the judge said.",
    "Subscribe is a word the old printer never liked.",
    "Join the queue at the pier, they were told.",
    "Tags were found on 40 turtles.",
    "Watch: it is a verb and a noun.",
    "Twitter users laughed at the photo.",
    "X marks the spot.",
    "In May 2024 the pier opened.",
    "2024 was a good year.",
    "May 9, 2024 was the day it opened.",
]


@pytest.mark.parametrize("line", ANYWHERE)
def test_anywhere(line: str) -> None:
    for zone in Zone:
        assert shape_reason(line, zone)


@pytest.mark.parametrize("line", HEAD)
def test_head(line: str) -> None:
    assert shape_reason(line, Zone.HEAD)


@pytest.mark.parametrize("line", TAIL)
def test_tail(line: str) -> None:
    assert shape_reason(line, Zone.TAIL)


@pytest.mark.parametrize("line", SENTENCES)
@pytest.mark.parametrize("zone", Zone)
def test_sentences_stay(line: str, zone: Zone) -> None:
    assert shape_reason(line, zone) is None


@pytest.mark.parametrize(
    "line", ["Read also:", "Also read", "More from River News:", "Related stories", "相关阅读："]
)
def test_openers_of_link_lists(line: str) -> None:
    assert opens_link_list(line)


@pytest.mark.parametrize("line", ["Watch Video Here", "More from the minister came later."])
def test_no_openers(line: str) -> None:
    assert not opens_link_list(line)


def test_every_shape_line_is_a_pattern_of_its_block() -> None:
    from newscrawl.clean import furniture

    shapes = furniture._shapes()
    assert {zone: bool(found) for zone, found in shapes.items()} == dict.fromkeys(Zone, True)
    assert len(furniture._blocks()["read_also"]) > 60
