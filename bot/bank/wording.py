"""Says in plain words what pydantic found wrong."""

from __future__ import annotations

from collections.abc import Iterator
from enum import EnumType
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel, RootModel, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from bot.bank.problems import Problem, one_of, printable, shown

KEY = "[key]"  # pydantic's step for "the key itself is wrong"
BY_TYPE = {str: "text", int: "a whole number", float: "a number", list: "a list", dict: "a table"}


def problems_of(
    file: str, model: type[BaseModel], table: dict[str, object], error: ValidationError
) -> Iterator[Problem]:
    """One problem for each error pydantic found in `table`, in its order."""
    for detail in error.errors(include_url=False):
        yield Problem(file, key_path(detail["loc"], table), _message(model, detail))


def key_path(steps: tuple[int | str, ...], table: object) -> str:
    """The place in a table, readable: `criteria[effect].weight`, `roles[#2]`."""
    path = ""
    for step in steps:
        if isinstance(step, str):
            path += "" if step == KEY else f".{printable(step)}"
            table = table.get(step) if isinstance(table, dict) else None
        else:
            table = table[step] if isinstance(table, list) else None
            path += f"[{_label(table, step)}]"
    return path.removeprefix(".")


def _label(entry: object, index: int) -> str:
    if isinstance(entry, dict):
        for key in ("id", "name"):
            if isinstance(entry.get(key), str):
                return printable(entry[key])
    return f"#{index + 1}"


def _message(model: type[BaseModel], detail: ErrorDetails) -> str:
    kind, steps = detail["type"], detail["loc"]
    if kind == "extra_forbidden":
        fields = _descend(model, steps[:-1])[0].model_fields
        known = [field.alias or name for name, field in fields.items()]
        return f"is not known here, expected {one_of(known)}"
    if steps[-1] == KEY:
        keys = get_args(_descend(model, steps[:-2])[0])[:1]
        return f"is not known here, expected {_expected(*_bare(*keys)) if keys else 'a name'}"
    return f"{_fault(kind, detail['input'])}, expected {_expected(*_descend(model, steps))}"


def _fault(kind: str, value: object) -> str:
    match kind, value:
        case "missing", _:
            return "is missing"
        case (("string_too_short" | "too_short"), _):
            return "is empty"
        case "string_too_long", str():
            return f"has {len(value):,} characters"
        case "too_long", list():
            return f"has {len(value):,} entries"
    return f"is {shown(value)}"


def _descend(annotation: Any, steps: tuple[int | str, ...]) -> tuple[Any, str | None]:
    """The type those steps further in, with its description."""
    annotation, description = _bare(annotation)
    for step in steps:
        if isinstance(annotation, type) and issubclass(annotation, BaseModel):
            annotation, description = _field(annotation, str(step))
        else:  # list[X] or dict[K, X]
            annotation, description = _bare(get_args(annotation)[-1])
    return annotation, description


def _field(model: type[BaseModel], name: str) -> tuple[Any, str | None]:
    fields = model.model_fields.items()
    field = next((one for key, one in fields if name == (one.alias or key)), None)
    if field is None:  # an open model types the fields it does not name
        others = get_type_hints(model, include_extras=True)["__pydantic_extra__"]
        return _bare(get_args(others)[-1])
    annotation, description = _bare(field.annotation)
    return annotation, field.description or description


def _bare(annotation: Any) -> tuple[Any, str | None]:
    """The type without `Annotated`, `| None` and root model, and the description they carry."""
    if get_origin(annotation) in (Union, UnionType):
        return _bare(get_args(annotation)[0])
    if isinstance(annotation, type) and issubclass(annotation, RootModel):
        return _field(annotation, "root")
    if get_origin(annotation) is not Annotated:
        return annotation, None
    inner, *notes = get_args(annotation)
    found = (note.description for note in notes if isinstance(note, FieldInfo))
    return inner, next(filter(None, found), None)


def _expected(annotation: Any, description: str | None) -> str:
    if description:
        return description
    if get_origin(annotation) is Literal:
        return one_of(get_args(annotation))
    if isinstance(annotation, EnumType):
        return one_of(map(str, annotation))
    return BY_TYPE.get(get_origin(annotation) or annotation, "a table")
