"""Text of before Unicode: tables that test themselves, what a font's name says, what the text says, and the way back."""

import re
import unicodedata
from pathlib import Path

import pytest
from compose_legacy import store
from hypothesis import given, settings
from hypothesis import strategies as st
from vietnamese_syllables import all_syllables

from extractors.legacy.evidence import convert, detect, leans
from extractors.legacy.fonts import face_of
from extractors.legacy.notes import problems
from extractors.legacy.recoding import Recoded, composed, headings_raised, recode
from extractors.legacy.runs import recode_runs
from extractors.legacy.syllables import is_syllable
from extractors.legacy.tables import encoding, encodings
from extractors.readers import base

SAMPLES = Path(__file__).parents[1] / "samples"
IDS = [known.id for known in encodings()]
TCVN3, VNI = encoding("tcvn3"), encoding("vni")
MOTTO = "Cộng hoà xã hội chủ nghĩa Việt Nam, Độc lập - Tự do - Hạnh phúc"


def shown(text: str, name: str) -> str:
    """One run in that encoding's font."""
    return "".join(recode_runs([(text, face_of({"tcvn3": ".VnTime", "vni": "VNI-Times", "vps": "VPS Times", "viscii": "VISCII"}[name]))]))


EXAMPLES = [(known.id, *example.split(" → ")) for known in encodings() for example in known.matches]


@pytest.mark.parametrize(("name", "stored", "reads"), EXAMPLES)
def test_the_tables_show_what_their_examples_say(name, stored, reads):
    assert shown(stored, name) == reads


@pytest.mark.parametrize(("name", "text"), [(known.id, text) for known in encodings() for text in known.rejects])
def test_unicode_typed_in_an_old_font_stays(name, text):
    context = "Ủy ban nhân dân tỉnh yêu cầu các sở, ngành "
    assert shown(context + text, name) == context + text


@pytest.mark.parametrize("name", IDS)
def test_every_syllable_comes_back(name):
    """14 000 syllables, in small letters and with a capital in front, in one text each."""
    for words in (all_syllables(), [word.capitalize() for word in all_syllables() if word[0] in "bcdghklmnpqrstvx"]):
        text = " ".join(words)
        assert recode(store(text, encoding(name)), encoding(name)).text == text


@pytest.mark.parametrize("name", ["vni", "viscii"])
def test_encodings_with_capitals_bring_them_back(name):
    text = " ".join(all_syllables()).upper().replace("Õ", "O")  # VISCII stores it as a space
    assert recode(store(text, encoding(name)), encoding(name)).text == text


def test_the_syllables_are_those_of_the_language():
    known = set(all_syllables())
    assert 12_000 < len(known) < 22_000
    for word in MOTTO.replace(",", "").replace("-", "").lower().split():
        assert is_syllable(word)
    for word in re.findall(r"\w+", "nghiêng khuỷu quốc quyết giêng gìn hoà hòa thuỷ thủy uỷ ủy Nguyễn NGƯỜI yêu ý oà"):
        assert is_syllable(word), word
    for word in re.findall(r"\S+", "Vịêt bỏo cỏo ngkh thuyẻ cac̀ TIếng hôtel été Muñoz học̣ cóc̃"):
        assert not is_syllable(unicodedata.normalize("NFC", word)), word


def true_to(recoded: Recoded, stored: str) -> bool:
    """The map has a place for each character and its end, never falls, and spans the stored text."""
    places = recoded.offsets
    return len(places) == len(recoded.text) + 1 and places[-1] == len(stored) and list(places) == sorted(places)


LETTERS = "".join(sorted({char for known in encodings() for stored in known.letters for char in stored}))
COMMON = LETTERS + " \t\n-/.,0123456789abcdeghiouyAEOUY"
STORED = st.text(st.one_of(st.sampled_from(COMMON), st.characters(exclude_categories=["Cs"])), max_size=40)


@given(STORED, st.sampled_from(IDS))
def test_recoding_keeps_the_way_back_and_white_space(stored, name):
    recoded = recode(stored, encoding(name))
    assert true_to(recoded, stored)
    assert unicodedata.is_normalized("NFC", recoded.text)
    assert re.findall(r"\s", recoded.text) == re.findall(r"\s", unicodedata.normalize("NFC", stored))
    for place, char in enumerate(recoded.text):
        if char.isspace() and char in stored:
            assert stored[recoded.offsets[place]].isspace()


@given(st.lists(st.sampled_from(all_syllables()), min_size=1, max_size=12), st.sampled_from(IDS))
def test_each_letter_leads_back_to_what_it_was_stored_as(words, name):
    text = " ".join(words)
    known = encoding(name)
    stored = store(text, known)
    recoded = recode(stored, known)
    assert true_to(recoded, stored)
    for place, letter in enumerate(recoded.text):
        start, end = recoded.stored(place, place + 1)
        assert recode(stored[start:end], known).text == letter


