"""How abbreviations in a symbol are spelled: hyphens lost on the way, D for Đ, dots for hyphens are set right by closed lists.

What no list vouches for stays as printed.
"""

from __future__ import annotations

import re
from functools import cache

from extractors.doctypes import dated_codes, printed_codes
from extractors.issuer_codes import bodies, body_of, misprints, unit_codes


@cache
def _body_codes() -> frozenset[str]:
    return frozenset(code for body in bodies() for code in (body.code, *body.also))


@cache
def _without_stroke(codes: frozenset[str]) -> dict[str, str]:
    """Codes typed or read with D for Đ ("HDND"), where that is no code of its own ("HD" is Hướng dẫn)."""
    known = _body_codes() | frozenset(printed_codes())
    return {plain: code for code in sorted(codes) if (plain := code.replace("Đ", "D")) != code and plain not in known}


@cache
def _in_capitals(codes: frozenset[str]) -> dict[str, str]:
    """Codes with small letters as a heading in capitals prints them: "TTG", "TTR"."""
    known = _body_codes() | frozenset(printed_codes())
    return {code.upper(): code for code in sorted(codes) if code.upper() not in known}


def heal(joint: str, year: str, tail: str) -> tuple[str, str, bool]:
    """Return (joint, symbol, repaired) of a symbol printed without spaces; ``year`` comes back at the symbol's head."""
    parts = re.split(r"([/.\-]+)", tail)
    groups, joints = parts[::2], [_joint(mark) for mark in parts[1::2]]
    healed = [_letters(group, first=index == 0) for index, group in enumerate(groups)]
    dotted = any("." in mark for mark in parts[1::2])
    split = _split_lost_hyphen(healed[0], bool(year))
    if split and joint == "/":
        healed[:1], joints = list(split), ["-", *joints]
    joint, joints, moved = _slash_and_hyphen(joint, healed, joints)
    symbol = healed[0] + "".join(mark + group for mark, group in zip(joints, healed[1:], strict=True))
    repaired = dotted or moved or bool(split) or healed != groups
    return joint, f"{year}/{symbol}" if year else symbol, repaired


def _joint(mark: str) -> str:
    return "/" if "/" in mark else "-"


def _letters(group: str, *, first: bool) -> str:
    group = misprints().get(group, group)
    vocabularies = [frozenset(printed_codes()), _body_codes()] if first else [_body_codes()]
    for codes in vocabularies:
        group = _without_stroke(codes).get(group) or _in_capitals(codes).get(group, group)
        if group.replace("ĐĐ", "Đ") in codes and group not in codes:  # a stroke read as a letter of its own
            group = group.replace("ĐĐ", "Đ")
    return group


def _split_lost_hyphen(group: str, dated: bool) -> tuple[str, str] | None:
    """Cut "QĐUBND" into ("QĐ", "UBND"), "SGDĐTKHTC" into ("SGDĐT", "KHTC"); None for a group that is a code or has no such parts."""
    if body_of(group) or group in printed_codes() or group in unit_codes():
        return None
    for code in printed_codes():
        rest = group.removeprefix(code)
        if rest != group and _is_state_body(rest) and (dated or code not in dated_codes()):
            return code, misprints().get(rest, rest)
    for unit in sorted(unit_codes(), key=len, reverse=True):
        body = group.removesuffix(unit)
        if body != group and len(body) > 2 and _is_state_body(body):
            return body, unit
    return None


def _is_state_body(code: str) -> bool:
    body = body_of(misprints().get(code, code))
    return body is not None and not body.party


def _slash_and_hyphen(joint: str, groups: list[str], joints: list[str]) -> tuple[str, list[str], bool]:
    """Put the slash where it belongs in a symbol printed with hyphens only: "2287-SCT-QLTM", "15-NQ-TU"."""
    if joint != "-" or "/" in joints or len(groups) < 2:
        return joint, joints, False
    first, second = body_of(groups[0]), body_of(groups[1])
    if first and not first.party:
        return "/", joints, True
    if groups[0] in printed_codes() and second:
        return ("-", ["/", *joints[1:]], True) if second.party else ("/", joints, True)
    return joint, joints, False
