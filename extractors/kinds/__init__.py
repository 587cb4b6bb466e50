"""Kinds of documents, one file each; a document is of exactly one."""

from __future__ import annotations

from extractors.dispatch import DocumentType
from extractors.evidence import Found, Missing, Reason, Value
from extractors.kinds import bao_cao, chi_thi, cong_dien, cong_van, generic, giay_moi, ke_hoach, quyet_dinh
from extractors.kinds.base import Kind
from extractors.zones import Anatomy

KINDS = (cong_van.KIND, cong_dien.KIND, chi_thi.KIND, quyet_dinh.KIND, ke_hoach.KIND, bao_cao.KIND, giay_moi.KIND)
GENERIC = generic.KIND


def kind_of(doc_type: DocumentType | None) -> Kind:
    """Return the kind that a stated type belongs to; the generic kind for a type in no list and for none."""
    return next((kind for kind in KINDS if doc_type and doc_type.name in kind.types), GENERIC)


def recognise(anatomy: Anatomy, doc_type: DocumentType | None) -> Value[Kind]:
    """Return the kind of a document: by its stated type, else by the parts that show it.

    Two kinds that show themselves at once give ``Missing(AMBIGUOUS)`` with both names.
    """
    if doc_type is not None:
        return Found(kind_of(doc_type))
    shown = [kind for kind in KINDS if kind.shows(anatomy)]
    if len(shown) > 1:
        return Missing(Reason.AMBIGUOUS, tuple(kind.name for kind in shown))
    return Found(shown[0] if shown else GENERIC)
