"""What a profile must hold together: unique names, days in order, references that exist, somebody to sign."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from extractors.text import slug
from pipeline.authority import Authority, Period, Unit, UnitKind
from pipeline.phrases import words_of
from pipeline.profile_lines import KeyPath
from pipeline.profile_shape import Finding, nearest

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_NUMBERS = {
    # key: (least, most) that a secretariat can mean
    "lead_days": (0, 30),
    "lead_days_urgent": (0, 30),
    "transmittal_duties": (0, 50),
    "transmittal_characters": (0, 20_000),
    "routing_score": (0, 100),
    "routing_margin": (0, 100),
}

_LEVELS = frozenset({"xã", "phường", "huyện", "quận"})
_PLAIN = re.compile(r"[a-z][a-z-]*")


def mistakes(authority: Authority) -> Iterator[Finding]:
    """Return every mistake that needs more than one key to be seen, and values out of bounds."""
    for rule in (_blanks, _periods, _ids, _names, _counterparts, _competences, _references, _signers, _numbers, _lines, _levels):
        yield from rule(authority)


def _listed(authority: Authority) -> Iterator[tuple[KeyPath, Unit]]:
    """Every unit and group with the path of its table."""
    for key, units in (("units", authority.units), ("groups", authority.groups)):
        yield from (((key, index), unit) for index, unit in enumerate(units))


def _blanks(authority: Authority) -> Iterator[Finding]:
    tables: list[tuple[KeyPath, object, tuple[str, ...]]] = [
        ((), authority, ("id", "level_word", "name", "short_name", "self_name", "place_name", "leader_title", "symbol"))
    ]
    tables += [(path, unit, ("id", "name")) for path, unit in _listed(authority)]
    tables += [(("signers", index), signer, ("name", "title", "position")) for index, signer in enumerate(authority.signers)]
    for path, table, keys in tables:
        for key in keys:
            if not str(getattr(table, key)).strip():
                yield Finding((*path, key), "E215", f"“{key}” còn để trống.", "Hãy điền giá trị trong dấu nháy.")


def _periods(authority: Authority) -> Iterator[Finding]:
    dated: list[tuple[KeyPath, str, date | None, date | None]] = [((), "valid", authority.valid_from, authority.valid_to)]
    dated += [(path, "valid", unit.valid_from, unit.valid_to) for path, unit in _listed(authority)]
    for index, signer in enumerate(authority.signers):
        dated.append((("signers", index), "valid", signer.valid_from, signer.valid_to))
        dated += [(("signers", index, "absent", n), "day", away.first_day, away.last_day) for n, away in enumerate(signer.absent)]
    for path, kind, first, last in dated:
        if first and last and first > last:
            start, end = ("valid_from", "valid_to") if kind == "valid" else ("first_day", "last_day")
            message = f"Ngày bắt đầu {first:%d/%m/%Y} sau ngày kết thúc {last:%d/%m/%Y}."
            yield Finding((*path, start), "E217", message, f"Hãy sửa {start} hoặc {end}.")
    for path, unit in _listed(authority):
        if not _meet(unit.period, authority.period):
            message = f"“{unit.name}” không có ngày nào nằm trong thời gian hiệu lực của cơ quan."
            yield Finding((*path, "valid_from"), "E217", message, "Hãy sửa valid_from, valid_to của đơn vị hoặc của cơ quan.")


def _meet(one: Period, other: Period) -> bool:
    """True when two periods have a day in common."""
    starts_in_time = one.first_day is None or other.last_day is None or one.first_day <= other.last_day
    return starts_in_time and (other.first_day is None or one.last_day is None or other.first_day <= one.last_day)


def _ids(authority: Authority) -> Iterator[Finding]:
    seen: set[str] = set()
    for path, unit in _listed(authority):
        if unit.id and unit.id in seen:
            yield Finding((*path, "id"), "E216", f"Mã “{unit.id}” đã dùng cho đơn vị khác.", "Hãy đặt mã khác, mỗi đơn vị một mã.")
        seen.add(unit.id)


def _names(authority: Authority) -> Iterator[Finding]:
    """One name for two units that exist at the same time."""
    owners: dict[tuple[str, ...], list[Unit]] = {}
    for path, unit in _listed(authority):
        named: list[tuple[KeyPath, str]] = [((*path, "name"), unit.name)]
        named += [((*path, "aliases", index), alias) for index, alias in enumerate(unit.aliases)]
        for place, name in named:
            others = owners.setdefault(words_of(name).words, [])
            other = next((o for o in others if o is not unit and _meet(o.period, unit.period)), None)
            if other and words_of(name).words:
                message = f"Tên “{name}” đã dùng cho “{other.name}”."
                yield Finding(place, "E216", message, "Hãy bỏ tên này ở một trong hai đơn vị.")
            others.append(unit)


def _counterparts(authority: Authority) -> Iterator[Finding]:
    """One department of the superior for two units that exist at the same time."""
    owners: dict[tuple[str, ...], list[Unit]] = {}
    for path, unit in _listed(authority):
        for index, name in enumerate(unit.counterparts):
            others = owners.setdefault(words_of(name).words, [])
            other = next((o for o in others if o is not unit and _meet(o.period, unit.period)), None)
            if other:
                message = f"“{name}” đã là cơ quan tương ứng của “{other.name}”."
                yield Finding((*path, "counterparts", index), "E216", message, "Hãy chỉ ghi ở một đơn vị đầu mối.")
            others.append(unit)


def _competences(authority: Authority) -> Iterator[Finding]:
    owners: dict[tuple[str, ...], Unit] = {}
    for index, unit in enumerate(authority.units):
        path = ("units", index, "competences")
        if unit.kind is UnitKind.OFFICE and not unit.competences:
            remedy = "Hãy ghi 10–25 cụm từ nêu lĩnh vực đơn vị phụ trách."
            yield Finding(path, "E219", f"“{unit.name}” chưa có lĩnh vực phụ trách (competences).", remedy)
        for n, competence in enumerate(unit.competences):
            words = words_of(competence.phrase).words
            if not words or competence.weight <= 0:
                yield Finding((*path, n), "E214", "Cụm từ trống hoặc trọng số không lớn hơn 0.", "Hãy ghi cụm từ và trọng số lớn hơn 0.")
            other = owners.setdefault(words, unit)
            if other is not unit and _meet(other.period, unit.period):
                message = f"Cụm từ “{competence.phrase}” cũng là của “{other.name}”, nên không giúp phân biệt hai đơn vị."
                yield Finding((*path, n), "W216", message, "Hãy bỏ ở một đơn vị hoặc ghi cụm từ cụ thể hơn.", warning=True)


def _references(authority: Authority) -> Iterator[Finding]:
    known = [unit.id for _, unit in _listed(authority)]
    used: list[tuple[KeyPath, str]] = [(("rules", "general", n), name) for n, name in enumerate(authority.rules.general)]
    used += [(("rules", "one_by_one", n), name) for n, name in enumerate(authority.rules.one_by_one)]
    if authority.rules.monitor:
        used.append((("rules", "monitor"), authority.rules.monitor))
    for index, group in enumerate(authority.groups):
        used += [(("groups", index, "members", n), name) for n, name in enumerate(group.members)]
    for index, signer in enumerate(authority.signers):
        used += [(("signers", index, "units", n), name) for n, name in enumerate(signer.units)]
    for path, name in used:
        if name not in known:
            meant = nearest(name, known)
            remedy = f"Có phải là “{meant}”?" if meant else "Hãy dùng mã (id) của một đơn vị có trong hồ sơ."
            yield Finding(path, "E218", f"Không có đơn vị nào mang mã “{name}”.", remedy)
    members = {group.id: group.members for group in authority.groups}
    for n, name in enumerate(authority.rules.one_by_one):
        if name in known and not members.get(name):
            message = f"“{name}” không phải là nhóm có thành viên nên không tách từng nơi được."
            yield Finding(("rules", "one_by_one", n), "E218", message, "Hãy ghi mã của một nhóm ([[groups]]) có members.")


def _signers(authority: Authority) -> Iterator[Finding]:
    if not authority.units:
        yield Finding((), "E219", "Hồ sơ chưa có đơn vị nào.", "Hãy thêm ít nhất một bảng [[units]].")
    if not authority.signers:
        yield Finding((), "E219", "Hồ sơ chưa có người ký.", "Hãy thêm ít nhất một bảng [[signers]].")
    elif not any(signer.head for signer in authority.signers):
        yield Finding(("signers", 0, "head"), "E219", "Chưa ghi ai là người đứng đầu.", "Hãy thêm head = true cho người đứng đầu cơ quan.")
    if not authority.rules.monitor:
        yield Finding(("rules", "monitor"), "E219", "Chưa ghi đơn vị theo dõi, đôn đốc.", "Hãy ghi monitor = mã của văn phòng.")


def _numbers(authority: Authority) -> Iterator[Finding]:
    for key, (least, most) in _NUMBERS.items():
        if not least <= getattr(authority.rules, key) <= most:
            yield Finding(("rules", key), "E214", f"“{key}” nằm ngoài khoảng {least}–{most}.", "Hãy ghi lại số cho đúng.")


def _lines(authority: Authority) -> Iterator[Finding]:
    """Placeholders that the drafts do not know."""
    rules = authority.rules
    written: list[tuple[KeyPath, str, Sequence[str]]] = [
        (("rules", "recipients", index), line, ("issuer",)) for index, line in enumerate(rules.recipients)
    ]
    written.append((("rules", "filing"), rules.filing, ("symbol",)))
    for path, line, known in written:
        for name in _PLACEHOLDER.findall(line):
            if name not in known:
                remedy = "Ở dòng này chỉ dùng được " + ", ".join(f"{{{word}}}" for word in known) + "."
                yield Finding(path, "E214", f"Không có chỗ điền “{{{name}}}”.", remedy)


def _levels(authority: Authority) -> Iterator[Finding]:
    """The level is written plainly and agrees with the word for it and with the names of units."""
    meant = slug(authority.level_word)
    if not _PLAIN.fullmatch(authority.level):
        message = f"“level” ghi “{authority.level}”; cấp viết bằng chữ thường không dấu, nối bằng gạch ngang."
        yield Finding(("level",), "E214", message, f'Hãy ghi level = "{meant}"; chữ có dấu ghi ở level_word.')
    elif meant and authority.level != meant:
        message = f"“level” ghi “{authority.level}”, trong khi “level_word” ghi “{authority.level_word}”."
        yield Finding(("level",), "W326", message, f'Hãy ghi level = "{meant}", hoặc sửa level_word.', warning=True)
    yield from _left_behind(authority)


def _left_behind(authority: Authority) -> Iterator[Finding]:
    """Names that another authority's profile left behind when it was copied: "Công an xã" in a ward's."""
    own = authority.level_word.strip().lower()
    named: list[tuple[KeyPath, str]] = [((key,), getattr(authority, key)) for key in ("name", "short_name", "self_name")]
    named += [(("units", n, "name"), unit.name) for n, unit in enumerate(authority.units) if unit.kind is not UnitKind.SUBORDINATE]
    named += [(("rules", "recipients", n), line) for n, line in enumerate(authority.rules.recipients)]
    for path, name in named:
        words = name.lower().split()
        if own and words and words[-1] in _LEVELS - {own} and "các" not in words:
            message = f"“{name}” nêu cấp “{words[-1]}”, trong khi cơ quan ở cấp “{authority.level_word}”."
            yield Finding(path, "W326", message, "Hãy sửa tên nếu đây là chữ còn lại của hồ sơ mẫu.", warning=True)
