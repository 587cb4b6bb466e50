"""Characters that no Vietnamese print has, and misread starts of rows, are put right on a scan; what print may have is left alone."""

import pytest

from extractors.layout import Box, Origin, Word
from extractors.readers.scans import ocr_glyphs


def words(y, x, text):
    return [Word(t, 1, Box(x + 60 * i, y, x + 50 + 60 * i, y + 13), origin=Origin.OCR, score=0.95) for i, t in enumerate(text.split())]


def said(found):
    return " ".join(word.text for word in found)


@pytest.mark.parametrize(
    ("read_as", "right"),
    [
        ("số 2957/QĐÐ-BYT ngày", "số 2957/QĐ-BYT ngày"),
        ("VT, CÐ BHXH.", "VT, CĐ BHXH."),
        ("VT, QLĐĐ.", "VT, QLĐĐ."),  # a code of its own
        ("Quý II⁄2024", "Quý II/2024"),
        ("ÑNL2", "NL2"),  # a speck over the letter
        ("SÑV.", "SNV."),
        ("SNÑV.", "SNV."),
        ("KTTHT¡en3", "KTTHTien3"),
        ("1Š", "15"),
        ("ŠÀN", "ŠÀN"),
        ("UBND tỉnh (b/€);", "UBND tỉnh (b/c);"),
        ("(để b/C);", "(để b/c);"),
        ("V/w đối chiếu", "V/v đối chiếu"),
        ("'Tổ công nghệ", "Tổ công nghệ"),
        ("gọi là 'tổ' này", "gọi là 'tổ' này"),  # a quoted word
        ("H' Loan", "H' Loan"),
        ('chuyên đề "an toàn thực phẩm” tại', 'chuyên đề "an toàn thực phẩm" tại'),
        ("chuyên đề “an toàn thực phẩm” tại", "chuyên đề “an toàn thực phẩm” tại"),
        ("giá 5 € một chiếc", "giá 5 € một chiếc"),
    ],
)
def test_a_character_that_is_no_letter_of_vietnamese_is_put_right(read_as, right):
    made = ocr_glyphs.glyphs(words(100, 85, read_as))
    assert said(made) == right
    assert any(word.repaired for word in made) is (read_as != right)


@pytest.mark.parametrize(
    ("rows", "right"),
    [
        (["I.MỤC ĐÍCH, YÊU CẦU"], "I. MỤC ĐÍCH, YÊU CẦU"),
        (["I. MỤC ĐÍCH", "H. NHIỆM VỤ"], "I. MỤC ĐÍCH II. NHIỆM VỤ"),
        (["HI. TỔ CHỨC THỰC HIỆN"], "III. TỔ CHỨC THỰC HIỆN"),
        (["IL. NHIỆM VỤ"], "II. NHIỆM VỤ"),
        (["IV, TỔ CHỨC THỰC HIỆN"], "IV. TỔ CHỨC THỰC HIỆN"),
        (["VHI.GIẢI PHÁP"], "VIII. GIẢI PHÁP"),
        (["H. ĐÔNG SƠN"], "H. ĐÔNG SƠN"),  # a district; no section stands above
        (["I. Mục đích"], "I. Mục đích"),
        (["IX. GIẢI PHÁP"], "IX. GIẢI PHÁP"),
        (["X.Y và Z"], "X.Y và Z"),
        (["L. HÀ"], "L. HÀ"),
        (["~ Trung tâm Y tế huyện;"], "- Trung tâm Y tế huyện;"),
        (["« Như trên;"], "- Như trên;"),
        (["~ 15 độ"], "~ 15 độ"),  # about
        (["- Như trên;"], "- Như trên;"),
    ],
)
def test_the_start_of_a_row_is_put_right_where_one_thing_only_can_stand(rows, right):
    drawn = [word for index, row in enumerate(rows) for word in words(100 + 40 * index, 85, row)]
    assert said(ocr_glyphs.row_starts(drawn)) == right


def test_a_section_number_read_as_one_with_its_title_keeps_its_place():
    (read, *_) = drawn = words(100, 85, "II.NHIỆM VỤ")
    number, title, _ = ocr_glyphs.row_starts(drawn)
    assert (number.box.x0, title.box.x1) == (read.box.x0, read.box.x1)
    assert number.box.x1 == title.box.x0
