"""The printed record is what the published schema says, and our schema says what the contract's says."""

import copy
import json
from pathlib import Path

import jsonschema
import pytest
from sample_files import FORMS, READ, label

from pipeline.record import json_schema

CONTRACT = Path(__file__).parents[2] / "shared" / "contract" / "dispatch.schema.json"
needs_contract = pytest.mark.skipif(not CONTRACT.exists(), reason="the contract's schema lies beside the repository, not in it")
SCHEMAS = [pytest.param("ours"), pytest.param("contract", marks=needs_contract)]


def schema(which: str):
    return json_schema() if which == "ours" else json.loads(CONTRACT.read_text("utf-8"))


@pytest.mark.parametrize("which", SCHEMAS)
def test_the_schema_itself_is_well_formed(which):
    jsonschema.Draft202012Validator.check_schema(schema(which))


@pytest.mark.parametrize("which", SCHEMAS)
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("sample", READ, ids=label)
def test_records_validate(sample, form, which):
    validator = jsonschema.Draft202012Validator(schema(which))
    assert [error.message for error in validator.iter_errors(sample.record(form))] == []


SPOILED = [
    ("an unknown key", lambda record: record | {"note": "x"}),
    ("no documents", lambda record: record | {"documents": []}),
    ("another version", lambda record: record | {"schema": "congvan/2"}),
    ("an unknown urgency", lambda record: record | {"documents": [record["documents"][0] | {"urgency": "gap"}]}),
]


@pytest.mark.parametrize("which", SCHEMAS)
@pytest.mark.parametrize(("what", "spoil"), SPOILED)
def test_a_spoiled_record_does_not_validate(what, spoil, which):
    validator = jsonschema.Draft202012Validator(schema(which))
    assert list(validator.iter_errors(spoil(READ[0].record("pdf")))), what


def resolved(node, root):
    while isinstance(node, dict) and "$ref" in node:
        target = root
        for step in node["$ref"].removeprefix("#/").split("/"):
            target = target[step]
        node = target
    return node


def branches(node, root):
    node = resolved(node, root)
    return [part for option in node["anyOf"] for part in branches(option, root)] if "anyOf" in node else [node]


def shape(node, root):
    """Types, closed values and members of a schema, however it is spelled (anyOf, lists of types, references)."""
    types, values, members = set(), set(), {}
    for part in branches(node, root):
        kinds = part.get("type", [])
        types |= {kinds} if isinstance(kinds, str) else set(kinds)
        closed = part.get("enum", [part["const"]] if "const" in part else [])
        values |= set(closed)
        types |= {"null" if value is None else "string" for value in closed}
        members |= part.get("properties", {})
        members |= {word: part[word] for word in ("items", "additionalProperties") if isinstance(part.get(word), dict)}
    return types - ({"integer"} if "number" in types else set()), values - {None}, members


def differences(ours, contract, roots, where=""):
    """Where two schemas differ: other members, other closed values, or a type of ours that the contract does not allow."""
    (types, values, members), (allowed, closed, wanted) = shape(ours, roots[0]), shape(contract, roots[1])
    if not (allowed or closed or wanted):
        return
    if not types <= allowed:
        yield where, "types", types - allowed
    if values != closed:
        yield where, "values", values ^ closed
    if members.keys() - {"items"} != wanted.keys() - {"items"} or wanted.keys() - members.keys():
        yield where, "members", members.keys() ^ wanted.keys()
    for name in members.keys() & wanted.keys():
        if not (name == "items" and where.endswith("/children")):
            yield from differences(members[name], wanted[name], roots, f"{where}/{name}")


@needs_contract
def test_both_schemas_have_the_same_members_and_closed_values():
    roots = schema("ours"), schema("contract")
    assert list(differences(*roots, roots)) == []


CHANGES = [
    (lambda root: root["$defs"]["DutyPart"]["properties"].pop("marker"), "members"),
    (lambda root: root["$defs"]["DeadlinePart"]["properties"]["kind"]["enum"].pop(), "values"),
    (lambda root: root["$defs"]["DocumentPart"]["properties"].update(place={"type": "integer"}), "types"),
]


@needs_contract
@pytest.mark.parametrize(("change", "what"), CHANGES)
def test_a_change_of_ours_would_be_noticed(change, what):
    ours, contract = copy.deepcopy(schema("ours")), schema("contract")
    change(ours)
    assert what in {kind for _, kind, _ in differences(ours, contract, (ours, contract))}


def required_by(root):
    return {
        name.lower().removesuffix("part"): (set(node.get("required", [])), node.get("additionalProperties", True))
        for name, node in root["$defs"].items()
        if "properties" in node
    }


@needs_contract
def test_what_the_contract_requires_is_required():
    ours, contract = required_by(schema("ours")), required_by(schema("contract"))
    for name in contract.keys() & ours.keys():
        assert contract[name][0] <= ours[name][0], name
        assert contract[name][1] == ours[name][1], name
    assert {"deadline", "duty", "document"} <= contract.keys() & ours.keys()
