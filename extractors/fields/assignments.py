"""Who acts, who helps, who gets the result ("chủ trì, phối hợp, báo cáo về"), from one duty's text.

Three readings, in this order: an order word names the lead ("giao Sở Y tế chủ trì …"); the sentence begins with it ("Sở Y tế
chủ trì …"); nobody is named, and the caller inherits. Support follows "phối hợp với", the receiver follows "báo cáo", "gửi", "trình".
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from extractors.fields.parties import PartyMention, Text, is_political
from extractors.fields.party_lists import names_from, split
from extractors.text import fold

__all__ = [
    "PartyMention",
    "Roles",
    "is_closing",
    "is_lead_in",
    "is_party",
    "local_aliases",
    "read_roles",
    "split_parties",
    "starts_with_verb",
]


@dataclass(frozen=True)
class Roles:
    """What a text says about roles; empty leads mean that nobody is named."""

    lead: tuple[PartyMention, ...] = ()
    support: tuple[PartyMention, ...] = ()
    report_to: tuple[PartyMention, ...] = ()
    order: bool = False
    """The text orders or asks somebody to act."""
    request: bool = False
    """It only asks a body that cannot be ordered: Party, Front, court."""


# Order words, not as nouns ("theo đề nghị của", "chỉ đạo của") and not as things done before ("đã giao", "được giao").
_ORDER = re.compile(
    r"(?<!theo )(?<!xét )(?<!đã )(?<!được )(?<!về việc )(?<!việc )(?<!có )(?<!sự )(?<!các )(?<!của )(?<!tại )(?<!những )"
    r"\b(?:kính đề nghị|trân trọng đề nghị|đề nghị|yêu cầu|giao nhiệm vụ cho|giao trách nhiệm cho|giao cho|giao|phân công|chỉ đạo"
    r"|ủy quyền cho|chuyển)\b"
    r"(?! (?:dịch|lưu|thông|hữu|tiếp|khoán|mùa|thời|thương|đất|rừng|vốn|dự toán|kế hoạch|chỉ tiêu) )"
    r"(?! (?:của|thẩm định|hưởng|tại|nêu|trên|này|công nhận|cấp|xét|gửi về|được))"
)
_SOFT_ORDER = ("chuyển", "chỉ đạo", "phân công")
"""Order words that also begin an act ("chỉ đạo các phòng …"): they name a lead only behind an issuer, or at the start."""
_ISSUER_BEFORE = re.compile(r"\b(?:chủ tịch|bộ trưởng|thủ tướng|tổng giám đốc)(?: (?!các )\w+){0,12} $")
"""A person who orders; a body that "chỉ đạo" its own units acts itself."""
_SUPPORT = re.compile(
    r"(?<!công tác )\b(?:phối hợp(?: chặt chẽ| hiệu quả| tốt| kịp thời| thường xuyên| đồng bộ)*,? (?P<with>cùng với|với|cùng)"
    r"|chủ trì,? (?P<together>cùng với|cùng)|phối hợp(?:,? (?:và )?hỗ trợ)?)\b\s*"
)
_REPORT = re.compile(
    r"(?<!theo )(?<!nghe )(?<!quy )(?<!chương )(?<!công )(?<!quá )(?<!lộ )(?<!giáo )(?<!tờ )(?<!tiến )(?<!hành )(?<!cơ sở )"
    r"\b(?:báo cáo|gửi|trình|phản ánh|phản hồi|nộp)\b(?! (?:của|tài chính|viên)\b)"
)
_BY = re.compile(r"\bdo (?=\w)")
_TAKES_ON = re.compile(r" (?:đảm nhiệm|đảm trách|chịu trách nhiệm|chủ trì|phụ trách|phân công)\b")
_ONWARD = re.compile(r"\bđể (?:tổng hợp|theo dõi|xem xét)|[.;]")
"""What the receiver passes on is no longer the actor's report: "báo cáo Sở Y tế để tổng hợp báo cáo UBND tỉnh"."""
_TOWARDS = ("về", "đến", "cho", "với", "tới")
_DIRECT = 3
"""Words that may stand between "báo cáo" and its receiver without "về": "báo cáo kết quả UBND tỉnh"."""
_FARTHEST = 16
"""Words between "báo cáo" and "về …", the receiver."""
_VIA = re.compile(r"\((?:thông )?qua [^)]{0,300}\)")
_INTRO = 400
"""Characters of an introduction with commas of its own."""
_INTRO_COMMAS = 6
_AFTER_INTRO = re.compile(
    r"(?:(?:trách nhiệm|nhiệm vụ) của|trong quá trình[^,]*?(?:,|thực hiện(?=\s))|trên cơ sở[^,]*,|căn cứ[^,]*,"
    r"|định kỳ(?: [\w/]+){0,5},|h[ằà]ng \w+(?: và hàng năm)?,|trước ngày [\d/]+,|sau ngày [\d/]+,"
    r"|trong (?:thời gian|dịp|giai đoạn|phạm vi|trường hợp)[^,]*,|từ ngày [^,]*,"
    r"|đối với|riêng(?: đối với)?|đồng thời,?|ngoài ra,?|trường hợp[^,]*,(?: thì)?|nếu[^,]*,|(?:ngay )?sau khi[^,]*,"
    r"|để [^,]*,|theo [^,]*,)\s*"
)
_EVERYONE = re.compile(
    r"các ông(?: ?\(bà\)|, bà|/bà| bà)? ?:? "
    r"(?=chánh|giám đốc|trưởng|chủ tịch|thủ trưởng|vụ trưởng|cục trưởng|bộ trưởng|phó|hiệu trưởng|tổng)"
)
"""The address before the titles of an executing article: "Các Ông (Bà): Chánh Văn phòng, …"."""
_PAST = re.compile(
    r"\s*(?:,? )?(?:đã|đang|vừa|chưa|có nhiều|còn|mới|là(?! (?:cơ quan|đơn vị|đầu mối))|gồm|bao gồm"
    r"|nhận được|nhận thấy|ban hành (?:công văn|kế hoạch|quyết định)"
    r"|có ý kiến (?:chỉ đạo |kết luận )?như sau|thông báo (?:kết luận|để)|báo cáo (?:kết quả )?như sau)\b"
)
_LEAD_IN_END = re.compile(
    r"(?:sau|sau đây|dưới đây|yêu cầu|đề nghị|chỉ đạo|giao|kết luận|quyết định|ý kiến|như sau|cụ thể|quyết nghị|chỉ thị|nhiệm vụ"
    r"|nội dung|thông báo|hướng dẫn)\s*:$"
)
_LEAD_IN_STRONG = re.compile(
    r"(?:như sau|(?:nội dung|nhiệm vụ|công việc|việc|giải pháp|biện pháp|vấn đề|yêu cầu|công tác)(?: [\w,]+){0,8} sau(?: đây)?|sau đây"
    r"|dưới đây|cụ thể)\s*:$"
)
_SHORT_LEAD_IN = re.compile(
    r"(?:^|[,.;] |\b)(?:chủ tịch|phó chủ tịch|ubnd|ủy ban nhân dân|thủ tướng|phó thủ tướng|bộ|bộ trưởng|sở|giám đốc|cục|chi cục"
    r"|tổng cục|văn phòng|ban|ban thường vụ|trung tâm|trường"
    r"|công an|phòng|thường trực|hội|đồng chí)[^:;]{0,140}(?:yêu cầu|đề nghị|chỉ đạo|giao|kết luận|quyết định|có ý kiến|chỉ thị"
    r"|hướng dẫn|phân công|thông báo)\s*:$|^(?:yêu cầu|đề nghị|giao|quyết định|chỉ thị|kết luận)\s*:$"
)
_CLOSING = re.compile(
    r"^(?:trân trọng|kính đề nghị quý|xin trân trọng|rất mong|trên đây là|nay,? (?:thông báo|kính)|kính mong|sự hiện diện|nơi nhận"
    r"|kính trình|kính báo cáo)"
    r"|thông báo[^.]{0,160}(?:biết|để[^.]{0,120}(?:triển khai |tổ chức )?thực hiện)\W*$"
)
_ASKS_ALSO = re.compile(r"\b(?:đề nghị|yêu cầu|giao)\b")
_ALIAS = re.compile(
    r"(?P<name>[^.;:()]{4,160}?)\s*\((?:sau đây|dưới đây)?\s*(?:gọi|viết)(?: tắt| chung)? là[: ]\s*[\"“]?(?P<alias>[^)\"”]{2,60})[\"”]?\)"
)
_BARE_ORDER = re.compile(
    r"^(?:yêu cầu|đề nghị|kính đề nghị|nghiêm cấm|tuyệt đối không)\b|\b(?:đề nghị|yêu cầu) (?:gửi|báo cáo|phản ánh|nghiêm túc"
    r"|triển khai|khẩn trương|thực hiện)\b"
)


