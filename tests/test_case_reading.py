"""Several files, one dispatch: which file is the dispatch, what goes with it, and what stands alone."""

import hashlib
import io
from pathlib import Path

import docx
import pytest
from edxml_messages import attached, usual
from test_packages import packed

from extractors.dispatch import DocumentRole
from extractors.errors import BadPackage, DispatchError, LoneEnvelope, SecretDocument, UnreadableEnvelope, UnsupportedFormat
from pipeline.case_reading import Given, is_case, read_case

SAMPLES = Path(__file__).parents[1] / "samples"
LETTER_PDF = (SAMPLES / "huyen-cong-van-tinh" / "huyen-cong-van-tinh.pdf").read_bytes()
LETTER = (SAMPLES / "huyen-cong-van-tinh" / "huyen-cong-van-tinh.docx").read_bytes()
OTHER = (SAMPLES / "huyen-so-noi-vu" / "huyen-so-noi-vu.docx").read_bytes()
BLANK = (SAMPLES / "huyen-chua-co-so" / "huyen-chua-co-so.docx").read_bytes()
SECRET = (SAMPLES / "huyen-dong-dau-mat" / "huyen-dong-dau-mat.docx").read_bytes()
ROWS = (
    ("TT", "Nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời hạn"),
    ("1", "Lập danh sách hộ cần hỗ trợ sửa nhà", "UBND các huyện, thị xã, thành phố", "Sở Xây dựng", "Trước ngày 15/11/2023"),
)


def appendix():
    made = docx.Document()
    for line in ("PHỤ LỤC", "PHÂN CÔNG NHIỆM VỤ", "(Kèm theo Công văn số 2718/UBND-VP ngày 19/9/2023 của UBND tỉnh Hải Dương)"):
        made.add_paragraph(line).alignment = 1
    table = made.add_table(rows=0, cols=5)
    for row in ROWS:
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = words
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


APPENDIX = appendix()


def given(name, data):
    return Given(name, hashlib.sha256(data).hexdigest(), data)


def read(*files, together=False):
    """The case of (name, bytes), by names: main, companions, problems."""
    all_given = [given(*file) for file in files]
    made = read_case(all_given, (), together=together)
    names = {one.sha256: one.name for one in all_given}
    return made, names[made.main], [names[sha] for sha in made.companions]


def told(made, code):
    return [problem.where or problem.message for problem in made.reading.dispatch.problems if problem.code == code]


def envelope(**facts):
    from extractors.reading import read_dispatch

    main = read_dispatch(facts.pop("of", LETTER), "x").main
    return usual(**({"number": main.number.value, "symbol": main.symbol.value, "date": main.date.value.strftime("%Y/%m/%d")} | facts))


@pytest.mark.parametrize(
    ("data", "case"),
    [(LETTER, False), (LETTER_PDF, False), (b"", False), (b"<html/>", False), (usual(), True), (packed(("a.pdf", b"x")), True)],
)
def test_only_packages_and_messages_are_more_than_a_paper(data, case):
    assert is_case(data) is case


def test_two_forms_of_one_dispatch_are_one_case():
    made, main, companions = read(("cv.docx", LETTER), ("cv.pdf", LETTER_PDF))
    assert (main, companions) == ("cv.docx", ["cv.pdf"])
    assert told(made, "I239") == ["Văn bản gồm nhiều tệp (cùng văn bản: cv.pdf)."]
    assert made.reading.dispatch.source.sha256 == hashlib.sha256(LETTER).hexdigest()


def test_papers_of_one_name_that_differ_are_left_apart_and_named():
    made, main, companions = read(("cv.docx", LETTER), ("cv.pdf", OTHER))
    assert (main, companions) == ("cv.docx", [])
    assert told(made, "I238") == ["cv.pdf"]


def test_a_paper_without_a_number_is_not_taken_for_the_same():
    made, _, companions = read(("cv.docx", BLANK), ("cv.pdf", LETTER_PDF))
    assert companions == []
    assert len(told(made, "I238")) == 1


def test_an_envelope_goes_with_its_paper():
    made, main, companions = read(("cv.docx", LETTER), ("cv.edxml", envelope(due="2023/10/30")))
    assert (main, companions) == ("cv.docx", ["cv.edxml"])
    assert told(made, "I235") == ["hạn 30/10/2023"]


def test_an_envelope_makes_two_blank_copies_one_case():
    from extractors.reading import read_dispatch

    symbol = read_dispatch(BLANK, "x").main.symbol.value
    blank_pdf = (SAMPLES / "huyen-chua-co-so" / "huyen-chua-co-so.pdf").read_bytes()
    message = usual(number="512", symbol=symbol, date="2023/10/03")
    made, main, companions = read(("cv.docx", BLANK), ("cv.pdf", blank_pdf), ("cv.xml", message))
    assert (main, companions) == ("cv.docx", ["cv.pdf", "cv.xml"])
    assert made.reading.dispatch.main.number.value == "512"


BROKEN_FILE = usual(files=attached(("a", b"x"))).replace(b"Encoded>U", b"Encoded>*")


@pytest.mark.parametrize("message", [b"<!DOCTYPE x><edXML/>", usual()[:-50], BROKEN_FILE])
def test_an_envelope_that_cannot_be_read_spoils_nothing(message):
    made, main, companions = read(("cv.docx", LETTER), ("cv.edxml", message))
    assert (main, companions) == ("cv.docx", ["cv.edxml"])
    assert made.reading.dispatch.main.number.value


def test_a_lone_envelope_says_what_it_announces():
    with pytest.raises(LoneEnvelope) as raised:
        read(("cv.edxml", usual()))
    assert raised.value.problem().where == "2718/UBND-VP ngày 19/9/2023"