@given(STORED.map(lambda text: unicodedata.normalize("NFD", text)))
def test_decomposed_text_is_composed_with_its_way_back(stored):
    recoded = composed(stored)
    assert recoded.text == unicodedata.normalize("NFC", stored)
    assert true_to(recoded, stored)


def test_a_composed_letter_leads_to_its_first_mark():
    stored = unicodedata.normalize("NFD", "Uỷ ban")
    recoded = composed(stored)
    assert recoded.text == "Uỷ ban"
    assert recoded.stored(1, 2) == (1, 3)
    assert recoded.stored(3, 6) == (4, 7)


FONTS = [
    (".VnTime", "tcvn3", False),
    (".VnTimeH", "tcvn3", True),
    ("AARIQC+.VnTimeH,Bold", "tcvn3", True),
    ("FBHPFO+VnTimeHBold", "tcvn3", True),
    (".VnArial NarrowH", "tcvn3", True),
    ("VnArialH(Ds)", "tcvn3", True),
    ("VnSouthern(Ds)", "tcvn3", False),
    ("VNTime", "tcvn3", False),
    ("VNSTCVN3", "tcvn3", False),
    ("VNI-Times", "vni", False),
    ("ABCDEF+VNI-Helve-Condense", "vni", False),
    ("VNI Couri", "vni", False),
    ("VNSVNI2", "vni", False),
    ("VPS Times", "vps", False),
    ("VPS TimesH", "vps", True),
]


@pytest.mark.parametrize(("font", "name", "capitals"), FONTS)
def test_a_fonts_name_tells_its_encoding(font, name, capitals):
    face = face_of(font)
    assert face is not None
    assert (face.encoding.id, face.capitals) == (name, capitals)


@pytest.mark.parametrize(
    "font", ["Times New Roman", " ", "", "SVNtimes new roman", "UTM Times", "Vnesse", "Arial", "DejaVu SansH", "ABCDEF+Symbol"]
)
def test_other_names_say_nothing(font):
    assert face_of(font) is None


@pytest.mark.parametrize("name", IDS)
def test_a_text_tells_its_encoding_by_itself(name):
    assert detect(store(MOTTO, encoding(name))) is encoding(name)


OTHERS = [
    MOTTO,
    unicodedata.normalize("NFD", MOTTO),
    "Café, hôtel, naïve: François a mangé à Besançon, où l'été dure; déjà vu, très bien, être",
    "Größe über Straßen; Äpfel, Öl, Übung, schön, müde, können, führen",
    "25 °C ± 0,5; µm; ½; § 12; © 2026; ® ; «trích»; 10 m²; 5 × 3",
    "việt" * 3,
    "",
    "viÖt",
]


@pytest.mark.parametrize("text", OTHERS)
def test_other_texts_have_no_old_encoding(text):
    assert detect(text) is None


@given(st.lists(st.sampled_from(all_syllables()), max_size=30))
@settings(max_examples=60)
def test_unicode_text_is_never_taken_for_an_old_encoding(words):
    assert detect(" ".join(words)) is None


@given(st.lists(st.sampled_from(all_syllables()), min_size=12, max_size=30), st.sampled_from(IDS))
@settings(max_examples=60)
def test_a_stored_text_is_never_taken_for_another_encoding(words, name):
    assert detect(store(" ".join(words), encoding(name))) in (None, encoding(name))


def test_a_short_text_leans_on_the_text_around_it():
    assert leans("§iÒu 1", TCVN3)
    assert not leans("Điều 1", TCVN3)
    assert not leans("Mục 1", TCVN3)
    assert not leans("café « sau »", TCVN3), "a sign by itself says nothing"


SAMPLE_FILES = sorted(SAMPLES.glob("*/*.docx"))


@pytest.mark.parametrize("path", SAMPLE_FILES, ids=lambda path: path.stem)
def test_no_sample_in_unicode_is_taken_for_an_old_encoding(path):
    if "fonts" in (path.parent / "source.toml").read_text("utf-8"):
        pytest.skip("a sample in an old encoding")
    blocks = [block.text for block in base.read(path.read_bytes()).blocks]
    assert [text for text in [*blocks, " ".join(blocks)] if detect(text)] == []
    assert [text for text in blocks for known in encodings() if leans(text, known)] == []