def read_roles(text: str, *, aliases: Mapping[str, str] | None = None, children: bool = False) -> Roles:  # noqa: ARG001 - aliases are printed names already
    """Return the roles that one item's text states.

    Args:
        text: The item without its marker and children.
        aliases: Short names defined in the document, by short name.
        children: The item ends with a colon and introduces others ("Phòng Tư pháp huyện:").
    """
    cut = Text(text)
    lead, verb = _lead(cut, children=children)
    support = _support(cut, lead)
    report = tuple(_report(cut, {p.start for p in (*lead, *support)}))
    ordered = (bool(lead) and verb) or _BARE_ORDER.search(cut.key) is not None
    asked = re.match(r"(?:kính |trân trọng )?đề nghị", cut.key) is not None
    request = asked and bool(lead) and all(is_political(p.name) for p in lead)
    return Roles(lead, support, report, ordered, request)


def _lead(cut: Text, *, children: bool) -> tuple[tuple[PartyMention, ...], bool]:
    """Return the lead's names and whether an act of theirs follows."""
    subject, place = _subject(cut, children=children)
    ordered = _ordered(cut, children=children)
    if ordered and not (subject and place == 0 and not _is_issuer_of(cut, subject, ordered)):
        return ordered, True
    return (subject, True) if subject else (_silent_subject(cut) or _passive(cut), False)


