"""Paragraphs around the duties: what opens the operative part, what closes it, which short names a document defines."""

from __future__ import annotations

import re
from collections.abc import Iterable

from extractors.fields.assignment_roles import order_of
from extractors.fields.party_lexicon import lexicon
from extractors.fields.party_tokens import Words
from extractors.text import fold

LEAST_ORDER_WORDS = 14
"""An opening formula that says more than so many words of what its party must do is itself an order."""

_THING = r"(?:nội dung|nhiệm vụ|công việc|việc|giải pháp|biện pháp|vấn đề|yêu cầu|công tác|ý kiến)"
_LISTED = r"(?:như|theo) (?:các )?(?:bảng|biểu|phụ lục|danh mục) (?:sau|dưới đây|kèm theo|đính kèm)"
_ANNOUNCES = re.compile(
    rf"(?:{_LISTED}|như sau|{_THING}(?: [\w,]+){{0,8}} (?:sau|sau đây|dưới đây|cụ thể)|sau đây|dưới đây|cụ thể|{_THING} cụ thể)\s*[:.]?$"
)
_VERB = r"(?:yêu cầu|đề nghị|chỉ đạo|giao|kết luận|quyết định|quyết nghị|có ý kiến|chỉ thị|hướng dẫn|phân công|thông báo|giao nhiệm vụ)"
_ISSUER = (
    r"(?:chủ tịch|phó chủ tịch|ubnd|ủy ban nhân dân|thủ tướng|phó thủ tướng|bộ|bộ trưởng|thứ trưởng|sở|giám đốc|phó giám đốc"
    r"|cục|chi cục|tổng cục|vụ|văn phòng|ban|trung tâm|trường|hiệu trưởng|công an|phòng|thường trực|hội|đồng chí|công ty"
    r"|tổng giám đốc|đảng ủy|huyện ủy|tỉnh ủy|thành ủy)"
)
_SHORT = re.compile(rf"(?:^|\b){_ISSUER}\b[^:;]{{0,140}}\b{_VERB}\s*:$|(?:^|[,;] ){_VERB}\s*:$")
_FAREWELL = re.compile(
    r"(?:trân trọng(?: cảm ơn| báo cáo| kính mời)?\b(?! (?:đề nghị|yêu cầu))|xin trân trọng|kính đề nghị quý|rất mong|trên đây là"
    r"|nay,? (?:thông báo|kính)|kính mong|sự hiện diện|nơi nhận|kính trình|kính báo cáo)"
)
_NOTIFIES = re.compile(
    r"thông báo[^.]{0,160}(?:\bbiết\b(?:,? [^.,;:]{0,60}thực hiện)?|để[^.]{0,120}(?:triển khai |tổ chức )?thực hiện)\W*$"
)
_SOFT_FAREWELL = ("trên đây", "rất mong", "nay", "kính mong")
_ASKS_ALSO = re.compile(r"\b(?:đề nghị|yêu cầu|giao)\b")
_ALIAS = re.compile(
    r"\((?:sau đây|dưới đây)?,?\s*(?:được )?(?:gọi|viết)(?: tắt là| chung là| tắt| chung| là)*[: ]+"
    r"[\"“]?(?P<alias>[^()\"”“]{2,60}?)[\"”]?\s*\)"
)
_THEN = re.compile(
    r"\s*(?:(?:khẩn trương|nghiêm túc|tập trung|tổ chức|quan tâm|chỉ đạo)\s+){0,2}(?:triển khai|thực hiện|triển khai thực hiện)?\s*:\s*"
)
_LONGEST_NAME = 160


def is_lead_in(text: str) -> bool:
    """True for a paragraph that opens the operative part ("… yêu cầu:", "… như sau:"), not for "Giao Sở X:"."""
    key = fold(text).strip()
    if _ANNOUNCES.search(key[-200:]):
        return not _names_one(text)
    return key.endswith(":") and (_SHORT.search(key[-240:]) is not None or _asks_everybody(text))


def _asks_everybody(text: str) -> bool:
    """In "UBND tỉnh yêu cầu các cơ quan, đơn vị:" the issuer names only kinds of parties: those addressed are to act."""
    group = order_of(text, children=True)
    if group is None or group.cue == 0 or _THEN.fullmatch(fold(text[group.names[-1].end :])) is None:
        return False
    return all(" các " in f" {fold(name.name)} " for name in group.names)


def _names_one(text: str) -> bool:
    """In "Giao Sở Y tế thực hiện các nhiệm vụ sau:" introduces one party's items; "giao các đơn vị …" only announces."""
    group = order_of(text, children=True)
    if group is None or group.cue != 0:
        return False
    words = Words(text)
    return lexicon().quantifiers.at(words, group.start) == 0


def orders_beside_opening(text: str) -> bool:
    """True for a paragraph that orders at length and opens a list too ("… yêu cầu các sở nỗ lực hơn nữa …; các nhiệm vụ cụ thể:")."""
    group = order_of(text, children=False)
    if group is None:
        return False
    # The order is a clause of its own: what opens the list stands behind a semicolon or in a new sentence.
    order = re.split(r"[;.] (?=[^;.]*$)", text[group.names[-1].end :])
    return len(order) > 1 and len(order[0].split()) >= LEAST_ORDER_WORDS


def is_closing(text: str) -> bool:
    """True for closing words that assign nothing ("Trân trọng./.", "… thông báo để … biết, thực hiện./.")."""
    key = fold(text).strip()
    if _FAREWELL.match(key):
        return not (key.startswith(_SOFT_FAREWELL) and _ASKS_ALSO.search(key))
    return _NOTIFIES.search(key[-400:]) is not None


def local_aliases(paragraphs: Iterable[str]) -> dict[str, str]:
    """Return the short names that a document defines ("sau đây gọi tắt là …"), by short name."""
    found: dict[str, str] = {}
    for paragraph in paragraphs:
        for match in _ALIAS.finditer(paragraph):
            before = re.split(r"[.;:()]", paragraph[max(0, match.start() - _LONGEST_NAME) : match.start()])[-1]
            alias = match["alias"].strip(" :")
            if before.strip(" ,") and alias:
                found.setdefault(alias, before.strip(" ,"))
    return found
