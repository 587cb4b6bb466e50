"""Duties ("nhiệm vụ"): the items of the outline that tell somebody to act, with who leads, who supports and by when.

What counts is written in the record's contract: items of the operative part, unnumbered orders, rows of assignment tables;
not the narrative, the assessment, purposes, money lines, closings.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from extractors.dispatch import Deadline, Duty, DutyKind, Party
from extractors.duty_policy import DutyPolicy
from extractors.fields import assignments, deadlines, duty_tables, outline
from extractors.fields.markers import Level, of_block
from extractors.fields.outline import Item, Sort
from extractors.fields.passage import Passage
from extractors.fields.sections import Mode, mode_of
from extractors.hygiene import injected
from extractors.layout import Block, Table
from extractors.layout import Item as LayoutItem
from extractors.text import body_key, fold

# An opening formula that orders: what follows are duties. One that only announces ("… kết quả như sau:") is neutral.
_ORDERING = re.compile(
    r"\b(?:yêu cầu|đề nghị|chỉ đạo|chỉ thị|giao|kết luận|quyết định giao|phân công|tập trung thực hiện|triển khai thực hiện"
    r"|thực hiện (?:tốt |nghiêm |ngay |đồng bộ )?(?:một số|các|những)? ?(?:nội dung|nhiệm vụ|giải pháp|công việc|việc|biện pháp))\b"
)
# Who asks before the order word is no authority: "cử tri đề nghị UBND tỉnh …" is quoted, not ordered.
_PETITION = re.compile(
    r"\b(?:cử tri|công dân|người dân|nhân dân|bà con|đại biểu|hộ dân|các hộ|doanh nghiệp|công ty|kiến nghị|ý kiến|phản ánh)\b[^.;]{0,90}"
    r"\b(?:kính đề nghị|đề nghị|yêu cầu)\s*(?:với |các )?$"
)
_SENTENCE = re.compile(r"(?<=[^\W\d_]{3})\. (?=[A-ZĐÀ-Ỹ])")
_TOLD = re.compile(r"\b(?:giao(?: nhiệm vụ)?(?: cho)?|yêu cầu|đề nghị|phân công|chỉ đạo)\s*(?:với |đối với )?:?\s*$")
# "UBND xã đã huy động …, giao Công an xã …": what was done, told in one sentence.
_DONE = re.compile(r"\b(?:đã|đang|vừa)\b[^.;:]*$")
# "Hồ sơ gồm:", "Tài liệu gửi kèm:": what is listed below are things.
_THINGS = re.compile(r"\b(?:gồm(?: có)?|kèm theo|gửi kèm|đính kèm|tài liệu|hồ sơ|danh sách|số liệu(?: cụ thể)?)\s*:$")
# Praise and looking back in a conclusion tell; nobody is to act on them.
_ASSESSES = re.compile(
    r"(?:trong |nhìn chung,? |về cơ bản,? )?(?:thời gian qua|những năm qua|vừa qua|nhìn chung|qua (?:báo cáo|theo dõi|kiểm tra|rà soát))\b"
    r"|(?:[^.;:,]{0,60}\b)?(?:ghi nhận|đánh giá cao|biểu dương|hoan nghênh)(?:,? (?:và )?(?:ghi nhận|đánh giá cao|biểu dương|cảm ơn))*"
    r" (?:sự|tinh thần|(?:những |các )?(?:nỗ lực|kết quả|cố gắng)|việc|các (?:cơ quan|đơn vị|sở|địa phương|lực lượng))\b"
)
# What an invitation asks of everybody.
_COMES = re.compile(
    r"[ ,:]*(?:(?:vui lòng|quan tâm|sắp xếp|bố trí|thu xếp|công việc|thời gian|lịch|cử|[\w, ]{0,60}\bđại diện|đến|về|và|để|cùng) ){0,8}"
    r"(?:tham dự|dự|có mặt|tham gia)\b"
)
_TOPIC = re.compile(r"(?:về|đối với|công tác|việc|nhóm|lĩnh vực|trong lĩnh vực|liên quan)\b")
_LABEL = re.compile(
    r"(?:[-+*] ?)?(?P<role>(?:cơ quan|đơn vị|người|cán bộ|bộ phận)? ?(?:chủ trì|phối hợp|thực hiện)(?:,? (?:tham mưu|thực hiện))?"
    r"|thời gian(?: thực hiện| hoàn thành)?|thời hạn(?: thực hiện| hoàn thành)?|hoàn thành|tiến độ"
    r"|sản phẩm|kết quả|kinh phí|nguồn kinh phí|địa điểm|thành phần)(?: thực hiện| hoàn thành| dự kiến| đầu ra)? ?:"
)


_LABEL_WORDS = 6
_TITLE = 8
"""Words of a title that begins with a verb."""
LONGEST_TITLE = 20
"""Words of a title that is not set in bold."""


@dataclass(frozen=True)
class _Context:
    """What an item gets from above."""

    mode: Mode
    lead: tuple[Party, ...]
    issued: date | None
    aliases: Mapping[str, str]
    policy: DutyPolicy
    issuer: str
    """Who speaks: a sentence about what the speaker itself does is narrative."""


@dataclass(frozen=True)
class Frame:
    """What the rest of the document says that its duties rest on."""

    policy: DutyPolicy
    addressees: tuple[Party, ...] = ()
    issued: date | None = None
    issuer: str = ""


def read(body: Sequence[LayoutItem], appendices: Iterable[Sequence[LayoutItem]], frame: Frame) -> tuple[Duty, ...]:
    """Return the duties of a document as a tree with ids; running text first, then assignment tables, then appendices."""
    policy, issued = frame.policy, frame.issued
    blocks = [item for item in body if isinstance(item, Block)]
    aliases = assignments.local_aliases(block.text for block in blocks)
    start = Mode.ALL if policy.directs else Mode.ORDERS
    context = _Context(start, frame.addressees, issued, aliases, policy, body_key(frame.issuer))
    found = [*_from_text(blocks, context), *_from_tables(body, issued)]
    for appendix in appendices:
        found += _from_text([item for item in appendix if isinstance(item, Block)], replace(context, mode=Mode.ORDERS))
        found += _from_tables(appendix, issued)
    return tuple(_numbered(duty, str(index)) for index, duty in enumerate(found, 1))


def _numbered(duty: Duty, path: str) -> Duty:
    children = tuple(_numbered(child, f"{path}.{index}") for index, child in enumerate(duty.children, 1))
    return replace(duty, id=path, children=children)


def _from_tables(items: Sequence[LayoutItem], issued: date | None) -> list[Duty]:
    return [duty for item in items if isinstance(item, Table) for duty in duty_tables.read(item, issued)]


def _from_text(blocks: Sequence[Block], context: _Context) -> list[Duty]:
    items = outline.build(_operative(blocks) if context.policy.articles else blocks)
    return [duty for item in items if (duty := _duty(item, _opened(item, context))) is not None]


def _operative(blocks: Sequence[Block]) -> Sequence[Block]:
    """A decision's articles, without the legal bases above them."""
    first = next((i for i, block in enumerate(blocks) if (marker := of_block(block)[0]) and marker.level is Level.ARTICLE), 0)
    return blocks[first:]


