"""What one printed line of a letterhead or of a document's end is, told by its words alone.

Every function takes a line of NFC text. Shapes are grammar and stand here; lists of words are data
(``data/marks.toml``, ``data/positions.toml``).
"""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from extractors.text import ascii_key, fold

_HEADING = 90
"""Characters of the longest line that may be a title of the letterhead or a drawn rule."""
_NATIONAL = re.compile(r"^\W*cong ho.{1,3}xa ?hoi ?chu ?nghia\b")
_MOTTO = re.compile(r"^\W*doc lap\W{1,5}tu ?do\W{1,5}hanh phuc\W*$")
_PARTY = re.compile(r"^\W*dang cong san viet nam\W*$")
_RULE = re.compile(r"^[\W_]*(?:o ?0 ?o|ooo)?[\W_]*$")
_NUMBER = re.compile(
    r"""^s[ốôóo6ỗồ]\s*
        (?: : | \.(?!\s*[a-zà-ỹ])                  # "Số:"
          | (?=[\d\s.…_]*[a-zđ]?\s?[/-]\s?\w) )      # "Số 15-NQ/TU", "Số   /UBND-VP"
        (?!\s*(?:điện\s*thoại|fax|tài\s*khoản))""",
    re.VERBOSE,
)
_NUMBER_TAIL = re.compile(r"^[/-]\s?[a-zđ]{1,12}[\wđ&./ -]*$")
_BARE_NUMBER = re.compile(r"^\d{1,6}[a-zđ]?\s?/\s?(?:\d{4}/)?[a-zđ]{2,}[\wđ&./-]*$")
_GAP = r"[\d\s.…_/]{0,14}"
_WRITTEN_DATE = re.compile(rf"^[^:;]{{0,60}}?\bngày\s?{_GAP}\s?tháng\s?{_GAP}(?:\s?năm\s?{_GAP})?$")
_DATE_HEAD = re.compile(r"^[^\d:;]{2,45},\s*ngày[\s.…_\d]{0,8}$")
_DATE_TAIL = re.compile(r"^[\d\s.…_]{0,8}(?:tháng|năm)\b[\s\d.…_]{0,14}(?:năm\b[\s\d.…_]{0,10})?$")
# Written by hand on a scan: what the recogniser made of day and month is anything ("ngày O†tháng 02 năm 2025", "ngày thángØ†? năm 2021").
_DIM_DATE = re.compile(
    r"^[^\d:;]{2,45},\s*ngày\b.{0,14}(?:tháng.{0,10})?năm\s?(?:19|20)\d\d\W*$|^[^\d:;]{2,45},\s*ngày\b.{0,14}tháng.{0,8}$"
)
_SHORT_DATE = re.compile(r"^[^\d:;]{2,45},\s*(?:ngày\s*)?\d{1,2}\s?[/-]\s?\d{1,2}\s?[/-]\s?\d{4}\.?$")
_SUBJECT = re.compile(r"^(?:[\W_]{1,4}(?=về))?(?:v\s?/\s?v\b|về\s*việc\b)\s*[:.]?\s*|^v\s?/\s?v(?=[:.\s])[:.]?\s*")
_ADDRESS = re.compile(r"^(?:\(?\s*đồng\s+)?kính\s+g(?:ửi|ởi|ủi)\b\s*:?\s*")
_WIRE = re.compile(r"^(?P<who>.{2,120}?)\s+điện\s*:\s*")
# Who sends a telegram; in small letters only on a line of its own: "Chủ tịch UBND tỉnh điện:".
_WIRES = re.compile(r"(?:chủ\s+tịch|ủy\s+ban\s+nhân\s+dân|ubnd|thủ\s+tướng|bộ\s+trưởng|bộ|ban\s+chỉ)\b")
_INVITE = re.compile(r"^(?:.{0,100}?\s)?(?:trân\s+trọng\s+)?kính\s+mời\s*:\s*")
_PLACES_SENT = re.compile(r"^n[ơo]i\s+nh[ậa]n\b\s*[:.]?\s*")
_FILING = re.compile(r"^[-+*•–\s]*lưu\b\s*(?:tại\b)?\s*[:.]?\s*")
_AUTHORITY = re.compile(r"^(?:t/?m|k/?t|t/?l|tuq|t/uq|q|thừa\s+lệnh|thay\s+mặt|thừa\s+ủy\s+quyền)(?:[./,:]\s*|\s+)(?=[^\W\d])")
_SIGNED = re.compile(
    r"""^(?: \(\s*(?:đã\s+ký|ký|kí|chữ\s+ký|dấu)\b[^()]{0,80}\)   # "(Ký tên, đóng dấu)"
          | (?:đã\s+ký|ký\s+tên)\s*(?: : | \W*$ ) )\s*          # "Đã ký:" before a name
    """,
    re.VERBOSE,
)
_STAMP = re.compile(
    r"đã ký lên văn bản này|^(?:người ký|cơ quan\s?:|ký bởi|thời gian ký|ngày ký|signature|signed by|digitally signed)(?!\w)"
)
_APPENDIX = re.compile(
    r"""^phụ\s+lục(?:\s+(?:số\s+)?(?:[ivxlc]{1,6}|\d{1,3}[a-z]?|[a-h]))?\s*[.:]?$
        |^(?:biểu|mẫu|phụ\s+biểu)(?:\s+mẫu)?\s+số\s*:?\s*[\w.-]{1,8}$""",
    re.VERBOSE,
)
_FORM = re.compile(r"(?:phu luc(?: so)?(?: (?:[ivxlc]{1,6}|\d{1,3}[a-z]?|[a-h]))?\s*[.:–-]?\s*)?(?:bieu )?mau\b(?! (?:sac|nuoc|dich|giao))")
_ATTACHED = re.compile(r"^\(?\s*(?:ban\s+hành\s+)?(?:kèm|đính\s+kèm|gửi\s+kèm)(?:\s+theo)?\b.{0,300}$")
_BODY_OPENER = re.compile(
    r"""^(?:căn\s+cứ|thực\s+hiện\s+(?:ý\s+kiến|chỉ\s+đạo|công\s+văn|công\s+điện|quyết\s+định|kế\s+hoạch|chỉ\s+thị|thông\s+báo|nghị|chương\s+trình|văn\s+bản|kết\s+luận|luật)
          |ngày\s+\d|xét\s+|theo\s+(?:đề\s+nghị|kế\s+hoạch|công\s+văn|bản\s+tin|báo\s+cáo|tinh\s+thần)|để\s+|sau\s+khi|trong\s+thời\s+gian|thời\s+gian\s+(?:qua|vừa)
          |vừa\s+qua|hiện\s+nay|qua\s+(?:theo\s+dõi|kiểm\s+tra|rà)|tiếp\s+theo|phúc\s+đáp|nhằm\s+|nhận\s+được|triển\s+khai\s+(?:thực\s+hiện\s+)?(?:công|quyết|kế|chỉ|nghị)
          |(?:[ivx]{1,4}|\d{1,2})\s*[.)/]\s|(?:điều|chương|phần)\s+(?:[\divx]+|thứ\s\w+)\b|thưa\s|kính\s+thưa)""",
    re.VERBOSE,
)
_DRAFT = re.compile(r"^(?:bản )?dự thảo(?: lần(?: thứ)? \w+| \d.{0,12})?$")
_COPIES = re.compile(r"^[a-zđ]{1,12}\s*[.:]?\s*\(?\d{1,4}\s?b?\)?\.?$")
_DASH = re.compile(r"^[-–—−‐‑+*•●▪·➢✓]\s*")
_NAME_WORD = re.compile(r"^[A-ZÀ-ỴĐ][a-zà-ỹđ']*(?:[-'’][A-ZÀ-ỴĐa-zà-ỹđ]+)*$")
_CAPS_WORD = re.compile(r"^[A-ZÀ-ỴĐ][A-ZÀ-ỴĐ'’-]*$")


