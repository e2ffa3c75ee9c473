"""Validates what was read against schema.json, and says what is wrong in short, clear lines."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml
from jsonschema import Draft202012Validator

from nnquiz.bank.names import did_you_mean
from nnquiz.bank.problem import Problem
from nnquiz.bank.schema import schema_text
from nnquiz.bank.source import Misread, Path, Source, kind_of

_NUMBER_LIKE = re.compile(r"[-+]?[0-9]+(\.[0-9]*)?[eE][-+]?[0-9]+")
_WANTED = {
    "string": "a text",
    "integer": "a whole number",
    "boolean": "true or false",
    "array": "a list",
    "object": "a mapping of keys",
}
_NAME_HINT = "small letters and digits, joined by hyphens, with at least one letter: batch-norm"


@dataclass(frozen=True, slots=True)
class _Finding:
    """What the library found: a value that breaks one keyword of one piece of the schema."""

    path: Path
    keyword: str
    limit: Any
    schema: Any
    value: Any


def violations(source: Source, kind: str) -> list[tuple[Path, Problem]]:
    """Return what offends against `$defs/<kind>` of the schema, with the path of each offence."""
    findings = [
        _Finding(
            tuple(error.absolute_path),
            str(error.validator),
            error.validator_value,
            error.schema,
            error.instance,
        )
        for error in _validator(kind).iter_errors(source.value)
    ]
    unknown: dict[Path, list[str]] = {}
    for finding in findings:
        if finding.keyword == "additionalProperties":
            unknown[finding.path] = [*unknown.get(finding.path, []), *_unknown(finding)]
    found: dict[Problem, Path] = {}
    for finding in findings:
        for problem in _problems(source, finding, unknown.get(finding.path, [])):
            found.setdefault(problem, finding.path)
    return [(path, problem) for problem, path in found.items()]


@cache
def _validator(kind: str) -> Draft202012Validator:
    schema = json.loads(schema_text())
    return Draft202012Validator({"$defs": schema["$defs"], "$ref": f"#/$defs/{kind}"})


def _problems(source: Source, finding: _Finding, unknown: list[str]) -> Iterator[Problem]:
    """Say one finding of the library in our words, at its place."""
    path = finding.path
    if isinstance(source.nodes.get(path), yaml.MappingNode) and isinstance(finding.value, str):
        yield _wrong_key(source, path, finding.value)  # propertyNames looks at keys
        return
    if finding.keyword == "additionalProperties":
        known = list(finding.schema["properties"])
        for key in _unknown(finding):
            hint = did_you_mean(key, known) or f"known are {', '.join(known)}"
            yield source.problem_at_key((*path, key), f'unknown key "{key}"', hint)
        return
    if finding.keyword == "required":
        yield from _missing_keys(source, finding, unknown)
        return
    wrong = _wrong_type(source, finding) if finding.keyword == "type" else _wrong_value(finding)
    name = next((f"{part}: " for part in reversed(path) if isinstance(part, str)), "")
    yield source.problem(path, name + wrong[0], wrong[1])


def _unknown(finding: _Finding) -> list[str]:
    return [key for key in finding.value if key not in finding.schema["properties"]]


def _missing_keys(source: Source, finding: _Finding, unknown: list[str]) -> Iterator[Problem]:
    """Name all missing keys at once, but none that an unknown key was probably meant to be."""
    missing = [
        key for key in finding.limit if key not in finding.value and not did_you_mean(key, unknown)
    ]
    if missing:
        keys = "keys" if len(missing) > 1 else "key"
        yield source.problem(finding.path, f"missing {keys}: {', '.join(missing)}")


def _wrong_key(source: Source, path: Path, key: str) -> Problem:
    hint = "blanks are named c1, c2, ..." if path and path[-1] == "accept" else _NAME_HINT
    return source.problem_at_key((*path, key), f'"{key}" cannot be a key here', hint)


def _wrong_type(source: Source, finding: _Finding) -> tuple[str, str]:
    """Say that a value is of another kind than wanted, and how YAML came to read it so."""
    value, wanted = finding.value, finding.limit
    wanted = wanted[0] if isinstance(wanted, list) else wanted
    if value is None:
        return f"nothing stands here; {_WANTED[wanted]} is wanted", ""
    if isinstance(value, dict | list):
        hint = 'a text that contains ": " goes in quotes' if wanted == "string" else ""
        return f"is {kind_of(value)}; {_WANTED[wanted]} is wanted", hint
    raw = _short(getattr(source.nodes[finding.path], "value", ""))
    if wanted == "string":
        return f"{raw} is read by YAML as {kind_of(value)}", f'put it in quotes: "{raw}"'
    if isinstance(value, Misread):
        return f"{raw} is read by YAML as {value.as_what}", f"write {value.instead}"
    if wanted == "integer" and isinstance(value, str) and _NUMBER_LIKE.fullmatch(value):
        return f"{raw} is read by YAML as a text", "write all the digits of a whole number"
    return f'"{raw}" is {kind_of(value)}; {_WANTED[wanted]} is wanted', ""


def _wrong_value(finding: _Finding) -> tuple[str, str]:
    """Say what is wrong with a value of the right type."""
    value, limit = finding.value, finding.limit
    match finding.keyword:
        case "enum":
            return _wrong_choice(value, limit)
        case "pattern":
            return _wrong_form(finding)
        case "not":
            return (
                f'"{_short(value)}" is the name of a card that exists by itself',
                "choose another",
            )
        case "contains" | "minContains" | "maxContains":
            return "exactly one option is right", "give that one, and no other, right: true"
        case "uniqueItems":
            twice = next(item for i, item in enumerate(value) if item in value[:i])
            return f'"{_short(twice)}" stands twice', ""
        case _:
            return _out_of_bounds(finding), ""


def _wrong_choice(value: Any, choices: list[Any]) -> tuple[str, str]:
    allowed = [str(choice) for choice in choices]
    if isinstance(value, str) and value in allowed:
        return f'"{value}" in quotes is a text; a number is wanted', "leave the quotes out"
    shown = _short(value)
    return f'"{shown}" is not one of {", ".join(allowed)}', did_you_mean(shown, allowed)


def _wrong_form(finding: _Finding) -> tuple[str, str]:
    if finding.limit == "\\S":
        return "the text is empty", ""
    shown = _short(finding.value)
    if finding.schema.get("title") == "Name":
        return f'"{shown}" cannot be a name', _NAME_HINT
    return f'"{shown}" does not have the right form', finding.schema.get("description", "")


def _out_of_bounds(finding: _Finding) -> str:
    """Say that there is too much or too little of something."""
    bound = "at least" if finding.keyword.startswith("min") else "at most"
    if finding.keyword in ("minimum", "maximum"):
        return f"{finding.value} is out of range: {bound} {finding.limit}"
    unit = "characters" if isinstance(finding.value, str) else "entries"
    size = len(finding.value)
    unit = unit.replace("ies", "y").removesuffix("s") if size == 1 else unit
    return f"{size} {unit}; {bound} {finding.limit} wanted"


def _short(value: Any) -> str:
    text = value if isinstance(value, str) else getattr(value, "raw", str(value))
    return text if len(text) <= 40 else text[:39] + "…"
