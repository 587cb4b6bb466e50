"""Roles from the scanned lists of names: who leads, who supports, who receives ("chủ trì, phối hợp, báo cáo về").

The lead stands behind an order word ("giao Sở Y tế …"), or it is the subject of the sentence ("Sở Y tế chủ trì …"), perhaps behind a
circumstance ("Định kỳ hằng quý, Sở Y tế …") or behind a told fact ("UBND huyện đã có Công văn …. Yêu cầu các xã …"). A text that begins
with the act itself names no lead; what it orders further on ("kiểm tra, yêu cầu các chủ đầu tư …") is part of that act.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from extractors.fields.assignment_scan import Governor, Group, acts_rather, behind_topic, cues, follows, is_weak, scan, told_before
from extractors.fields.party_heads import act_at, head_at
from extractors.fields.party_lexicon import ACTING, CIRCUMSTANCE, LINK, lexicon
from extractors.fields.party_lists import PartyMention
from extractors.fields.party_tokens import Words, words_of
from extractors.text import fold

_LONG_CIRCUMSTANCE = 60
"""Words between a subject and its act: "căn cứ Luật …, Nghị định …,"."""
_EXECUTIVE = frozenset({"ubnd", "sở"})
"""Words of a name that is no political body whatever else it holds: "Bí thư, Chủ tịch UBND xã"."""
_BEFORE_ORDER = frozenset({"thì", "này", "trên", "mắc", "sinh"})
"""Words that an order may follow without a comma: "nếu có vướng mắc đề nghị …"."""
_COURTESY = frozenset({"kính", "trân"})
"""Words of who signs: "… gửi dự thảo và trân trọng đề nghị Quý Bộ …"."""
_IF = frozenset({"khi", "nếu"})
_SOME = ["một", "số"]
"""Some of a kind are told of, not charged: "một số địa phương chưa …"."""
_SAID = 12
"""Words between an issuer and his order: "có ý kiến chỉ đạo như sau: Giao …"."""
_TOWARDS = 3
"""Words before names that are set in front: "Riêng đối với …"."""
_TWO = 2
_KNOWN_LEADS = 8
_PASSED = 14
"""Words between "để" and the report that the receiver passes on."""
_MARK = 40
"""Letters of a remark in brackets behind a name."""
_MARKED_SUPPORT = re.compile(r"\s*\((?:cơ quan |đơn vị )?phối hợp\b")
_RUN = 6
"""Words between who reports and the verb: "để UBND tỉnh tổng hợp báo cáo …"."""


@dataclass(frozen=True)
class Roles:
    """What a text says about roles; empty leads mean that nobody is named and the caller inherits."""

    lead: tuple[PartyMention, ...] = ()
    support: tuple[PartyMention, ...] = ()
    report_to: tuple[PartyMention, ...] = ()
    order: bool = False
    """The text orders or asks somebody to act, so that an unnumbered paragraph is a duty."""
    request: bool = False
    """It only asks bodies that cannot be ordered: Party, Front, courts, People's Councils."""
    opens: bool = False
    """It introduces further items: it ends with a colon."""


@dataclass
class _Reading:
    """A text under reading."""

    words: Words
    groups: tuple[Group, ...]
    children: bool
    lead: list[Group] = field(default_factory=list)
    ordered: bool = False


def roles(text: str, *, children: bool, aliases: tuple[str, ...] = ()) -> Roles:
    """Return the roles that one text states; see ``extractors.fields.assignments.read_roles``."""
    reading = _reading(text, children=children, aliases=aliases)
    words = reading.words
    lead, beside = _marked(text, _names(reading.lead))
    support = (*beside, *_names(_support(reading)))
    report = _names(_report(reading))
    order = reading.ordered or _orders_barely(words)
    asked = any(g.governor is Governor.ORDER and words.key(g.start - 1) in ("nghị", "mong") for g in reading.lead)
    return Roles(
        lead=lead,
        support=tuple(p for p in support if p not in lead),
        report_to=report,
        order=order,
        request=asked and all(is_political(p.name) for p in lead),
        opens=text.rstrip().endswith(":"),
    )