def _passive(cut: Text) -> tuple[PartyMention, ...]:
    """The names in "… do Phòng Nội vụ đảm nhiệm"."""
    for match in _BY.finditer(cut.key):
        found, end = names_from(cut, cut.index_at(match.end()), loose=True)
        if found and _TAKES_ON.match(cut.key, cut.tokens[end - 1].end):
            return found
    return ()


def _silent_subject(cut: Text) -> tuple[PartyMention, ...]:
    """The names at the very start, or right behind an introduction, before a word that no list of verbs knows."""
    intro = _AFTER_INTRO.match(cut.key)
    for offset in (0, intro.end()) if intro else (0,):
        index = cut.index_at(offset)
        found, end = names_from(cut, index)
        if found and _may_act(cut, end):
            return found
    return ()


def _may_act(cut: Text, end: int) -> bool:
    """True when an unknown word in small letters follows the names directly."""
    passive = any(cut.is_at(place, "bị", "được", "đã") for place in range(end, end + 4))
    return cut.unknown_at(end) and not passive and not _PAST.match(cut.key, cut.tokens[end - 1].end)


def _is_issuer_of(cut: Text, subject: tuple[PartyMention, ...], ordered: tuple[PartyMention, ...]) -> bool:
    """In "UBND tỉnh giao Sở Y tế …", "UBND huyện đã ban hành …. UBND huyện yêu cầu …": the subject orders, it does not act."""
    between = cut.key[subject[-1].end : ordered[0].start].strip()
    return re.fullmatch(r"(?:có ý kiến |có văn bản )?(?:kính đề nghị|đề nghị|yêu cầu|giao|giao cho|phân công|chỉ đạo)", between) is not None


def _ordered(cut: Text, *, children: bool) -> tuple[PartyMention, ...]:
    """The names behind the first order word that has some and lets them act."""
    for match in _ORDER.finditer(cut.key):
        index = cut.index_at(match.end())
        if match[0] in _SOFT_ORDER and not _is_order(cut, match, index):
            continue
        found, end = names_from(cut, index, loose=True)
        if found and (_acts(cut, end, children=children) or end >= len(cut.tokens) or _may_act(cut, end)):
            return found
    return ()