def _opened(item: Item, context: _Context) -> _Context:
    """The context below the opening formula above the item."""
    opening = item.lead_in
    if opening is None or context.policy.orders_only:
        return context
    mode = Mode.ALL if opens_orders(opening.text) else context.mode
    return context if mode is not Mode.ALL else replace(context, mode=mode, lead=context.lead or _asked(opening, context.issuer))


def _asked(opening: outline.Line, issuer: str) -> tuple[Party, ...]:
    """Whom an opening formula names, where nobody is addressed and no item above leads: "Các sở gửi báo cáo …, cụ thể như sau:".

    Only its last sentence asks; those above it tell of people too ("nhiều tổ chức, cá nhân chưa …").
    """
    passage = Passage(((opening.block, opening.start),))
    last = max((match.end() for match in _SENTENCE.finditer(opening.text)), default=0)
    roles = assignments.read_roles(opening.text[last:], children=True)
    return tuple(Party(p.name, passage.evidence(last + p.start, last + p.end)) for p in roles.lead if not _speaks(p.name, issuer))


def opens_orders(lead_in: str) -> bool:
    """True for an opening formula that orders, judged by its last sentence."""
    sentence = re.split(r"[.;] ", fold(lead_in))[-1]
    return _ORDERING.search(sentence) is not None


