"""Templates are held to be right before they are used: each planted mistake is told with file and line; an office's own are used."""

import io
import shutil
import zipfile
from pathlib import Path

import pytest
from sample_files import READ, ROOT, label

from extractors.errors import Severity
from pipeline.cli import main
from pipeline.conformance.check import check as conforms
from pipeline.drafting.context import Line, Prepared
from pipeline.drafting.draft import FORMS, draft_all
from pipeline.drafting.environment import environment
from pipeline.drafting.environment_trace import Trace, traced
from pipeline.drafting.examples import examples, names
from pipeline.drafting.items import Item
from pipeline.drafting.template_check import TEMPLATES, check, mistakes
from pipeline.errors import TemplateError
from pipeline.profile import load
from pipeline.stages import process

SHIPPED = ROOT / "templates"
OPENING = '{{ style("opening") }}'


def own(tmp_path: Path, text: str, name: str = "trien-khai/body.j2") -> Path:
    file = tmp_path / "mau" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")
    return tmp_path / "mau"


def changed(tmp_path: Path, old: str, new: str, name: str = "trien-khai/body.j2") -> Path:
    text = (SHIPPED / name).read_text("utf-8")
    assert old in text
    return own(tmp_path, text.replace(old, new, 1), name)


def test_the_shipped_templates_are_right_and_every_branch_of_them_is_shown():
    problems, proofs = check(SHIPPED)
    assert problems == ()
    assert [proof.name for proof in proofs] == [f"in-thu-{template}-{one.id}.docx" for one in examples() for template in one.templates]
    assert {template for one in examples() for template in one.templates} == set(TEMPLATES)


def test_the_shipped_proofs_keep_to_the_form():
    _, proofs = check(SHIPPED)
    whole = [proof for proof in proofs if "phu-luc" not in proof.name]
    assert [(proof.name, found.rule, found.message) for proof in whole for found in conforms(proof.data).findings] == []


MISTAKES = [
    ("a\n{{ khong_co }}", 2, "E333", "khong_co"),
    ("{{ issuer_nam }}", 1, "E333", "có lẽ là “issuer_name”"),
    ("\n\n{{ source.ten }}", 3, "E333", ".ten"),
    ("{% for x in items %}{{ x.unitt }}{% endfor %}", 1, "E333", "có lẽ là “unit”"),
    ("{% for x in items %}{{ loop.indexx }}{% endfor %}", 1, "E333", ".indexx"),
    ("{% if false %}\n{{ an_trong_nhanh }}{% endif %}", 2, "E333", "an_trong_nhanh"),
    ("{{ me | uper_first }}", 1, "E334", "có lẽ là “upper_first”"),
    ("{% if me is lon %}{% endif %}", 1, "E334", "phép thử"),
    ('\n{{ style("openning") }}', 2, "E335", "có lẽ là “opening”"),
    ('{{ style("opening" if told else "khac") }}', 1, "E335", "khac"),
    ('{{ look("dam") }}', 1, "E335", "kiểu chữ"),
    ('{{ rule("ngan") }}', 1, "E335", "đường kẻ"),
    ('{{ table("luoi", 30, 70) }}', 1, "E335", "kiểu bảng"),
    ('{% include "chung/khong-co.j2" %}', 1, "E336", "khong-co"),
    ("{% if told %}\n", 1, "E332", "thiếu thẻ đóng"),
    ("{% neu told %}", 1, "E332", "không có thẻ “neu”"),
    ("{{ me", 1, "E332", ""),
    ("{% for x items %}{% endfor %}", 1, "E332", ""),
]


@pytest.mark.parametrize(("text", "line", "code", "words"), MISTAKES)
def test_a_mistake_is_told_with_file_and_line(tmp_path, text, line, code, words):
    (problem,) = mistakes(own(tmp_path, text))
    assert problem.code == code
    assert problem.severity is Severity.ERROR
    assert problem.where.endswith(f"trien-khai/body.j2:{line}")
    assert words in problem.message + problem.remedy


def test_every_mistake_of_a_file_is_told(tmp_path):
    assert [p.where.rpartition(":")[2] for p in mistakes(own(tmp_path, "{{ a1 }}\n{{ a2 }}\n{{ me | a3 }}"))] == ["1", "2", "3"]


def test_no_utf8_no_templates_too_large(tmp_path):
    folder = own(tmp_path, "x")
    (folder / "trien-khai" / "body.j2").write_bytes("Kính gửi".encode("utf-16"))
    assert [p.code for p in mistakes(folder)] == ["E332"]
    assert [p.code for p in mistakes(own(tmp_path, "x" * 300_000))] == ["E332"]
    (tmp_path / "trong").mkdir()
    assert [p.code for p in mistakes(tmp_path / "trong")] == ["E338"]


def test_a_branch_that_is_never_reached(tmp_path):
    folder = changed(tmp_path, "{% if told and asked %}", '{% if level == "châu" %}\nCHÂU\n{% elif told and asked %}')
    (problem,) = check(folder)[0]
    assert (problem.code, problem.where.endswith("trien-khai/body.j2:9")) == ("W331", True)


