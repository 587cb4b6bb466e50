"""Who acts, who helps, who gets the result ("chủ trì, phối hợp, báo cáo về"), from one duty's text.

Every list of names is found once with the words that govern it (``assignment_scan``); the roles follow from the governors and from the
build of the sentence (``assignment_roles``). Where a name begins and ends: ``party_names``; lists and shared heads: ``party_lists``.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from extractors.fields import assignment_roles
from extractors.fields.assignment_frames import is_closing, is_lead_in, local_aliases, orders_beside_opening
from extractors.fields.assignment_roles import Roles
from extractors.fields.party_lists import PartyMention, names_from, split_parties
from extractors.fields.party_tokens import Words, words_of

__all__ = [
    "PartyMention",
    "Roles",
    "is_closing",
    "is_lead_in",
    "is_order",
    "is_party",
    "local_aliases",
    "orders_beside_opening",
    "read_roles",
    "settles",
    "split_parties",
    "starts_with_verb",
]


def read_roles(text: str, *, aliases: Mapping[str, str] | None = None, children: bool = False) -> Roles:
    """Return the roles that one item's text states.

    Args:
        text: The item without its marker and children, in NFC.
        aliases: Short names defined in the document, by short name ("Liên Sở").
        children: The item introduces others ("Phòng Tư pháp huyện:", "2. Giám đốc Sở X").
    """
    return _read(text, tuple(sorted(aliases)) if aliases else (), children)


@lru_cache(maxsize=1024)
def _read(text: str, aliases: tuple[str, ...], children: bool) -> Roles:
    return assignment_roles.roles(text, children=children, aliases=aliases)


def is_order(text: str) -> bool:
    """True when the text orders or asks somebody to act."""
    return read_roles(text).order


def is_party(text: str) -> bool:
    """True when a text is nothing but the names of one or more parties."""
    words = Words(text.rstrip(" :.;"))
    found, end = names_from(words, 0, loose=True)
    return bool(found) and end == words.size


def starts_with_verb(text: str) -> bool:
    """True when a text begins with the act itself ("Rà soát …", "Tiếp tục …")."""
    words = words_of(text)
    return words.size > 0 and assignment_roles.begins_with_act(words, 0)


def settles(text: str) -> bool:
    """True when a text begins with what the issuer settles by saying so ("Thống nhất chủ trương …"); nobody has to act on that."""
    words = words_of(text)
    return words.size > 0 and assignment_roles.settles(words, 0)