RUNS = [
    ("a letter of two characters in two runs", [("To", "VNI-Times"), ("å chöùc", "VNI-Times")], ["Tổ", " chức"]),
    ("each run by its own font", [("céng v¨n ", ".VnTime"), ("soá ", "VNI-Times"), ("số 5", "Arial")], ["cộng văn ", "số ", "số 5"]),
    ("a font of capitals for one run", [("th«ng t\u00ad ", ".VnTimeH"), ("h\u00adíng dÉn", ".VnTime")], ["THÔNG TƯ ", "hướng dẫn"]),
    ("plain letters in a font of capitals", [("ubnd – ", ".VnTimeH")], ["UBND – "]),
    ("Unicode in an old font", [("công bố của Ủy ban", ".VnTime")], ["công bố của Ủy ban"]),
    ("one word of Unicode in an old text", [("céng hoµ, Điều 1, x· héi", ".VnTime")], ["cộng hoà, Điều 1, xã hội"]),
    ("VNI under a font of TCVN3", [("Thaønh phoá Ñaø Laït", ".VnTime")], ["Thành phố Đà Lạt"]),
    ("TCVN3 under a font of VNI", [("§¬n vÞ tÝnh: ®ång", "VNI-Times")], ["Đơn vị tính: đồng"]),
    ("an abbreviation does not tell", [("NÑ-CP", "VNI-Times"), ("N§-CP", ".VnTime")], ["NĐ-CP", "NĐ-CP"]),
    ("a capital with a tone in a small font", [("tæng THÓ ph¸t triÓn", ".VnTime")], ["tổng THỂ phát triển"]),
    ("no text", [("", ".VnTime")], [""]),
]


@pytest.mark.parametrize(("runs", "reads"), [row[1:] for row in RUNS], ids=[row[0] for row in RUNS])
def test_runs_are_recoded_together(runs, reads):
    assert recode_runs([(text, face_of(font)) for text, font in runs]) == reads


WORDS = st.lists(st.sampled_from(all_syllables()), min_size=1, max_size=12).map(" ".join)


@given(WORDS, st.sampled_from(IDS))
def test_a_text_in_its_own_font_is_never_read_in_another_encoding(text, name):
    known = encoding(name)
    stored = store(text, known)
    shown = convert(stored, known)
    assert shown is None or shown.text == recode(stored, known).text


@given(WORDS, st.sampled_from(IDS))
def test_unicode_in_any_old_font_stays(words, name):
    text = " ".join(f"{word}, Ủy ban" for word in words.split())
    shown = convert(text, encoding(name))
    assert shown is None or shown.text == text


@pytest.mark.parametrize(
    "text", [MOTTO, "Đơn vị tính: triệu đồng", "Uỷ ban nhân dân tỉnh yêu cầu các sở, ngành rà soát, báo cáo trước ngày 15"]
)
@pytest.mark.parametrize(("name", "font"), [("tcvn3", "vni"), ("vni", "tcvn3")])
def test_a_text_under_the_wrong_font_is_read_by_itself(text, name, font):
    shown = convert(store(text, encoding(name)), encoding(font))
    assert shown is not None
    assert shown.text == text


@given(
    st.lists(
        st.tuples(STORED, st.sampled_from([face_of(font) for font in (".VnTime", ".VnTimeH", "VNI-Times", "VPS Times", "Arial")])),
        max_size=5,
    )
)
def test_runs_of_unicode_fonts_stay_and_none_is_lost(runs):
    out = recode_runs(runs)
    assert len(out) == len(runs)
    assert [text for text, (_, face) in zip(out, runs, strict=True) if face is None] == [text for text, face in runs if face is None]


HEADINGS = [
    ("TỉNH", "TỈNH"),
    ("Tỉnh uỷ", "Tỉnh uỷ"),
    ("CộNG HOà Xã HộI", "CỘNG HOÀ XÃ HỘI"),
    ("UBND tỉnh", "UBND tỉnh"),
    ("Số: 15/QĐ-UBND", "Số: 15/QĐ-UBND"),
    ("HĐND, Hà Nội", "HĐND, Hà Nội"),
]


@pytest.mark.parametrize(("text", "raised"), HEADINGS)
def test_small_letters_among_capitals_are_raised(text, raised):
    assert headings_raised(text) == raised


ODD = [
    ("nothing recoded", [], None),
    ("words", ["Cộng", "hoà", "TTg;", "15/QĐ-UBND"], None),
    ("a few typing errors", ["nưóc", "giâý", "trrên", "nôp", *["tỉnh"] * 20], None),
    ("a few among many", ["trớc"] * 6 + ["tỉnh"] * 300, None),
    ("letters lost", ["trớc", "nớc", "trớc", "đợc", "(thờng", *["tỉnh"] * 100], "5 chữ"),
]


@pytest.mark.parametrize(("words", "tells"), [row[1:] for row in ODD], ids=[row[0] for row in ODD])
def test_recoded_words_that_are_none_are_told_of(words, tells):
    messages = [problem.message for problem in problems([], [], words)]
    assert len(messages) == (tells is not None)
    assert all(tells in message and "“trớc”" in message for message in messages)
