"""The check of form: one planted fault, one finding, and a faultless twin; our own drafts pass."""

import json

import pytest
from conforming import LINE, MID, PAGE_NUMBER, PARTY, PLAN, RULE, TEXT, document, mid, run, text
from docx_snippets import p
from sample_files import READ, ROOT, label

from extractors.errors import SecretDocument, UnreadableFile
from pipeline.cli import main
from pipeline.conformance.check import FormKind, NotADocx, check
from pipeline.conformance.rulebook import rulebook
from pipeline.conformance.told import as_json, as_text
from pipeline.drafting.draft import draft_all

PDF = b"%PDF-1.7\n"
LONG = "1. Sở Tài chính rà soát hồ sơ tài chính của các năm trước, lập danh mục hồ sơ quá hạn và gửi về Sở Nội vụ để tổng hợp."
FAULTS = {
    "N01": [(None, {"paper": '<w:pgSz w:w="12240" w:h="15840"/>'}, "215.9"), (None, {"paper": '<w:pgSz w:w="8391" w:h="11906"/>'}, "148")],
    "N02": [
        (None, {"margins": '<w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1134"/>'}, "lề trái 20"),
        (None, {"margins": '<w:pgMar w:top="1701" w:right="1134" w:bottom="1134" w:left="1701"/>'}, "lề trên 30"),
        (None, {"margins": '<w:pgMar w:top="1134" w:right="567" w:bottom="1134" w:left="1701"/>'}, "lề phải 10"),
    ],
    "N03": [(None, {"first": text(LONG, look='<w:rFonts w:ascii="Arial" w:hAnsi="Arial"/>')}, "Arial")],
    "N04": [(None, {"first": text(LONG, look='<w:rFonts w:ascii=".VnTime" w:hAnsi=".VnTime"/>')}, ".VnTime")],
    "N05": [(None, {"first": text(LONG, look='<w:color w:val="FF0000"/>')}, "FF0000")],
    "N06": [
        (None, {"header": PAGE_NUMBER.replace("26", "22")}, "cỡ 11"),
        (None, {"header": PAGE_NUMBER.replace(MID, '<w:jc w:val="right"/>')}, "giữa"),
        (None, {"title-page": ""}, "thứ nhất"),
        (None, {"header": p(), "footer": PAGE_NUMBER}, "lề dưới"),
        (None, {"header": p(), "first": text(LONG * 45)}, "không có số trang"),
    ],
    "N07": [(None, {"national": ""}, "Quốc hiệu"), (None, {"national": mid("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM.", 12, "b")}, "Quốc hiệu")],
    "N08": [(None, {"motto": ""}, "Tiêu ngữ"), (None, {"motto": mid("Độc lập – Tự do – Hạnh phúc", 13, "b")}, "Tiêu ngữ")],
    "N09": [
        (None, {"national": mid("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 14, "b")}, "Quốc hiệu"),
        (None, {"number": mid("Số: 05/SNV-VP", 14)}, "cỡ 14, quy định 13"),
        (None, {"first": text(LONG, size=12)}, "cỡ 12, quy định 13–14"),
        (None, {"recipient": p(run("- Như trên;", 12))}, "nơi nhận"),
    ],
    "N10": [
        (None, {"superior": mid("UBND TỈNH HẢI DƯƠNG", 12, "b")}, "chủ quản"),
        (None, {"issuer": mid("SỞ NỘI VỤ", 12)}, "ban hành"),
        (None, {"motto": mid("Độc lập - Tự do - Hạnh phúc", 13)}, "phải đậm"),
        (None, {"subject": mid("V/v rà soát hồ sơ lưu trữ", 12, "b")}, "không được đậm"),
        (PLAN, {"title": mid("KẾ HOẠCH", 14)}, "Tên loại"),
    ],
    "N11": [
        (None, {"place-date": mid("Hải Dương, ngày 03 tháng 02 năm 2023", 13)}, "phải nghiêng"),
        (None, {"subject": mid("V/v rà soát hồ sơ lưu trữ", 12, "i")}, "phải đứng"),
        (None, {"label": p(run("Nơi nhận:", 12, "b"))}, "Nơi nhận"),
    ],
    "N12": [
        (PLAN, {"title-subject": mid("RÀ SOÁT HỒ SƠ LƯU TRỮ NĂM 2023", 14, "b")}, "phải in thường"),
        (None, {"subject": mid("V/v rà soát hồ sơ lưu trữ", 12, "caps")}, "phải in thường"),
    ],
    "N13": [
        (PLAN, {"title": p(run("KẾ HOẠCH", 14, "b"))}, "phải canh giữa"),
    ],
    "N14": [
        (None, {"number": ""}, "Số, ký hiệu"),
        (None, {"place-date": ""}, "Địa danh"),
        (None, {"subject": ""}, "Trích yếu"),
        (None, {"label": "", "recipient": "", "filing": ""}, "Nơi nhận"),
    ],
    "N15": [
        (None, {"number": mid("Số: 5/SNV-VP", 13)}, "số nhỏ hơn 10"),
        (None, {"number": mid("Số 05/SNV-VP", 13)}, "Số 05"),
        (None, {"number": mid("Số: 05 / SNV-VP", 13)}, "Số: 05"),
        (None, {"number": mid("Số: 05/snv-vp", 13)}, "snv"),
    ],
    "N16": [(PLAN, {"number": mid("Số: 12/QĐ-SNV", 13)}, "Kế hoạch ghi “KH”"), (None, {"number": mid("Số: 05/CV-SNV", 13)}, "CV")],
    "N17": [
        (None, {"place-date": mid("Hải Dương, ngày 3 tháng 02 năm 2023", 13, "i")}, "ngày 3"),
        (None, {"place-date": mid("Hải Dương, ngày 03 tháng 2 năm 2023", 13, "i")}, "tháng 2"),
        (None, {"place-date": mid("Hải Dương, ngày 03 tháng 09 năm 2023", 13, "i")}, "tháng 09"),
        (None, {"place-date": mid("Hải Dương ngày 03 tháng 02 năm 2023", 13, "i")}, "Hải Dương ngày"),
    ],
    "N18": [
        (None, {"subject": mid("Về việc rà soát hồ sơ lưu trữ", 12)}, "Về việc"),
        (None, {"subject": mid("V/v: rà soát hồ sơ", 12)}, "V/v:"),
    ],
    "N19": [
        (None, {"first-addressee": p(run("- Sở Tài chính,", 14), props='<w:ind w:left="3000"/>')}, "Sở Tài chính,"),
        (None, {"last-addressee": p(run("- Sở Y tế", 14), props='<w:ind w:left="3000"/>')}, "Sở Y tế"),
        (None, {"addressed": p(run("Kính gửi :", 14), props='<w:ind w:left="2000"/>')}, "Kính gửi :"),
    ],
    "N20": [(None, {"first": text(LONG, TEXT.replace("both", "left"))}, "1. Sở Tài chính")],
    "N21": [(None, {"first": text(LONG, TEXT.replace("720", "1134"))}, "1. Sở Tài chính")],
    "N22": [
        (
            None,
            {"opening": text("Để chuẩn bị cho đợt kiểm tra công tác lưu trữ, Sở Nội vụ đề nghị:", TEXT.replace("120", "60"))},
            "1. Sở Tài chính",
        )
    ],
    "N23": [
        (None, {"first": text(LONG, TEXT.replace("264", "480"))}, "1. Sở Tài chính"),
        (None, {"first": text(LONG, TEXT.replace('264" w:lineRule="auto"', '200" w:lineRule="exact"'))}, "1. Sở Tài chính"),
    ],
    "N24": [
        (None, {"authority": mid("KT.GIÁM ĐỐC", 14, "b")}, "viết tắt quyền hạn"),
        (None, {"authority": mid("K/T GIÁM ĐỐC", 14, "b")}, "viết tắt quyền hạn"),
        (None, {"authority": mid("TM. GIÁM ĐỐC", 14, "b")}, "tên tập thể"),
        (None, {"authority": mid("TM. ỦY BAN NHÂN DÂN", 14, "b"), "position": mid("PHÓ CHỦ TỊCH", 14, "b")}, "dòng KT."),
        (None, {"authority": mid("PHÓ GIÁM ĐỐC", 14, "b"), "position": ""}, "dòng KT."),
        (None, {"authority": mid("KT. PHÓ GIÁM ĐỐC", 14, "b")}, "người đứng đầu"),
        (None, {"position": mid("GIÁM ĐỐC", 14, "b")}, "chức vụ của người ký"),
    ],
    "N25": [(None, {"signer": mid("TS. Lê Thị Hoa Mai", 14, "b")}, "học vị")],
    "N26": [
        (None, {"recipient": p(run("- Như trên.", 11))}, "Như trên."),
        (None, {"filing": p(run("- Lưu: VT, VP", 11))}, "Lưu: VT, VP"),
        (None, {"label": p(run("Nơi nhận", 12, "b i"))}, "Nơi nhận"),
    ],
    "N27": [(None, {"filing": p(run("- Lưu VP.", 11))}, "Lưu VP"), (None, {"filing": p(run("- Lưu: Văn thư.", 11))}, "Văn thư")],
    "N28": [
        (None, {"motto-rule": ""}, "thấy 1"),
        (None, {"motto": mid("Độc lập - Tự do - Hạnh phúc", 13, '<w:b/><w:u w:val="single"/>')}, "gạch chân"),
    ],
    "N29": [
        (
            None,
            {"first": text("1. Ủy ban Nhân dân các huyện rà soát hồ sơ của các năm trước và gửi danh mục về Sở Nội vụ.")},
            "Ủy ban nhân dân",
        ),
        (None, {"first": text("1. Sở Tài chính rà soát hồ sơ theo quy định tại Khoản 2 Điều 5 của Quy chế làm việc.")}, "khoản"),
        (None, {"first": text("1. Sở Tài chính rà soát hồ sơ theo quyết định số 12/QĐ-UBND của Ủy ban nhân dân tỉnh.")}, "tên loại"),
    ],
    "N30": [
        (None, {"appendix": mid("Phụ lục", 14, "b") + mid("DANH MỤC HỒ SƠ", 14, "b") + text("Hồ sơ đất đai.")}, "không nhắc tới"),
        (
            None,
            {
                "last": text("2. Sở Y tế thực hiện theo các Phụ lục kèm theo./."),
                "appendix": "".join(mid(f"Phụ lục {n}", 14, "b") + mid("DANH MỤC HỒ SƠ", 14, "b") + text("Hồ sơ.") for n in (1, 2)),
            },
            "La Mã",
        ),
    ],
    "P01": [(PARTY, {"motto": mid("Độc lập - Tự do - Hạnh phúc", 13, "b")}, "Tiêu ngữ")],
    "P02": [
        (PARTY, {"national": mid("ĐẢNG CỘNG SẢN VIỆT NAM", 13, "b")}, "cỡ 15"),
        (PARTY, {"national": mid("ĐẢNG CỘNG SẢN VIỆT NAM", 15)}, "đậm"),
    ],
    "P03": [(PARTY, {"issuer-rule": RULE}, "dấu sao")],
    "P04": [(PARTY, {"number": mid("Số: 15/CV-VPTU", 14)}, "Số: 15/CV"), (PARTY, {"number": mid("Số: 15-CV/VPTU", 14)}, "dấu hai chấm")],
    "P05": [
        (PARTY, {"subject": mid("V/v rà soát hồ sơ lưu trữ", 12, "i")}, "V/v"),
        (PARTY, {"subject": mid("rà soát hồ sơ lưu trữ", 12)}, "nghiêng"),
        (PARTY, {"subject": mid("rà soát hồ sơ lưu trữ", 14, "i")}, "cỡ 12"),
    ],
    "P06": [(PARTY, {"addressed": p(run("Kính gửi:", 14), props='<w:ind w:left="2000"/>')}, "nghiêng")],
    "P07": [(PARTY, {"authority": mid("KT. CHÁNH VĂN PHÒNG", 14, "b")}, "K/T")],
    "P08": [
        (PARTY, {"label": p(run("Nơi nhận:", 14))}, "Gạch chân"),
        (PARTY, {"filing": p(run("- Lưu: VT, Văn phòng Tỉnh ủy.", 11))}, "không ghi VT"),
    ],
    "P09": [(PARTY, {"last": text("2. Các huyện ủy bố trí kho lưu trữ./.")}, "dấu chấm")],
    "P10": [(PARTY, {"margins": '<w:pgMar w:top="1134" w:right="1701" w:bottom="1134" w:left="1701"/>'}, "lề phải 30")],
}
"""For each rule: the form, the pieces that are spoilt, and words that the finding must have."""
PLANTED = [pytest.param(rule, *case, id=f"{rule}-{number}") for rule, cases in FAULTS.items() for number, case in enumerate(cases)]
CLEAN = {
    "letter": (None, {}),
    "one addressee": (None, {"addressed": p(run("Kính gửi: Sở Tài chính", 14), props=MID), "first-addressee": "", "last-addressee": ""}),
    "plan": (PLAN, {}),
    "Party": (PARTY, {}),
    "blank number and day": (
        None,
        {"number": mid("Số:        /SNV-VP", 13), "place-date": mid("Hải Dương, ngày      tháng 9 năm 2023", 13, "i")},
    ),
    "old place of the tone mark": (None, {"national": mid("CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM", 12, "b")}),
    "capitals by the font": (None, {"issuer": mid("Sở Nội vụ", 12, "<w:b/><w:caps/>")}),
    "head signs": (None, {"authority": mid("GIÁM ĐỐC", 14, "b"), "position": ""}),
    "collective": (
        None,
        {"authority": mid("TM. ỦY BAN NHÂN DÂN", 14, "b") + mid("KT. CHỦ TỊCH", 14, "b"), "position": mid("PHÓ CHỦ TỊCH", 14, "b")},
    ),
    "by order": (None, {"authority": mid("TL. GIÁM ĐỐC", 14, "b"), "position": mid("CHÁNH VĂN PHÒNG", 14, "b")}),
    "acting": (None, {"authority": mid("Q. GIÁM ĐỐC", 14, "b"), "position": ""}),
    "crosswise page for a table": (
        None,
        {"paper": '<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>'},
    ),
    "indent of 1 cm, spacing before, exact lines": (
        None,
        {
            "first": text(
                LONG,
                '<w:spacing w:before="120" w:after="120" w:line="340" w:lineRule="exact"/><w:ind w:firstLine="567"/><w:jc w:val="both"/>',
            )
        },
    ),
    "one page without number": (None, {"header": p()}),
    "an appendix that the text tells of": (
        None,
        {
            "last": text("2. Sở Y tế thực hiện theo Phụ lục kèm theo./."),
            "appendix": mid("Phụ lục", 14, "b") + mid("DANH MỤC HỒ SƠ", 14, "b") + text("Hồ sơ đất đai."),
        },
    ),
    "lines typed": (None, {"issuer-rule": mid("_______", 12), "motto-rule": mid("___________", 12)}),
}


def found(form, spoilt):
    return check(document(form, **spoilt)).findings


@pytest.mark.parametrize(("form", "pieces"), CLEAN.values(), ids=CLEAN.keys())
def test_a_faultless_document_has_no_finding(form, pieces):
    assert [(one.rule, one.message, one.places) for one in found(form, pieces)] == []


@pytest.mark.parametrize(("rule", "form", "spoilt", "words"), PLANTED)
def test_a_planted_fault_is_the_one_finding(rule, form, spoilt, words):
    findings = found(form, spoilt)
    assert [one.rule for one in findings] == [rule]
    assert words in " ".join((findings[0].part, findings[0].message, findings[0].remedy, *(place.quote for place in findings[0].places)))
    assert findings[0].clause


def test_every_rule_has_its_planted_fault():
    assert set(FAULTS) == set(rulebook().rules)


def test_rules_are_whole():
    for rule in rulebook().rules.values():
        assert rule.message.endswith(".")
        assert rule.remedy.endswith((".", ".”."))
        assert rule.clause or rule.id in {"N09", "N10", "N11", "N12", "N13"}, "only the parts' own clauses may stand in for it"
    assert all(look.clause.startswith("Phần I, mục ") for look in rulebook().looks.values())


def test_signature_on_the_wrong_side():
    """The blocks change sides: the signature is out of place, and no list of recipients stands where one belongs."""
    spoilt = {
        "label": mid("KT. GIÁM ĐỐC", 14, "b"), "recipient": mid("PHÓ GIÁM ĐỐC", 14, "b"), "filing": mid("Lê Thị Hoa Mai", 14, "b"),
        "authority": p(run("Nơi nhận:", 12, "b i")), "position": p(run("- Như trên;", 11)), "signer": p(run("- Lưu: VT, VP.", 11)),
    }  # fmt: skip
    assert [one.rule for one in found(None, spoilt)] == ["N14", "N13", "N13"]


def test_findings_of_the_text_are_gathered_with_their_places():
    bad = TEXT.replace("both", "left")
    one = found(None, {"opening": text(LONG, bad), "first": text(LONG, bad)})
    assert [(f.rule, len(f.places)) for f in one] == [("N20", 2)]
    assert all(place.paragraph and place.quote.endswith("…") for place in one[0].places)


def test_the_form_is_recognised():
    assert check(document()).kind is FormKind.STATE
    assert check(document(PARTY)).kind is FormKind.PARTY


def test_a_heading_line_crosses_no_column():
    assert LINE in RULE


@pytest.mark.parametrize("sample", READ, ids=label)
def test_our_own_drafts_pass(sample):
    drafts = [file for file in draft_all(sample.plan("pdf"), sample.today) if file.name.endswith(".docx")]
    told = {file.name: [(one.rule, one.message, one.places) for one in check(file.data).findings] for file in drafts}
    assert {name: findings for name, findings in told.items() if findings} == {}


@pytest.mark.parametrize(("data", "error"), [(PDF, NotADocx), (b"PK\x03\x04word/document.xml", UnreadableFile)])
def test_other_files_are_refused(data, error):
    with pytest.raises(error):
        check(data)


def test_a_secret_document_is_not_looked_at():
    with pytest.raises(SecretDocument):
        check(document(subject=mid("V/v rà soát hồ sơ lưu trữ", 12) + mid("MẬT", 13, "b")))


def test_told_to_a_clerk(tmp_path, capsys):
    bad, good = tmp_path / "sai.docx", tmp_path / "dung.docx"
    bad.write_bytes(document(number=mid("Số: 5/SNV-VP", 13), signer=mid("TS. Lê Thị Hoa Mai", 14, "b")))
    good.write_bytes(document())
    assert main(["check", str(bad)]) == 1
    out = capsys.readouterr().out
    assert "1 điều phải sửa, 1 điều nên xem" in out
    assert out.index("N15") < out.index("N25 (nên xem)")
    assert "đoạn 7: “Số: 5/SNV-VP”" in out
    assert "[Phần I, mục II.3.c]" in out
    assert main(["check", str(good)]) == 0
    assert "không thấy điều gì chưa đúng" in capsys.readouterr().out


def test_what_only_should_be_is_no_failure(tmp_path, capsys):
    file = tmp_path / "x.docx"
    file.write_bytes(document(signer=mid("TS. Lê Thị Hoa Mai", 14, "b")))
    assert main(["check", str(file)]) == 0
    assert "nên xem" in capsys.readouterr().out


def test_told_to_other_programs(tmp_path, capsys):
    file = tmp_path / "x.docx"
    file.write_bytes(document(number=mid("Số: 5/SNV-VP", 13)))
    assert main(["check", str(file), "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert (told["file"], told["form"]) == ("x.docx", "nd30")
    assert [(one["rule"], one["must"], one["places"][0]["quote"]) for one in told["findings"]] == [("N15", True, "Số: 5/SNV-VP")]


def test_many_places_are_counted():
    bad = "".join(text(LONG, TEXT.replace("both", "left")) for _ in range(6))
    result = check(document(first=bad))
    assert "… và 3 chỗ khác" in as_text(result, "x.docx")
    assert len(json.loads(as_json(result, "x.docx"))["findings"][0]["places"]) == 6


def test_a_pdf_is_told_what_to_do(tmp_path, capsys):
    file = tmp_path / "x.pdf"
    file.write_bytes(PDF)
    assert main(["check", str(file)]) == 1
    assert capsys.readouterr().err.startswith("E331: ")


@pytest.mark.parametrize("rule", rulebook().rules.values(), ids=lambda rule: rule.id)
def test_the_clerks_guide_has_every_rule(rule):
    assert f"| {rule.id} | {rule.message} | {rule.remedy} |" in (ROOT / "HUONG-DAN.md").read_text("utf-8")