def _reading(text: str, *, children: bool, aliases: tuple[str, ...] = ()) -> _Reading:
    words = words_of(text)
    reading = _Reading(words, scan(words, aliases), children)
    _find_lead(reading)
    return reading


def order_of(text: str, *, children: bool) -> Group | None:
    """The first names that an express order of the text is addressed to; None when it orders nobody."""
    return next((g for g in _reading(text, children=children).lead if g.governor is Governor.ORDER), None)


def _names(groups: Iterable[Group]) -> tuple[PartyMention, ...]:
    """The names of groups, each once."""
    seen: dict[str, PartyMention] = {}
    for group in groups:
        for name in group.names:
            seen.setdefault(fold(name.name), name)
    return tuple(seen.values())


def _marked(text: str, names: tuple[PartyMention, ...]) -> tuple[tuple[PartyMention, ...], tuple[PartyMention, ...]]:
    """Who leads and who supports in "Phòng A (chủ trì), Phòng B (phối hợp)"."""
    beside = tuple(name for name in names if _MARKED_SUPPORT.match(fold(text[name.end : name.end + _MARK])))
    return (tuple(name for name in names if name not in beside), beside) if len(beside) < len(names) else (names, ())


def is_political(name: str) -> bool:
    """True for a body that can only be asked."""
    words, political = Words(name), lexicon().political
    return not any(key in _EXECUTIVE for key in words.keys) and any(political.at(words, index) for index in range(words.size))


def _orders_barely(words: Words) -> bool:
    """In "Yêu cầu nghiêm túc thực hiện": an order that names nobody."""
    return any(
        words.keys[i] in ("đề", "yêu", "báo", "gửi", "nghiêm", "phải")
        and cues().phrases["bare_order"].at(words, i)
        and not told_before(words, i)
        for i in range(words.size)
    )


# ---------------------------------------------------------------------------------------------------------------- lead


@dataclass(frozen=True)
class _Sentence:
    """One sentence: where it begins, its lists of names, and whether it begins with the act itself."""

    start: int
    groups: tuple[Group, ...]
    acting: bool


def _sentences(words: Words, groups: Sequence[Group]) -> Iterator[_Sentence]:
    place = 0
    for start, end in words.sentences():
        first = place
        while place < len(groups) and groups[place].start < end:
            place += 1
        inside = tuple(g for g in groups[first:place] if not g.bracket)
        yield _Sentence(start, inside, begins_with_act(words, start) and not settles(words, start))


def _find_lead(reading: _Reading) -> None:
    """Go sentence by sentence until somebody is named; later sentences may add who is ordered expressly."""
    acts_first = False
    for number, sentence in enumerate(_sentences(reading.words, reading.groups)):
        found = _ordered_in(reading.words, sentence)
        if found:
            reading.lead += [g for g in found if g not in reading.lead[-_KNOWN_LEADS:]]
            reading.ordered = True
        elif not reading.lead and not acts_first and (subject := _subject_in(reading, sentence)):
            reading.lead, reading.ordered = [subject], True
        acts_first = acts_first or (number == 0 and sentence.acting)
    if not reading.lead and not acts_first:
        _find_passive(reading)
    if not reading.lead:
        _find_label(reading)


def begins_with_act(words: Words, start: int) -> bool:
    """True when a sentence begins with the act itself, not with its subject or a circumstance."""
    size, kind = act_at(words, start)
    if not size or kind in (LINK, CIRCUMSTANCE):
        return False
    if head_at(words, start)[0] >= size and not acts_rather(words, start, loose=False):
        return False
    return cues().phrases["adverbial"].at(words, start) < size or cues().phrases["adverbial"].at(words, start) == 0