def test_a_lone_message_that_cannot_be_read_says_so():
    with pytest.raises(UnreadableEnvelope):
        read(("cv.edxml", b"<edXML><MessageHeader>"))


def test_a_message_that_carries_its_paper_is_a_case_of_its_own():
    message = envelope(files=attached(("cv.docx", LETTER), ("phụ lục.docx", APPENDIX)))
    made, main, companions = read(("goi.edxml", message))
    assert (main, companions) == ("goi.edxml", [])
    assert made.reading.dispatch.source.name == "goi.edxml/cv.docx"
    assert made.reading.dispatch.source.sha256 == hashlib.sha256(message).hexdigest()
    assert told(made, "I239") == ["Văn bản gồm nhiều tệp (tệp kèm theo: phụ lục.docx)."]


def test_a_message_beside_the_paper_that_it_carries_brings_it_once():
    message = envelope(files=attached(("cv.docx", LETTER)))
    made, main, companions = read(("cv.docx", LETTER), ("cv.edxml", message))
    assert (main, companions, told(made, "I239")) == ("cv.docx", ["cv.edxml"], [])


@pytest.mark.parametrize(
    "files",
    [
        [("a phụ lục.docx", APPENDIX), ("công văn.docx", LETTER)],
        [("công văn.docx", LETTER), ("phụ lục.docx", APPENDIX)],
        [("phong bì.xml", envelope()), ("z.docx", LETTER), ("b.docx", APPENDIX)],
    ],
)
def test_a_zip_holds_a_dispatch_with_its_attachments(files):
    made, _, companions = read(("gói.zip", packed(*files)))
    assert companions == []
    roles = [document.role for document in made.reading.dispatch.documents]
    assert roles == [DocumentRole.MAIN, DocumentRole.ATTACHMENT]
    (duty,) = made.reading.dispatch.documents[1].duties
    assert (duty.text, [due.due for due in duty.deadlines]) == (ROWS[1][1], ["2023-11-15"])
    assert {(quote.page, quote.paragraph) for quote in duty.evidence} == {(None, None)}, "its places are not in the dispatch's own file"
    assert "W220" not in {problem.code for problem in made.reading.dispatch.problems}, "an attachment needs no letterhead"


def test_another_dispatch_in_a_zip_is_named():
    made, _, _ = read(("gói.zip", packed(("a.docx", LETTER), ("b.docx", OTHER))))
    assert told(made, "W238") == ["b.docx"]
    assert len(made.reading.dispatch.documents) == 1


def test_the_envelope_says_which_of_two_is_the_dispatch():
    made, _, _ = read(("gói.zip", packed(("a.docx", LETTER), ("b.docx", OTHER), ("e.xml", envelope(of=OTHER)))))
    assert made.reading.dispatch.source.name == "gói.zip/b.docx"


def test_a_file_of_a_zip_that_cannot_be_read_is_named():
    made, _, _ = read(("gói.zip", packed(("a.docx", LETTER), ("b.xls", b"\xd0\xcf\x11\xe0" * 200), ("c.pdf", b"%PDF-1.4 broken"))))
    assert told(made, "W239") == ["b.xls, c.pdf"]


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (packed(("../a.docx", LETTER)), BadPackage),
        (packed(("a.zip", packed(("b.docx", LETTER)))), BadPackage),
        (packed((".DS_Store", b"x")), UnsupportedFormat),
        (packed(("a.txt", b"xin")), DispatchError),
        (packed(("a.docx", LETTER), ("b.docx", SECRET)), SecretDocument),
        (packed(("b.xml", b"<!DOCTYPE x><edXML/>")), UnreadableEnvelope),
    ],
)
def test_a_package_that_cannot_be_taken_is_refused(data, error):
    with pytest.raises(error):
        read(("gói.zip", data))


def test_a_broken_message_in_a_zip_is_named():
    made, _, _ = read(("gói.zip", packed(("a.docx", LETTER), ("b.xml", b"<!DOCTYPE x><edXML/>"))))
    assert "b.xml" in told(made, "W237")[0]


def test_a_zip_that_cannot_be_opened_goes_with_the_papers_of_its_folder():
    made, main, companions = read(("a.docx", LETTER), ("b.zip", packed(("../x.docx", OTHER))), together=True)
    assert (main, companions) == ("a.docx", ["b.zip"])
    assert "b.zip" in told(made, "W237")[0]


def test_none_readable_gives_the_first_ones_own_problem():
    with pytest.raises(DispatchError) as raised:
        read(("gói.zip", packed(("a.txt", b"xin"), ("b.docx", b""))))
    assert raised.value.problem().code == "E101"


def test_a_folder_holds_a_dispatch_its_attachments_and_strangers():
    files = [("a.docx", LETTER), ("b.docx", APPENDIX), ("c.pdf", LETTER_PDF), ("d.docx", OTHER), ("e.xls", b"\xd0\xcf\x11\xe0" * 200)]
    made, main, companions = read(*files, together=True)
    assert (main, companions) == ("a.docx", ["b.docx", "c.pdf", "e.xls"])
    assert told(made, "I238") == ["d.docx"]
    assert told(made, "W239") == ["e.xls"]
    assert told(made, "I239") == ["Văn bản gồm nhiều tệp (cùng văn bản: c.pdf; tệp kèm theo: b.docx)."]


def test_outside_a_folder_a_paper_without_a_number_is_no_attachment():
    made, _, companions = read(("cv.docx", LETTER), ("cv.pdf", APPENDIX))
    assert (companions, told(made, "I238")) == ([], ["cv.pdf"])


def test_a_secret_paper_keeps_all_of_its_case_out():
    with pytest.raises(SecretDocument):
        read(("cv.docx", LETTER), ("cv.pdf", SECRET))