def _lead(pattern: re.Pattern[str], line: str) -> int:
    match = pattern.match(fold(line))
    return match.end() if match else 0


@lru_cache(maxsize=2048)
def _plain(line: str) -> str:
    """The line without diacritics; empty when it is too long for a title of the letterhead."""
    return ascii_key(line) if len(line) <= _HEADING else ""


@cache
def table(name: str) -> dict[str, Any]:
    """Return a vocabulary of ``extractors/data`` by its file's stem."""
    return tomllib.loads(files("extractors.data").joinpath(f"{name}.toml").read_text("utf-8"))


def national_title(line: str) -> bool:
    """True for "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" ("Quốc hiệu"), misprints of the tone marks included."""
    return bool(_NATIONAL.match(_plain(line)))


def motto(line: str) -> bool:
    """True for "Độc lập - Tự do - Hạnh phúc" ("Tiêu ngữ") with any dashes."""
    return bool(_MOTTO.match(_plain(line)))


def party_title(line: str) -> bool:
    """True for "ĐẢNG CỘNG SẢN VIỆT NAM" alone on a line ("tiêu đề" of Party documents)."""
    return bool(_PARTY.match(_plain(line)))


def rule(line: str) -> bool:
    """True for a drawn line or ornament: "_____", "-----", "*", "***", "-o0o-"."""
    return len(line) <= _HEADING and bool(_RULE.match(fold(line)))