def settles(words: Words, start: int) -> bool:
    """True when a sentence begins with what the issuer does by saying so: "Đồng ý chủ trương …", "Phê bình Giám đốc …"."""
    size = cues().phrases["performative"].at(words, start)
    return size > 0 and words.key(start + size) != ","


def _ordered_in(words: Words, sentence: _Sentence) -> list[Group]:
    """The names that an order of the issuer in this sentence is addressed to."""
    found: list[Group] = []
    before: Group | None = None
    for group in sentence.groups:
        if group.governor is Governor.ORDER and _is_issuers_order(words, sentence, group, before, further=bool(found)):
            found.append(group)
        before = group
    return found


def _is_issuers_order(words: Words, sentence: _Sentence, group: Group, before: Group | None, *, further: bool) -> bool:
    """True when the order is the issuer's and not part of what somebody below does.

    ``before`` are the names before it, perhaps the issuer; ``further``: the sentence has ordered already.
    """
    cue = group.cue
    at_start = cue == sentence.start or _after_also(words, sentence.start, cue)
    issuer = before if before is not None and _says(words, before.end, cue) else None
    if is_weak(words, group):
        return _is_named(group) and (
            (at_start and _starts_paper(words, group))
            or (issuer is not None and issuer.governor is not Governor.ORDER and _commands(issuer))
        )
    if (
        words.keys[cue] in _COURTESY
        or at_start
        or (issuer is not None and issuer.governor in (Governor.FREE, Governor.OTHER) and not further)
    ):
        return True
    if behind_topic(words, sentence.start, cue):
        return True
    if further:
        return (words.key(cue - 1) in (";", ",") and words.keys[cue] in ("giao", "đề", "kính")) or words.key(cue - 1) == "thời"
    return not sentence.acting and not _subject_acts(words, sentence, cue) and _clean_circumstance(words, sentence.start, cue)


def _is_named(group: Group) -> bool:
    """True for a body with a name of its own, not a class ("Phòng Kinh tế", not "các phòng")."""
    return any(word[:1].isupper() for word in group.names[0].name.split()[1:])


def _starts_paper(words: Words, group: Group) -> bool:
    """True for the short order of a note on a paper ("bút phê"): "Chuyển Phòng Kinh tế …"."""
    return " ".join(words.keys[group.cue : group.start]) in cues().words["starting_order"]


def _commands(issuer: Group) -> bool:
    """True for an issuer whose "chỉ đạo" is an order: a chairman, a people's committee, the Prime Minister."""
    name = fold(issuer.names[0].name)
    return name.startswith(("ubnd", "ủy ban nhân dân", "chủ tịch", "phó chủ tịch", "thủ tướng", "phó thủ tướng")) and " các " not in name


def _says(words: Words, start: int, cue: int) -> bool:
    """True for the few words between an issuer and his order: "có ý kiến chỉ đạo", "thống nhất"."""
    said = cues().words["said"]
    return cue - start <= _SAID and all(key in said for key in words.keys[start:cue])


def _after_also(words: Words, start: int, cue: int) -> bool:
    size = cues().phrases["also"].at(words, start)
    return bool(size) and cue - start - size <= 1


def _subject_acts(words: Words, sentence: _Sentence, cue: int) -> bool:
    """True when the sentence begins with somebody who acts: what he orders is his act."""
    first = sentence.groups[0]
    if first.start != sentence.start or first.end >= cue or first.governor is not Governor.FREE:
        return False
    return follows(words, first) not in ("end", "other") and not _tells(words, first)