def test_a_loop_over_nothing(tmp_path):
    folder = changed(tmp_path, "{% for request in requests %}", "{% for x in [] %}{{ x }}\n{% endfor %}\n{% for request in requests %}")
    (problem,) = check(folder)[0]
    assert problem.code == "W332"


def test_a_file_that_nothing_uses(tmp_path):
    own(tmp_path, OPENING, "chung/du.j2")
    folder = own(tmp_path, OPENING, "trien-khia/body.j2")
    assert [(p.code, p.where.rpartition("mau/")[2]) for p in mistakes(folder)] == [("W333", "chung/du.j2"), ("W333", "trien-khia/body.j2")]


def test_what_only_rendering_shows(tmp_path):
    problems, _ = check(own(tmp_path, "chữ ngoài đoạn"))
    assert {p.code for p in problems} == {"E337"}
    assert "nhiều đơn vị" in problems[0].message


def test_a_template_that_loses_its_form_is_told(tmp_path, capsys):
    folder = changed(tmp_path, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM!", "chung/dau-trang.j2")
    assert main(["template", "check", str(folder)]) == 0
    assert "W334: Bản in thử chưa đúng thể thức: N07" in capsys.readouterr().out


def test_the_clerk_gets_proofs(tmp_path, capsys):
    folder = changed(tmp_path, "Chi tiết phân công nhiệm vụ tại", "Phân công từng việc tại")
    out = tmp_path / "in-thu"
    assert main(["template", "check", str(folder / "trien-khai" / "body.j2"), "--out", str(out)]) == 0
    assert "dùng được" in capsys.readouterr().out
    files = sorted(out.iterdir())
    assert [file.name for file in files] == [f"in-thu-trien-khai-{name}.docx" for name in ("day-du", "hoa-toc", "ngan")]
    with zipfile.ZipFile(io.BytesIO(files[0].read_bytes())) as package:
        assert "Phân công từng việc tại" in package.read("word/document.xml").decode()
    assert main(["template", "check", str(folder), "--out", str(out)]) == 5


def test_mistakes_end_the_check(tmp_path, capsys):
    assert main(["template", "check", str(own(tmp_path, "{{ la }}"))]) == 3
    assert capsys.readouterr().out.startswith("E333: ")
    assert main(["template", "check", str(tmp_path / "khong-co")]) == 2
    assert capsys.readouterr().err.startswith("E204: ")


@pytest.fixture
def profile(tmp_path):
    folder = tmp_path / "0-ho-so-co-quan"
    folder.mkdir()
    shutil.copy(ROOT / "samples" / "profiles" / "huyen-2023.toml", folder)
    return folder


SAMPLE = next(sample for sample in READ if sample.name == "huyen-so-noi-vu")


def test_an_office_has_its_own_templates(profile):
    changed(profile, "gửi kèm theo", "bản chụp kèm theo", "chuyen/body.j2")
    loaded = load(profile)
    assert loaded.templates == profile / "mau"
    product = process(SAMPLE.file("docx").read_bytes(), SAMPLE.file("docx").name, loaded, SAMPLE.today)
    draft = next(file for file in product.outputs if file.kind == "dispatch")
    with zipfile.ZipFile(io.BytesIO(draft.data)) as package:
        assert "bản chụp kèm theo" in package.read("word/document.xml").decode()


def test_a_wrong_template_stops_the_run_at_load(profile):
    own(profile, "{{ la }}")
    with pytest.raises(TemplateError) as error:
        load(profile)
    assert [problem.code for problem in error.value.problems] == ["E333"]


def test_no_folder_of_templates_no_own_templates(profile):
    assert load(profile).templates is None


def test_an_office_cannot_reach_out_of_its_folder(profile):
    (profile / "mat.txt").write_text("mật", "utf-8")
    assert [p.code for p in mistakes(own(profile, '{% include "../mat.txt" %}'))] == ["E336"]


@pytest.mark.parametrize("body", ["{{ style.__class__ }}", "{{ items.append(1) }}", "{% import 'os' as os %}", "{{ source.__init__ }}"])
def test_the_sandbox_holds_for_an_offices_templates(tmp_path, body):
    problems, _ = check(own(tmp_path, OPENING + body))
    assert {p.severity for p in problems} == {Severity.ERROR}


# --- the examples are what real drafts have ---------------------------------------------------------------------------------


@pytest.mark.parametrize("sample", [s for s in READ if s.plan("pdf").mine], ids=label)
def test_real_values_have_the_names_of_the_examples(sample):
    plan = sample.plan("pdf")
    prepared = Prepared(plan, sample.today)
    for template in FORMS.values():
        assert set(prepared.letter()) == names(template)
    assert set(prepared.sheet(plan.mine[:1])) == names("phieu-giao-viec")
    assert draft_all(plan, sample.today)


def test_examples_are_typed_as_real_values():
    context, _ = examples()[0].context("trien-khai")
    assert all(isinstance(item, Item) for item in context["items"])
    assert all(isinstance(line, Line) for line in context["lines"])


def test_tracing_changes_no_letter():
    for example in examples():
        for template in example.templates:
            texts = [
                engine.get_template(f"{template}/body.j2").render(example.context(template)[0])
                for engine in (environment(), traced(Trace(), None))
            ]
            assert texts[0] == texts[1]