def number_line(line: str) -> bool:
    """True for a line that begins with the document's own number ("Số: 12/UBND-VP", "Số   /KH-UBND", "Số 15-NQ/TU")."""
    return len(line) <= 90 and bool(_NUMBER.match(fold(line)))


def bare_number(line: str) -> bool:
    """True for a number that lost its word "Số": "1234/UBND-VP"."""
    return bool(_BARE_NUMBER.match(fold(line)))


def place_date(line: str) -> bool:
    """True for the place and date line, blank days included ("địa danh và thời gian ban hành")."""
    key = fold(line)
    return len(key) <= 90 and bool(_WRITTEN_DATE.match(key) or _SHORT_DATE.match(key) or _DIM_DATE.match(key))


def date_head(line: str) -> bool:
    """True for "Tứ Kỳ, ngày" whose blank day has cut the line in two."""
    return bool(_DATE_HEAD.match(fold(line)))


def date_tail(line: str) -> bool:
    """True for the other half: "tháng 9 năm 2023", "năm 2023"."""
    return len(line) <= 40 and bool(_DATE_TAIL.match(fold(line)))


def number_tail(line: str) -> bool:
    """True for "/UBND-VP", the half of a number line behind its blank."""
    return len(line) <= 40 and bool(_NUMBER_TAIL.match(fold(line)))


def subject_lead(line: str) -> int:
    """Length of "V/v", "V/v:" or "Về việc" at the beginning, 0 without it ("trích yếu")."""
    return _lead(_SUBJECT, line)


def address_lead(line: str) -> int:
    """Length of "Kính gửi:" at the beginning, 0 without it."""
    return _lead(_ADDRESS, line)


def wire_lead(line: str) -> int:
    """Length of "<issuer> điện:" at the beginning of a telegram's addressees, 0 without it (NĐ 30/2020 mẫu 1.6)."""
    match = _WIRE.match(fold(line))
    if match is None:
        return 0
    alone = match.end() == len(line) and _WIRES.match(match["who"]) is not None
    return match.end() if alone or line[: match.end("who")].isupper() else 0


def invitation_lead(line: str) -> int:
    """Length of "<issuer> trân trọng kính mời:" at the beginning, 0 without it (NĐ 30/2020 mẫu 1.7)."""
    return _lead(_INVITE, line)


def recipients_lead(line: str) -> int:
    """Length of "Nơi nhận:" at the beginning, 0 without it."""
    return _lead(_PLACES_SENT, line)


def filing_lead(line: str) -> int:
    """Length of "- Lưu:" at the beginning, 0 without it."""
    return _lead(_FILING, line)


def dash_lead(line: str) -> int:
    """Length of the dashes or bullets at the beginning, doubled ones ("- - X") included."""
    total = 0
    while match := _DASH.match(line[total:]):
        total += match.end()
    return total


def _squeezed_mark(line: str) -> str:
    bare = re.sub(r"[^\w\s]", "", line).strip()
    spelled = bare.split()
    return fold("".join(spelled) if len(spelled) > 2 and all(len(part) == 1 for part in spelled) else " ".join(spelled))


@cache
def _marks() -> dict[str, tuple[str, str]]:
    return {fold(word): (row["field"], row["id"]) for row in table("marks")["mark"] for word in row["words"]}


def mark(line: str) -> tuple[str, str] | None:
    """Return (field, code) of a stand-alone mark printed in capitals, e.g. ("urgency", "hoa-toc")."""
    if len(line) > 40:
        return None
    key = _squeezed_mark(line)
    if _DRAFT.match(key):
        return "handling", "handling"
    return _marks().get(key) if line.isupper() else None


@cache
def offices() -> frozenset[str]:
    """Return the signers' offices ("chức vụ") without "phó", folded."""
    return frozenset(fold(word) for row in table("positions")["position"] for word in row["words"])


@cache
def _positions() -> tuple[re.Pattern[str], re.Pattern[str]]:
    rows = table("positions")["position"]
    deputy = {word for row in rows for word in row.get("deputy_only", ())}
    every = sorted({word for row in rows for word in row["words"]}, key=len, reverse=True)
    plain = "|".join(fold(word).replace(" ", r"\s+") for word in every if word not in deputy)
    only = "|".join(fold(word).replace(" ", r"\s+") for word in sorted(deputy))
    head = rf"(?:(?:q|quyền|nguyên)\.?\s*)?(?:(?:(?:phó|p\.)\s*)?(?:{plain})|phó\s+(?:{only}))"
    return re.compile(rf"^{head}(?!\w)"), re.compile(rf"(?<=\s)phó\s+(?:{plain}|{only})(?!\w)")