def _clean_circumstance(words: Words, start: int, cue: int) -> bool:
    """True when only a circumstance stands before the order ("Trên cơ sở …, giao …"), no act of somebody below."""
    before = words.key(cue - 1)
    if cues().phrases["adverbial"].at(words, start):
        return not before[-1:].isalnum() or before in _BEFORE_ORDER or words.keys[cue] == "giao"
    if lexicon().openers.at(words, start) and before in (",", ";") and words.keys[cue] == "giao":
        return True
    near = range(max(start, cue - _LONG_CIRCUMSTANCE), cue - 1)
    return not any(words.keys[p] == "đã" or (words.keys[p] in (",", ";") and act_at(words, p + 1)[1] in ACTING) for p in near)


def _subject_in(reading: _Reading, sentence: _Sentence) -> Group | None:
    """Who acts in this sentence: at its beginning, or behind a circumstance."""
    if sentence.acting or reading.words.keys[sentence.start] == "qua":
        return None
    for group in sentence.groups:
        if _stands_as_subject(reading.words, sentence.start, group) and _acts_here(reading, group):
            return group
    return _last_of_circumstance(reading, sentence)


def _stands_as_subject(words: Words, start: int, group: Group) -> bool:
    """True at the beginning of the sentence, behind its circumstance, and behind "Đối với"."""
    if group.governor is Governor.TOWARDS:
        if words.keys[start] in ("trách", "nhiệm"):
            return words.key(group.end) in (":", "")
        return group.start - start <= _TOWARDS and words.keys[start] in ("đối", "riêng", "đồng", "trong")
    if group.governor is not Governor.FREE or words.keys[group.start : group.start + 2] == _SOME:
        return False
    return group.start == start or _behind_circumstance(words, start, group)


def _behind_circumstance(words: Words, start: int, group: Group) -> bool:
    """True for a subject behind "Định kỳ hằng năm, …", "Trong quá trình thực hiện …"; not behind "Về việc …: rà soát cán bộ, …"."""
    if any(words.keys[place] == ":" and act_at(words, place + 1)[1] in ACTING for place in range(start, group.start - 1)):
        return words.key(group.start - 1) in (";", "thì")
    if words.key(group.start - 1) in _IF:
        return False
    if words.key(group.start - 1) in (";", "thì", ":") or lexicon().openers.at(words, start):
        return True
    return not any(key[0].isalnum() for key in words.keys[start : group.start]) or cues().phrases["also"].at(words, start) > 0


def _acts_here(reading: _Reading, group: Group) -> bool:
    words = reading.words
    if _tells(words, group):
        return False
    behind = follows(words, group)
    if behind == "end":
        return reading.children or group.end >= words.size
    if behind == "other":
        return group.start == 0
    return behind != "circumstance" or reading.children or _act_later(words, group)


def _act_later(words: Words, group: Group) -> bool:
    """True when the circumstance behind a subject ("theo chức năng, nhiệm vụ được giao …") leads on to an act, or to a colon."""
    for place in range(group.end + max(1, act_at(words, group.end)[0]), min(words.size, group.end + _LONG_CIRCUMSTANCE)):
        if words.keys[place] == ":" or act_at(words, place)[1] in ACTING:
            return True
        if words.ends_sentence(place):
            return False
    return False


def _tells(words: Words, group: Group) -> bool:
    """True when what follows tells of the past or of a state: "đã ban hành", "nhận được"."""
    place = group.end
    while words.key(place) == "(" and words.closing(place) != place:
        place = words.closing(place)
    return cues().phrases["past"].at(words, place + (words.key(place) == ",")) > 0


def _last_of_circumstance(reading: _Reading, sentence: _Sentence) -> Group | None:
    """In "Trên cơ sở đề xuất của Sở A, Sở B thẩm định" the last of the list is the subject."""
    words = reading.words
    if not lexicon().openers.at(words, sentence.start):
        return None
    for group in sentence.groups:
        if len(group.names) < _TWO or group.governor not in (Governor.OTHER, Governor.REPORT) or follows(words, group) != "act":
            continue
        last, before = group.names[-1], group.names[-2]
        if "," in words.text[before.end : last.start]:
            return Group((last,), group.start, group.end, Governor.FREE, group.cue)
    return None