def _is_order(cut: Text, match: re.Match[str], index: int) -> bool:
    """For a soft order word: behind an issuer, or first and before one name ("Chuyển P. KT …", "Phân công đồng chí …")."""
    if match.start() == 0:
        return match[0] != "chỉ đạo" and cut.head_at(index) > 0 and not cut.is_at(index, "các")
    return _ISSUER_BEFORE.search(cut.key[max(0, match.start() - 90) : match.start()]) is not None


def _subject(cut: Text, *, children: bool) -> tuple[tuple[PartyMention, ...], int]:
    """The names at the start of the text, of a later sentence, or behind an introduction, that act; and where they stand."""
    for offset, first in _sentence_starts(cut.key):
        index = cut.index_at(offset)
        if offset and not cut.opens_sentence(index):
            continue
        found, end = names_from(cut, index)
        if found and _acts(cut, end, children=children, firm=not first or " chưa " in cut.key[offset : found[-1].end]):
            return found, offset
    return (), 0


def _sentence_starts(key: str) -> Iterator[tuple[int, bool]]:
    """Offsets where a subject may stand, and whether in the first sentence: the start, behind an introduction, behind ". " or "; "."""
    everyone = _EVERYONE.match(key)
    yield everyone.end() if everyone else 0, True
    yield from ((offset, True) for offset in _behind_intro(key, 0))
    for match in re.finditer(r"[.;]\s+", key):
        yield match.end(), False
        yield from ((offset, False) for offset in _behind_intro(key, match.end()))


def _behind_intro(key: str, start: int) -> Iterator[int]:
    """Offsets behind an introduction ("Căn cứ …, ", "Đối với ") that starts a sentence, and behind its later commas."""
    intro = _AFTER_INTRO.match(key, start)
    if intro is None:
        return
    yield intro.end()
    if not intro[0].rstrip().endswith(","):
        return
    end = next((m.start() for m in re.finditer(r"[.;:]\s", key[intro.end() : intro.end() + _INTRO])), _INTRO) + intro.end()
    for comma in list(re.finditer(r",\s*", key[intro.end() : end]))[:_INTRO_COMMAS]:
        yield intro.end() + comma.end()


def _acts(cut: Text, end: int, *, children: bool, firm: bool = False) -> bool:
    """True when an act follows the names: a verb, or the colon of an item that introduces others; ``firm`` wants the verb itself."""
    if end >= len(cut.tokens):
        return children
    token, behind = cut.tokens[end], cut.tokens[end - 1].end
    if token.key == ":":
        return children or end + 1 < len(cut.tokens)
    if _PAST.match(cut.key, behind):
        return False
    if token.key == "(" and (closed := cut.key.find(")", behind)) >= 0:
        after = cut.index_at(closed + 1)
        return cut.verb_at(after) or (cut.is_at(after, ":") and (children or after + 1 < len(cut.tokens)))
    if token.key == ",":
        return cut.verb_at(end + 1, firm=firm) or cut.is_at(end + 1, "mỗi", "từng")
    return cut.verb_at(end, firm=firm)


def _support(cut: Text, lead: tuple[PartyMention, ...]) -> tuple[PartyMention, ...]:
    """The names behind "phối hợp với"."""
    found: list[PartyMention] = []
    for match in _SUPPORT.finditer(cut.key):
        joined = bool(match["with"] or match["together"])
        names, _ = names_from(cut, cut.index_at(match.end()), loose=joined)
        found += [name for name in names if name not in found and name not in lead]
    return tuple(found)


def _report(cut: Text, taken: set[int]) -> Iterator[PartyMention]:
    """The receivers of the result; "(qua …)" is only the way."""
    closed = {offset for m in _VIA.finditer(cut.key) for offset in range(m.start(), m.end())}
    onward = [(m.start(), m[0] not in ".;") for m in _ONWARD.finditer(cut.key)]
    starts = [start for start, _ in onward]
    seen: set[str] = set()
    for match in _REPORT.finditer(cut.key):
        above = bisect_left(starts, match.start()) - 1
        if match.start() in closed or (seen and above >= 0 and onward[above][1]):
            continue
        for name in _receivers(cut, cut.index_at(match.end())):
            if name.start not in closed and name.start not in taken and fold(name.name) not in seen:
                seen.add(fold(name.name))
                yield name


