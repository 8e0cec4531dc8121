"""Languages by script and by model. All sentences are written for this test."""

from __future__ import annotations

import time

import pytest

from newscrawl.extract.close_languages import _INDONESIAN, _MALAY
from newscrawl.extract.language import UNKNOWN, detect_language
from newscrawl.extract.scripts import script_counts, script_of

SENTENCES = {
    "km": "ក្រុមអ្នកភូមិបានជួយគ្នាជួសជុលស្ពានឈើចាស់",
    "th": "ชาวบ้านช่วยกันซ่อมสะพานไม้เก่าก่อนฤดูฝน",
    "lo": "ຊາວບ້ານຊ່ວຍກັນສ້ອມແປງຂົວໄມ້ເກົ່າ",
    "my": "ရွာသားများသည် တံတားဟောင်းကို ပြုပြင်ကြသည်",
    "si": "ගම්වාසීහු පැරණි පාලම අලුත්වැඩියා කළහ",
    "ta": "கிராம மக்கள் பழைய பாலத்தை சரிசெய்தனர்",
    "ko": "마을 주민들이 낡은 나무 다리를 고쳤다",
    "ja": "村の人々は古い木の橋を直した。",
    "zh-Hans": "村民们在雨季到来之前修好了旧木桥，县里还发给他们补贴。",
    "zh-Hant": "村民們在雨季到來之前修好了舊木橋，縣裡還發給他們補貼。",
    "hi": "गाँव के लोगों ने बरसात से पहले पुराने पुल की मरम्मत की और अब वह खुल गया है",
    "ne": "गाउँलेले वर्षा सुरु हुनुअघि पुरानो पुल मर्मत गरेका छन् र यो अब खुलेको छ",
    "mr": "गावकऱ्यांनी पावसाळ्यापूर्वी जुना पूल दुरुस्त केला आहे आणि तो आता खुला झाला आहे",
    "bn": "গ্রামের মানুষ বর্ষার আগে পুরোনো সেতুটি মেরামত করেছেন",
    "as": "গাঁৱৰ মানুহে বাৰিষাৰ আগতে পুৰণি দলংখন মেৰামতি কৰিলে",
    "ur": "گاؤں کے لوگوں نے بارش سے پہلے پرانے پل کی مرمت کی اور اب وہ کھل گیا ہے",
    "fa": "مردم روستا پل قدیمی را پیش از باران تعمیر کردند و اکنون باز شده است",
    "ar": "أصلح سكان القرية الجسر القديم قبل موسم الأمطار وهو الآن مفتوح للجميع",
    "ru": "Жители деревни починили старый мост до начала дождей, и теперь он открыт",
    "uk": "Мешканці села полагодили старий міст до початку дощів, і тепер він відкритий",
    "mn": "Тосгоны иргэд хуучин гүүрийг борооны улирлаас өмнө засаж, одоо нээгээд байна",
    "kk": "Ауыл тұрғындары ескі көпірді жаңбыр маусымына дейін жөндеп, қазір ашылды",
    "en": "Villagers repaired the old wooden bridge before the rains and it is open again",
    "id": "Warga desa memperbaiki jembatan tua itu karena pemerintah belum bisa memberi uang",
    "ms": "Penduduk kampung membaiki jambatan lama itu kerana kerajaan belum dapat memberi wang",
    "fil": "Inayos ng mga taga-nayon ang lumang tulay bago dumating ang tag-ulan at bukas na ito",
    "vi": "Người dân trong làng đã sửa cây cầu cũ trước mùa mưa và nay cầu đã mở lại",
    "fr": "Les habitants du village ont réparé le vieux pont avant la saison des pluies",
    "de": "Die Bewohner des Dorfes haben die alte Brücke vor der Regenzeit ausgebessert",
    "es": "Los vecinos del pueblo arreglaron el viejo puente antes de las lluvias",
    "pt": "Os moradores da aldeia consertaram a ponte velha antes das chuvas e já está aberta",
    "tet": "Ema iha suku hadi'a ona ponte tuan ne'e molok udan tempu to'o no agora loke ona",
    "sm": "Na toe fausia e tagata o le nuu le alalaupapa tuai ae le'i oo mai timuga",
    "ceb": "Giayo sa mga tawo ang daan nga taytayan sa baryo ug abli na kini alang sa tanan",
    "dv": "ރަށުގެ މީހުން ކުރީގެ ފާލަން މަރާމާތުކޮށްފި",
    "dz": "གཡུས་ཀྱི་མི་ཚུ་གིས་ ཟམ་རྙིངམ་དེ་ ཆརཔ་མ་རྐྱབ་པའི་ཧེ་མ་ཉམས་བཅོས་འབད་ཡི།",
    "hi-Latn": "Gaon ke logon ne barsaat se pehle pul ki marammat ki aur ab woh khul gaya hai",
}


@pytest.mark.parametrize(("tag", "text"), SENTENCES.items())
def test_sentences(tag: str, text: str) -> None:
    found = detect_language(text)
    assert found.tag == tag
    assert 0 < found.score <= 1


def test_a_wrong_declaration_does_not_win_over_the_text() -> None:
    for tag in ("de", "vi", "ru", "hi", "ur"):
        assert detect_language(SENTENCES[tag], prior=("en", "id", "ne", "ar", "uk")).tag == tag
    assert detect_language(SENTENCES["km"], prior=("th",)).tag == "km"


def test_the_prior_breaks_ties() -> None:
    assert detect_language("Zurich 2026", prior=("de",)).tag == "de"
    assert detect_language("東京駅", prior=("ja",)).tag == "ja"
    assert detect_language("香港 中文", prior=("zh-HK",)).tag == "zh-Hant"


def test_text_without_letters_has_no_language() -> None:
    assert detect_language("") == UNKNOWN
    assert detect_language("12.5 % 2026-11-10 ...") == UNKNOWN


def test_names_in_latin_letters_do_not_make_a_korean_text_english() -> None:
    text = "Samsung Electronics와 Naver는 새 반도체를 발표했다"
    assert detect_language(text).tag == "ko"


def test_addresses_are_not_words() -> None:
    text = SENTENCES["id"] + " https://example.com/the/of/and/that/with/for info@example.com"
    assert detect_language(text).tag == "id"


def test_scripts() -> None:
    assert [script_of(c) for c in "aÉяعकক한漢のアกខမ5,"] == [
        "Latn", "Latn", "Cyrl", "Arab", "Deva", "Beng", "Hang", "Hani", "Hira", "Kana", "Thai",
        "Khmr", "Mymr", "", "",
    ]  # fmt: skip
    assert script_counts("abc яя") == {"Latn": 3, "Cyrl": 2}


def test_close_languages_have_no_word_in_common() -> None:
    assert not _MALAY & _INDONESIAN


def test_long_and_odd_texts_are_bounded() -> None:
    detect_language("x")  # loads the model
    start = time.process_time()
    detect_language("lorem ipsum " * 200_000)
    detect_language("a" * 2_000_000)
    detect_language("\u0300" * 10_000 + "\ud800")
    assert time.process_time() - start < 1.0
