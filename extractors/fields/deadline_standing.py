"""Times without a day: "thường xuyên", and deadlines tied to an event that only a person can date ("trước khi khai giảng")."""

from __future__ import annotations

import re

from extractors.dispatch import Deadline, DeadlineKind
from extractors.fields.deadline_model import UNRESOLVED, Bound, Candidate, Form, Frame, Shape, shape_pattern


def _standing(match: re.Match[str], frame: Frame) -> Candidate | None:
    if frame.bound is not Bound.NONE:
        return None
    return Candidate(frame.start, match.end(), Form.STANDING, frame.bound, (Deadline("", DeadlineKind.STANDING),))


def _event(match: re.Match[str], frame: Frame) -> Candidate | None:
    if frame.bound not in {Bound.BEFORE, Bound.BY}:
        return None
    return Candidate(frame.start, match.end(), Form.EVENT, frame.bound, (UNRESOLVED,))


_EVENTS = ("khi", "kỳ", "tết", "mùa", "lễ", "năm", "đại", "ngày", "thời", "dịp")

SHAPES: tuple[Shape, ...] = (
    Shape(
        "standing",
        ("thường", "liên"),
        shape_pattern(r"(?:thường xuyên(?:~,?~(?:và )?(?:liên tục|lâu dài|hằng ngày|hàng ngày|hằng năm|hàng năm))?|liên tục)(?!\w)"),
        _standing,
    ),
    Shape(
        "event",
        _EVENTS,
        shape_pattern(
            r"(?:khi|kỳ họp|tết|mùa|lễ|năm học|đại hội|ngày (?:khai|bầu|họp|lễ|tết|hội)|thời điểm|dịp)(?!\w)"
            r"[^,;:.()]{0,80}?(?=~[,;:()]|\.(?:\s|$|/)|~/\.|~$)"
        ),
        _event,
    ),
)
"""In the order in which they are tried, after every shape with a day."""
