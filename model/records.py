"""Records: plain JSON values turned into frozen dataclasses, refusing whatever does not fit exactly."""

from __future__ import annotations

import math
import types
from dataclasses import MISSING, fields, is_dataclass
from typing import Any, Literal, TypeVar, Union, cast, get_args, get_origin, get_type_hints

Kind = TypeVar("Kind")


def build(kind: type[Kind], value: object, where: str) -> Kind:
    """Turn plain JSON values into a dataclass of strings, numbers, tuples, dicts, literals and further dataclasses.

    Parameters
    ----------
    kind
        The dataclass to build.
    value
        What ``json.loads`` gave.
    where
        How errors call the outermost value.

    Raises
    ------
    ValueError
        When a name without a default is missing, a name is unknown, a value has the wrong type or is not finite; the
        sentence says where.
    """
    return cast(Kind, _build(kind, value, where))


def _build(kind: Any, value: Any, where: str) -> Any:
    """Turn plain JSON values into ``kind``, refusing whatever does not fit exactly."""
    if is_dataclass(kind):
        return _build_record(cast(type[Any], kind), value, where)
    origin = get_origin(kind)
    if origin is tuple:
        return _build_tuple(get_args(kind), value, where)
    if origin in (Union, types.UnionType):
        (inner,) = (option for option in get_args(kind) if option is not type(None))
        return None if value is None else _build(inner, value, where)
    if origin is Literal:
        if value not in get_args(kind):
            raise ValueError(f"{where} is {value!r}, not one of {', '.join(map(str, get_args(kind)))}")
        return value
    if kind is float:
        return _build_float(value, where)
    return _expect(origin or kind, value, where)


def _build_record(kind: type[Any], value: Any, where: str) -> Any:
    given = _expect(dict, value, where)
    hints = get_type_hints(kind)
    needed = [field.name for field in fields(kind) if field.default is MISSING]
    if missing := [name for name in needed if name not in given]:
        raise ValueError(f"{where} lacks {', '.join(missing)}")
    if unknown := sorted(set(given) - {field.name for field in fields(kind)}):
        raise ValueError(f"{where} has unknown {', '.join(unknown)}")
    return kind(**{name: _build(hints[name], value, f"{where}.{name}") for name, value in given.items()})


def _build_tuple(arguments: tuple[Any, ...], value: Any, where: str) -> tuple[Any, ...]:
    items = _expect(list, value, where)
    if arguments[-1] is Ellipsis:
        arguments = (arguments[0],) * len(items)
    if len(items) != len(arguments):
        raise ValueError(f"{where} has {len(items)} values, not {len(arguments)}")
    return tuple(
        _build(kind, item, f"{where}[{i}]") for i, (kind, item) in enumerate(zip(arguments, items, strict=True))
    )


def _build_float(value: Any, where: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise ValueError(f"{where} is {value!r}, not a finite number")
    return float(value)


def _expect(kind: type[Kind], value: Any, where: str) -> Kind:
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        raise ValueError(f"{where} is of type {type(value).__name__}, not {kind.__name__}")
    return value