def office(line: str) -> bool:
    """True for a signer's office in any letters ("Tổng Giám đốc"): only where a signature must stand."""
    return len(line) <= 60 and bool(_positions()[0].match(fold(line)))


def position_line(line: str) -> bool:
    """True for a signer's office in capitals ("chức vụ"): "PHÓ CHỦ TỊCH", "TRƯỞNG PHÒNG NỘI VỤ"."""
    return len(line) <= 90 and _mostly_capitals(line) and bool(_positions()[0].match(fold(line)))


def deputy_inside(line: str) -> int:
    """Where "PHÓ …" begins within "KT. GIÁM ĐỐC PHÓ GIÁM ĐỐC" set on one line; 0 when it does not."""
    match = _positions()[1].search(fold(line))
    return match.start() if match else 0


def authority_line(line: str) -> bool:
    """True for a line that says on whose behalf one signs: TM., KT., TL., TUQ., Q., T/M, K/T, T/L (Điều 13 NĐ 30/2020)."""
    return len(line) <= 100 and _mostly_capitals(line) and bool(_AUTHORITY.match(fold(line)))


def _mostly_capitals(line: str) -> bool:
    letters = [c for c in line if c.isalpha()]
    return bool(letters) and sum(c.isupper() for c in letters) >= 0.8 * len(letters)


def signed_lead(line: str) -> int:
    """Length of "(Đã ký)", "(Ký tên, đóng dấu)" in place of a signature, a name may follow on the line; 0 without it."""
    return _lead(_SIGNED, line)


def signed_note(line: str) -> bool:
    """True for "(Đã ký)" alone on its line."""
    return signed_lead(line) >= len(line) > 0


def stamp_line(line: str) -> bool:
    """True for words of a digital signature's stamp that a reader left among the text."""
    return bool(_STAMP.search(fold(line)))


def copies_mark(line: str) -> bool:
    """True for the drafter's mark and the number of copies under the recipients: "PL.(300)" (ô 12)."""
    return len(line) <= 20 and bool(_COPIES.match(fold(line)))


@cache
def _ranks() -> re.Pattern[str]:
    words = sorted((fold(w) for row in table("positions")["rank"] for w in row["words"]), key=len, reverse=True)
    return re.compile(r"^(?:(?:" + "|".join(re.escape(w) for w in words) + r")(?:\.\s*|,\s*|\s+))+")


def rank_lead(line: str) -> int:
    """Length of a rank or degree before a name ("Đại tá ", "PGS.TS. "), 0 without it."""
    return _lead(_ranks(), line)


@cache
def surnames() -> frozenset[str]:
    """Return the family names ("họ"), folded."""
    return frozenset(fold(word) for row in table("positions")["surname"] for word in row["words"])


def person_name(line: str) -> bool:
    """True for two to six words that look like a Vietnamese person's name ("Trịnh Văn Khoát", "H'Yim Kđoh", "Lê Thị Hải-Yến")."""
    if len(line) > 60:
        return False
    words = line[rank_lead(line) :].split()
    if not 2 <= len(words) <= 6 or _positions()[0].match(fold(line)) or authority_line(line):
        return False
    if all(_NAME_WORD.match(word) for word in words):
        return True
    return fold(words[0]) in surnames() and all(_CAPS_WORD.match(word) for word in words)


def appendix_title(line: str) -> bool:
    """True for the line that opens an appendix: "Phụ lục", "PHỤ LỤC II", "Biểu số 01"."""
    return len(line) <= 40 and bool(_APPENDIX.match(fold(line)))


def form_title(line: str) -> bool:
    """True for the title of a form to be filled in: "MẪU BÁO CÁO …", "Phụ lục 1: Biểu mẫu …", "Mẫu số 02"; tones may be misread."""
    return bool(_FORM.match(ascii_key(line[:_HEADING])))


def attached_note(line: str) -> bool:
    """True for "(Kèm theo Kế hoạch số … ngày … của …)" under an appendix's title."""
    return line.startswith("(") and bool(_ATTACHED.match(fold(line)))


def body_opener(line: str) -> bool:
    """True for words that begin a document's text, never its title or addressees."""
    return not line[:1].islower() and bool(_BODY_OPENER.match(fold(line)))
