from __future__ import annotations

import pytest

from newscrawl.clean import split_caption
from newscrawl.clean.captions import is_file_name


@pytest.mark.parametrize(
    ("printed", "caption", "credit"),
    [
        ("The ferry (right) at the old pier. SPM", "The ferry (right) at the old pier.", "SPM"),
        ("Farmers in a field. AFP", "Farmers in a field.", "AFP"),
        ("Farmers in a field.AFP", "Farmers in a field.", "AFP"),
        ("Traders at a market — AFP pic", "Traders at a market", "AFP pic"),
        ("People walk. — Bernama pic", "People walk.", "Bernama pic"),
        ("Workers at a site. Post staff", "Workers at a site.", "Post staff"),
        ("Men with boats. Photo supplied", "Men with boats.", "Photo supplied"),
        ("Rain on a road. INQUIRER PHOTO", "Rain on a road.", "INQUIRER PHOTO"),
        ("A boy plays. CONTRIBUTED PHOTO", "A boy plays.", "CONTRIBUTED PHOTO"),
        (
            "FILE PHOTO: A man walks. REUTERS/Ana Cruz",
            "FILE PHOTO: A man walks.",
            "REUTERS/Ana Cruz",
        ),
        ("A guard stands. (AP Photo/Ana Cruz)", "A guard stands.", "AP Photo/Ana Cruz"),
        ("A view of the lake. VNA/VNS Photo", "A view of the lake.", "VNA/VNS Photo"),
        ("A view of the lake. VNS Photo", "A view of the lake.", "VNS Photo"),
        ("Boats on Nov 10. ST PHOTO: ANA CRUZ", "Boats on Nov 10.", "ST PHOTO: ANA CRUZ"),
        ("Boats at sea. EPA-EFE PHOTO: Ana Cruz", "Boats at sea.", "EPA-EFE PHOTO: Ana Cruz"),
        ("The flag of ASEAN. Photo: Ana Cruz", "The flag of ASEAN.", "Ana Cruz"),
        ("Boats of the DSWD Photo: Ana Cruz", "Boats of the DSWD", "Ana Cruz"),
        ("Photo : YONHAP News", None, "YONHAP News"),
        ("Photo: Sok Dara", None, "Sok Dara"),
        ("A boy plays. Heng Dara", "A boy plays.", "Heng Dara"),
        ("Một góc phố. Ảnh: Minh Anh", "Một góc phố.", "Minh Anh"),
        ("夕方の東京駅。写真：共同", "夕方の東京駅。", "共同"),
        ("A man stands in the rain", "A man stands in the rain", None),
        ("The bridge was finished in 2020.", "The bridge was finished in 2020.", None),
        ("She met Mr. Chan Dara", "She met Mr. Chan Dara", None),
        ("The pier with John F. Cruz Reyes", "The pier with John F. Cruz Reyes", None),
        ("Rain over the U.S. Capitol", "Rain over the U.S. Capitol", None),
        ("", None, None),
    ],
)
def test_split_caption(printed: str, caption: str | None, credit: str | None) -> None:
    assert split_caption(printed) == (caption, credit)


@pytest.mark.parametrize(
    ("line", "file"),
    [
        ("the_ferry_right_and_the_old_pier._spm.jpg", True),
        ("IMG_2031.JPG", True),
        ("content-image.webp", True),
        ("a.png", False),
        ("Photo of the pier.jpg", False),
        ("The page was called index.html", False),
        ("ferry.pdf", False),
    ],
)
def test_file_names(line: str, file: bool) -> None:
    assert is_file_name(line) is file