def _find_passive(reading: _Reading) -> None:
    """In "Việc tổng hợp do Phòng Nội vụ đảm nhiệm"; "…: Sở Y tế chủ trì"."""
    for group in reading.groups:
        by = group.governor is Governor.BY and cues().phrases["passive"].at(reading.words, group.end)
        leads = (
            group.governor is Governor.FREE and cues().phrases["leading"].at(reading.words, group.end) and not _tells(reading.words, group)
        )
        if by or leads:
            reading.lead, reading.ordered = [group], True
            return


def _find_label(reading: _Reading) -> None:
    """In "Cơ quan chủ trì: Sở Tư pháp"; "Tham mưu ban hành văn bản: Văn phòng …"."""
    labelled = [g for g in reading.groups if g.governor is Governor.LEAD_LABEL]
    words = reading.words
    if not labelled:
        labelled = [
            g
            for g in reading.groups
            if g.governor is Governor.FREE
            and words.key(g.start - 1) == ":"
            and (follows(words, g) == "end" or words.key(g.end) == ";" or cues().phrases["leading"].at(words, g.end))
        ]
    reading.lead = (
        labelled[:1]
        or [
            # "Báo cáo kết quả sắp xếp trụ sở (Sở Tài chính chuẩn bị)."
            g
            for g in reading.groups
            if g.bracket and words.key(g.start - 1) == "(" and cues().phrases["passive"].at(words, g.end)
        ][:1]
    )


# ------------------------------------------------------------------------------------------------------ support, report


def _support(reading: _Reading) -> Iterator[Group]:
    """The names behind "phối hợp với", and those who "tham gia", "phối hợp" in a later clause."""
    lead_end = max((g.end for g in reading.lead), default=0)
    for group in reading.groups:
        if group.governor in (Governor.SUPPORT, Governor.SUPPORT_LABEL) or (
            group.governor is Governor.FREE
            and reading.lead
            and group.start >= lead_end
            and cues().phrases["helping"].at(reading.words, group.end)
        ):
            yield group


def _report(reading: _Reading) -> Iterator[Group]:
    """The receivers of the result; what the receiver passes on counts only when nobody else receives."""
    own, passed = [], []
    for index, group in enumerate(reading.groups):
        if group.governor is not Governor.REPORT or group.bracket:
            continue
        kind = _purpose(reading, index)
        if kind == "own":
            own.append(group)
        elif kind == "passed on":
            passed.append(group)
    yield from own or passed


def _purpose(reading: _Reading, index: int) -> str:
    """Whose report it is: the duty's "own", "passed on" by the receiver ("để tổng hợp, báo cáo …"), or "none" of the result."""
    words, group = reading.words, reading.groups[index]
    if index and _same_run(words, reading.groups[index - 1].end, group.cue) and _reports_itself(words, reading.groups[index - 1]):
        return "none"
    for place in range(group.cue - 1, max(-1, group.cue - _PASSED), -1):
        key = words.keys[place]
        if key in (".", ";", ":") or words.ends_sentence(place):
            break
        if key == "sẽ" or (key == "sở" and words.key(place - 1) == "cơ"):
            return "none"
        if key == "để":
            return _for_purpose(words, place)
    return "own"


def _for_purpose(words: Words, place: int) -> str:
    """What "để …" introduces: "để làm cơ sở trình" is no report of this duty."""
    return "none" if words.key(place + 1) in ("làm", "có") else "passed on"


def _same_run(words: Words, start: int, end: int) -> bool:
    """True when no punctuation and few words stand between."""
    return 0 <= end - start <= _RUN and all(key[0].isalnum() for key in words.keys[start:end])


def _reports_itself(words: Words, group: Group) -> bool:
    """True when the names before are who reports later: "để UBND tỉnh báo cáo …"."""
    if group.governor is Governor.ORDER:
        return False
    before = words.key(group.start - 1)
    return before == "để"
