"""Who reports upward: the source orders the authority to report, so our unit prepares the report and the authority sends it.

"báo cáo kết quả về Sở Nội vụ" told to an office of ours is "tham mưu UBND … báo cáo kết quả về Sở Nội vụ".
"""

from __future__ import annotations

import re
from functools import lru_cache

from extractors.text import fold
from pipeline.authority import UnitKind
from pipeline.drafting.facts import clean
from pipeline.drafting.filters import lower_first, upper_first
from pipeline.drafting.reports import ours
from pipeline.drafting.wording import Act, Cut, pattern, wording
from pipeline.planning.plan import Assignment, Plan

ADVISE = "tham mưu"
# Behind "để" somebody else passes it on; a report that is "gửi" is a paper, not an act.
_ASIDE = re.compile(r" (?:để|gửi) ")
# The unit that the source itself charges reports by itself.
_NAMED = frozenset({"route.named", "route.several"})
_FIRST = frozenset({Cut.NONE, Cut.TAKEN, Cut.TOPIC})
"""How a text must begin: with the act, not with a subject."""


@lru_cache(maxsize=1)
def _reporting() -> re.Pattern[str]:
    """The verb of a clause that reports; not the one in "để tổng hợp, báo cáo …", by which somebody else reports."""
    return re.compile(rf"(?:\A|(?<=[,;.] )|(?<= và ))(?<!tổng hợp, )(?:{pattern(wording().reporting)})(?!\w)")


def advised(plan: Plan, assignment: Assignment, done: Act) -> Act:
    """Return the act with the authority as the one who reports to its superior, where an office of ours prepares the report."""
    if not _prepares(plan, assignment, done):
        return done
    key = fold(done.text)
    for party in assignment.duty.report_to:
        name = fold(clean(party.name))
        at = -1 if ours(plan.authority, name) else key.find(name)
        verbs = list(_reporting().finditer(key, 0, at)) if at > 0 else []
        if verbs and not _ASIDE.search(key, verbs[-1].end(), at):
            return Act(_with_authority(done.text, verbs[-1].start(), plan.authority.self_name), done.cut, advises=True)
    return done


def _prepares(plan: Plan, assignment: Assignment, done: Act) -> bool:
    """True for duties of the authority that its own offices carry out, unless the words say already who advises."""
    leads = [unit for unit in (assignment.lead, *assignment.co_leads) if unit is not None]
    by_name = any(reason.rule in _NAMED for reason in assignment.why)
    offices = bool(leads) and all(unit.kind is UnitKind.OFFICE for unit in leads)
    return offices and not plan.own and not by_name and done.cut in _FIRST and ADVISE not in fold(done.text)


def _with_authority(text: str, start: int, me: str) -> str:
    told = f"{ADVISE} {me} {lower_first(text[start:])}"
    return text[:start] + (upper_first(told) if text[start].isupper() else told)