def _duty(item: Item, context: _Context) -> Duty | None:
    item = _entitled(item)
    introduces = item.introduces and bool(item.children)
    roles = _roles(item, context, introduces=introduces or (item.heading and bool(item.children)))
    lead = tuple(Party(p.name, item.passage.evidence(p.start, p.end)) for p in roles.lead)
    inner = _inner(item, context, lead)
    children = _children(item, inner)
    if not _counts(item, context, roles, children):
        return None
    group = bool(children) and (introduces or item.heading)
    topic = not lead and group and (item.heading or _TOPIC.match(fold(item.text)) is not None)
    inherits = not lead and not topic
    duty = Duty(
        id="",
        marker=item.marker.printed if item.marker else "",
        text=item.text,
        kind=DutyKind.GROUP if group else DutyKind.DUTY,
        lead=context.lead if inherits else lead,
        support=tuple(Party(p.name, item.passage.evidence(p.start, p.end)) for p in roles.support),
        inherited=inherits and bool(context.lead),
        deadlines=_deadlines(item, context.issued),
        report_to=tuple(Party(p.name, item.passage.evidence(p.start, p.end)) for p in roles.report_to),
        children=children,
        evidence=item.passage.evidence(),
        request=roles.request,
    )
    return _with_labels(duty, item, context.issued)


def _roles(item: Item, context: _Context, *, introduces: bool) -> assignments.Roles:
    """The item's roles; of a party's name with the paragraph below it, the name leads."""
    roles = assignments.read_roles(item.text, aliases=context.aliases, children=introduces)
    if len(item.passage.parts) == 1:
        return roles
    block, start = item.passage.parts[0]
    named = block.text[start:].rstrip(" :.")
    lead = assignments.read_roles(f"{named}:", children=True).lead
    return replace(roles, lead=lead, order=True) if lead and lead[-1].end == len(named) else roles


def _entitled(item: Item) -> Item:
    """A plain title above its items is a heading like a bold one: "2. Giám đốc Sở Xây dựng", "Điều 2. Tổ chức thực hiện"."""
    words = item.text.split()
    if item.heading or not item.children or len(words) > LONGEST_TITLE or item.text[-1:] in ".;,:":
        return item
    if mode_of(item.text) is None and assignments.starts_with_verb(item.text) and not _numbers_below(item):
        return item
    return replace(item, heading=True)


def _numbers_below(item: Item) -> bool:
    """True for a short line with decimal numbers of its own below: "1. Quản lý đội tàu", "1.1. Rà soát …"."""
    first = item.children[0].marker
    return (
        len(item.text.split()) <= _TITLE
        and item.marker is not None
        and first is not None
        and first.level is Level.DECIMAL
        and first.depth > 1
    )


def _inner(item: Item, context: _Context, lead: tuple[Party, ...]) -> _Context:
    """What the item's children get from it."""
    mode = context.mode
    if _titles(item):
        mode = mode_of(item.text) or mode
    if item.sort is Sort.PLAIN and _THINGS.search(fold(item.text)):
        mode = Mode.NONE
    if context.policy.orders_only and mode is Mode.ALL:
        mode = Mode.ORDERS
    if lead and (item.introduces or item.heading) and mode is Mode.ORDERS and not context.policy.orders_only:
        mode = Mode.ALL
    return replace(context, mode=mode, lead=lead or context.lead)