def _receivers(cut: Text, index: int) -> tuple[PartyMention, ...]:
    """The names that a result goes to: right behind the verb, or behind the next "về", "đến", "cho"."""
    for place in range(index, min(index + _FARTHEST, len(cut.tokens))):
        key = cut.tokens[place].key
        if key in (".", ";", ":"):
            break
        if key in _TOWARDS and cut.head_at(place + 1):
            return names_from(cut, place + 1)[0]
        if place - index <= _DIRECT and cut.head_at(place) and cut.tokens[place - 1].key != "của":
            return names_from(cut, place)[0]
    return ()


def split_parties(text: str) -> tuple[PartyMention, ...]:
    """Return the names of a table cell or a label line."""
    return split(text)


def is_party(text: str) -> bool:
    """True when a text is nothing but the names of one or more parties."""
    cut = Text(text.rstrip(" :.;"))
    found, end = names_from(cut, 0, loose=True)
    return bool(found) and end == len(cut.tokens)


def starts_with_verb(text: str) -> bool:
    """True when a text begins with the act itself ("Rà soát …", "Tiếp tục …")."""
    cut = Text(text)
    return bool(cut.tokens) and cut.verb_at(0) and not cut.head_at(0)


LEAST_ORDER_WORDS = 14
"""An opening formula that says more than so many words of what its party must do is itself an order."""


def orders_beside_opening(text: str) -> bool:
    """True for a paragraph that orders at length and opens a list too ("… yêu cầu các sở nỗ lực hơn nữa …; các nhiệm vụ cụ thể:")."""
    cut = Text(text)
    found = _ordered(cut, children=False)
    if not found:
        return False
    # The order is a clause of its own: what opens the list stands behind a semicolon or in a new sentence.
    order = re.split(r"[;.] (?=[^;.]*$)", cut.key[found[-1].end :])
    return len(order) > 1 and len(order[0].split()) >= LEAST_ORDER_WORDS


def is_lead_in(text: str) -> bool:
    """True for a paragraph that opens the operative part ("… yêu cầu:", "… như sau:"), not for "Giao Sở X:"."""
    key = fold(text).rstrip()
    if not key.endswith(":") and not re.search(r"(?:như sau|sau đây)\.?$", key):
        return False
    if _LEAD_IN_STRONG.search(key) or key.endswith(("như sau", "sau đây", "như sau.", "sau đây.")):
        return not _names_one(text)
    return _SHORT_LEAD_IN.search(key) is not None


def _names_one(text: str) -> bool:
    """The words "Giao Sở Y tế thực hiện các nhiệm vụ sau:" introduce one party's items; "giao các đơn vị …" only announces."""
    cut = Text(text)
    if not re.match(r"(?:kính )?(?:giao|yêu cầu|đề nghị)\b", cut.key):
        return False
    found = _ordered(cut, children=True)
    return bool(found) and not all(fold(p.name).startswith("các ") for p in found)


def is_closing(text: str) -> bool:
    """True for closing words that assign nothing ("Trân trọng./.", "… thông báo để … biết, thực hiện./.")."""
    key = fold(text).strip()
    match = _CLOSING.search(key)
    if match is None:
        return False
    if match.start() == 0 and key.startswith(("trên đây", "rất mong", "nay")):
        return not _ASKS_ALSO.search(key)
    return True


def local_aliases(paragraphs: Iterable[str]) -> dict[str, str]:
    """Return the short names that a document defines ("sau đây gọi tắt là …"), by short name."""
    found: dict[str, str] = {}
    for paragraph in paragraphs:
        if "(" not in paragraph:
            continue
        for match in _ALIAS.finditer(paragraph):
            found.setdefault(match["alias"].strip(), match["name"].strip())
    return found
