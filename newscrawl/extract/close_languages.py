"""Languages so close that frequencies mislead, told apart by the words that only one has.

Malay and Indonesian share grammar and most of their vocabulary; what differs is spelling
(``kerana``, ``karena``), borrowed endings (``aktiviti``, ``aktivitas``) and some everyday words.
The lists are written for this project and hold words of one language alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

_MALAY_WORDS = (
    "kerana ialah iaitu wang polis bahawa kerajaan syarikat peratus filem kelab rasmi percuma"
    " baharu semula tentera kempen setiausaha boleh manakala sekiranya hendaklah mesyuarat"
    " khamis jumaat isnin ahad ogos mac julai disember televisyen telefon stesen doktor"
    " pelajar sahaja selepas kakitangan percutian pelancong berbanding cukai bandaraya askar"
    " peguam jenayah siasatan akhbar mempunyai pengerusi timbalan majikan perlembagaan"
    " perlawanan kejohanan jurulatih penyelidik saintis dijangka pertuduhan pendakwa tertuduh"
    " pengundi kes menerusi susulan memaklumkan dikemas adakah bagaimanapun walaubagaimanapun"
    " berhadapan perkhidmatan kos universiti pemandu ringgit rm kewangan perniagaan eksport"
    " import pasaran pelaburan pelabur syer jemputan dah ni tu kat mendedahkan pindaan"
    " pelakon pelbagai perjawatan akaun sesawang emel perisian maklumat kesihatan pesakit"
    " wabak bajet memulakan menamatkan"
)  # fmt: skip
_INDONESIAN_WORDS = (
    "karena yaitu uang polisi bahwa pemerintah perusahaan persen mobil film klub resmi gratis"
    " tentara kampanye sekretaris kantor bisa kamis jumat senin agustus maret juli desember"
    " televisi telepon stasiun dokter mahasiswa setelah karyawan liburan wisatawan"
    " dibandingkan pajak kejahatan penyelidikan penyidikan koran memiliki terkait direktur"
    " wakil konstitusi pertandingan kejuaraan pelatih tim peneliti ilmuwan perilaku"
    " diperkirakan terdakwa jaksa pemilu pemilih parlemen kasus jutaan mengatakan tapi"
    " layanan biaya universitas sopir sepeda bandara pesawat rupiah rp keuangan bisnis ekspor"
    " impor pasar investasi investor penjualan izin minoritas kualitas aktivitas komunitas"
    " identitas mayoritas kapasitas fasilitas gubernur provinsi kabupaten kecamatan akun"
    " situs kesehatan perawatan kalau nggak gak cuma banget kok sih tersangka"
)  # fmt: skip
_MALAY, _INDONESIAN = frozenset(_MALAY_WORDS.split()), frozenset(_INDONESIAN_WORDS.split())
_MALAY_ENDS = ("iti", "syen", "sme")
_INDONESIAN_ENDS = ("itas", "isme")


def malay_or_indonesian(words: Mapping[str, int]) -> float:
    """How much speaks for Malay (above 0) or Indonesian (below 0): the difference in marked words.

    ``words`` are the case-folded words of a text with their counts; a word counts once or twice.
    """
    balance: Counter[str] = Counter()
    for word, count in words.items():
        weight = min(count, 2)
        if word in _MALAY or (len(word) > 5 and word.endswith(_MALAY_ENDS)):
            balance["ms"] += weight
        elif word in _INDONESIAN or (len(word) > 5 and word.endswith(_INDONESIAN_ENDS)):
            balance["id"] += weight
    return float(balance["ms"] - balance["id"])