def _titles(item: Item) -> bool:
    """True when the item may head a section: a title, or a short line above children."""
    if item.heading:
        return True
    listed = item.marker is not None and item.marker.level >= Level.DASH
    return bool(item.children) and not listed and len(item.text.split()) <= 14 and not item.text.rstrip().endswith((".", ";"))


def _children(item: Item, context: _Context) -> tuple[Duty, ...]:
    out = []
    for child in item.children:
        inner = _opened(child, context) if child.lead_in is not item.lead_in else context
        duty = _duty(child, inner)
        if duty is not None and not _LABEL.match(fold(child.text)):
            out.append(duty)
    return tuple(out)


def _counts(item: Item, context: _Context, roles: assignments.Roles, children: tuple[Duty, ...]) -> bool:
    if children:
        return True
    if (
        injected(item.text)
        or _may(item, roles)
        or (context.policy.invites and _only_comes(item, roles))
        or (outline.tells_effect(item.text) and not (roles.order and roles.lead))
    ):
        return False
    ordered = roles.order and not _narrates(roles, context.issuer) and not _petitioned(item, roles)
    if context.mode is Mode.NONE or context.policy.orders_only:
        return ordered and _told(item, roles)
    return (ordered and (not item.heading or bool(roles.lead)) and not _asks_nobody(item)) or _is_act(item, context)


def _asks_nobody(item: Item) -> bool:
    """True for an unnumbered paragraph of narrative, and for a title of a purpose and the like."""
    return (item.marker is None and item.sort is Sort.PLAIN) or (_title_only(item) and _LABEL.match(fold(item.text)) is None)


def _is_act(item: Item, context: _Context) -> bool:
    """True where every item is a duty: an item of a list there, or an unnumbered paragraph or a title that begins with the act."""
    key = fold(item.text)
    if (
        context.mode is not Mode.ALL
        or _LABEL.match(key)
        or _ASSESSES.match(key)
        or assignments.settles(item.text)
        or _looks_back(item.text)
    ):
        return False
    if item.heading:
        return _acts(item) or _is_labelled(item)
    if item.marker is None and item.sort is Sort.PLAIN:
        return assignments.starts_with_verb(item.text)
    return not _title_only(item) and not (context.policy.articles and _is_article(item))


def _looks_back(text: str) -> bool:
    """True behind the label of an assessment: "Ưu điểm: UBND xã đã …", "Nguyên nhân: …"; not "Về tình hình an ninh: tăng cường …"."""
    label, colon, told = text.partition(":")
    assesses = colon and len(label.split()) <= _LABEL_WORDS and mode_of(label) in (Mode.ORDERS, Mode.NONE)
    return bool(assesses) and not assignments.starts_with_verb(told.strip()) and not assignments.is_order(told.strip())


def _is_labelled(item: Item) -> bool:
    """True for a title with lines below it that say who or by when: "1.2. Chương trình Cảm ơn người lao động", "- Cơ quan chủ trì: …"."""
    roles = [label["role"].strip() for child in item.children if (label := _LABEL.match(fold(child.text)))]
    return any(role.endswith(("chủ trì", "thực hiện", "hoàn thành")) and "kinh phí" not in role for role in roles)


def _acts(item: Item) -> bool:
    """True for a title that is itself an act ("Tổ chức lễ phát động"), not a section's name that begins with a verb ("Đánh giá chung")."""
    return mode_of(item.text) is None and assignments.starts_with_verb(item.text)


def _told(item: Item, roles: assignments.Roles) -> bool:
    """True when an order word stands right before who must act; a purpose says of many what they are to do."""
    if not roles.lead:
        return False
    above = fold(item.text)[: roles.lead[0].start]
    return _TOLD.search(above) is not None and _DONE.search(above) is None


def _may(item: Item, roles: assignments.Roles) -> bool:
    """True for leave, not duty: "Các đơn vị có thể nêu khó khăn, vướng mắc"."""
    return bool(roles.lead) and item.marker is None and fold(item.text)[roles.lead[-1].end :].lstrip().startswith("có thể ")


def _only_comes(item: Item, roles: assignments.Roles) -> bool:
    """True for who is asked to be there, without a day to answer by: "Đề nghị các đại biểu sắp xếp thời gian tham dự"."""
    behind = fold(item.text)[roles.lead[-1].end :] if roles.lead else ""
    return _COMES.match(behind) is not None and not deadlines.find(item.text, None)


def _petitioned(item: Item, roles: assignments.Roles) -> bool:
    """True when those who ask are no authority."""
    start = roles.lead[0].start if roles.lead else 0
    return _PETITION.search(fold(item.text)[max(start - 140, 0) : start]) is not None


def _narrates(roles: assignments.Roles, issuer: str) -> bool:
    """True when the only one who acts is the issuer itself."""
    return bool(roles.lead) and all(_speaks(party.name, issuer) for party in roles.lead)


def _speaks(name: str, issuer: str) -> bool:
    """True for the issuer's own name in full or short ("UBND tỉnh"), and for its head ("Chủ tịch UBND tỉnh")."""
    own = re.sub(r"^(?:phó )?(?:chủ tịch|bộ trưởng|giám đốc|thủ trưởng|cục trưởng) ", "", body_key(name))
    return bool(own) and bool(issuer) and issuer.startswith(own)


def _title_only(item: Item) -> bool:
    """True for a short title of a purpose, of money and the like that has nothing below it."""
    mode = mode_of(item.text) if len(item.text.split()) <= 8 and item.text.rstrip()[-1:] not in ".;" else None
    return mode is not None and mode is not Mode.ALL


def _is_article(item: Item) -> bool:
    return item.marker is not None and item.marker.level is Level.ARTICLE


def _deadlines(item: Item, issued: date | None) -> tuple[Deadline, ...]:
    mentions = deadlines.find(item.text, issued)
    return tuple(replace(m.deadline, evidence=item.passage.evidence(m.start, m.end)) for m in mentions)


def _with_labels(duty: Duty, item: Item, issued: date | None) -> Duty:
    """Take who and when from label lines below an item ("Cơ quan chủ trì: …", "Thời gian: …")."""
    for child in item.children:
        label = _LABEL.match(fold(child.text))
        if label is not None:
            duty = _labelled(duty, label["role"].strip(), child, label.end(), issued)
    return duty


def _labelled(duty: Duty, role: str, line: Item, start: int, issued: date | None) -> Duty:
    value = line.text[start:]
    if "phối hợp" in role or "chủ trì" in role or (role.endswith("thực hiện") and "thời gian" not in role):
        roles = assignments.read_roles(value)
        if roles.lead and roles.support:  # "Đơn vị thực hiện: Sở A chủ trì, phối hợp Sở B"
            return replace(duty, lead=_named(roles.lead, line, start), support=_named(roles.support, line, start), inherited=False)
        named = _named(assignments.split_parties(value), line, start)
        return replace(duty, support=named) if "phối hợp" in role else replace(duty, lead=named, inherited=False)
    if role.startswith(("thời", "hoàn thành", "tiến độ")):
        found = deadlines.parse_cell(value, issued)
        due = tuple(replace(m.deadline, evidence=line.passage.evidence(start + m.start, start + m.end)) for m in found)
        return replace(duty, deadlines=(*duty.deadlines, *due))
    return replace(duty, product=value.strip(" .;")) if role.startswith(("sản phẩm", "kết quả")) else duty


def _named(found: Iterable[assignments.PartyMention], line: Item, start: int) -> tuple[Party, ...]:
    return tuple(Party(p.name, line.passage.evidence(start + p.start, start + p.end)) for p in found)
