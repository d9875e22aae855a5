"""All small changes a piece of Python code offers, as replacements of its text.

Annotations, docstrings and formatted strings are left alone: nothing hangs on them.
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator
from itertools import takewhile
from typing import NamedTuple

COMPARISONS: dict[type[ast.cmpop], ast.cmpop] = {
    ast.Lt: ast.LtE(),
    ast.LtE: ast.Lt(),
    ast.Gt: ast.GtE(),
    ast.GtE: ast.Gt(),
    ast.Eq: ast.NotEq(),
    ast.NotEq: ast.Eq(),
    ast.Is: ast.IsNot(),
    ast.IsNot: ast.Is(),
    ast.In: ast.NotIn(),
    ast.NotIn: ast.In(),
}
OPERATORS: dict[type[ast.operator], ast.operator] = {
    ast.Add: ast.Sub(),
    ast.Sub: ast.Add(),
    ast.Mult: ast.Div(),
    ast.Div: ast.Mult(),
    ast.BitAnd: ast.BitOr(),
    ast.BitOr: ast.BitAnd(),
}
OPPOSITES = {"min": "max", "any": "all", "bisect_left": "bisect_right"}
OPPOSITES |= {other: one for one, other in OPPOSITES.items()}
DELETED = (ast.Assign, ast.AugAssign, ast.Expr, ast.Continue, ast.Break)
LONGEST = 50  # letters shown of a change, before and after it


class Mutation(NamedTuple):
    """A replacement of the bytes from `start` to `end`; `line` and `name` tell people of it."""

    line: int
    name: str
    start: int
    end: int
    text: str

    def applied(self, source: bytes) -> bytes:
        """The source with this change."""
        return source[: self.start] + self.text.encode() + source[self.end :]


def mutations(source: bytes) -> list[Mutation]:
    """All changes `source` offers, in its order."""
    starts = [0]
    for line in source.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    found = []
    for node, other in _changes(ast.parse(source)):
        assert node.end_lineno is not None
        assert node.end_col_offset is not None
        start = starts[node.lineno - 1] + node.col_offset
        end = starts[node.end_lineno - 1] + node.end_col_offset
        new = ast.unparse(other) if other else "pass"
        name = _difference(" ".join(ast.unparse(node).split()), " ".join(new.split()))
        # in brackets, whatever stands around it
        text = f"({new})" if isinstance(other, ast.expr) else new
        found.append(Mutation(node.lineno, name, start, end, text))
    return found


def _changes(tree: ast.AST, inside: bool = False) -> Iterator[tuple[_Node, _Node | None]]:
    """Each node that can be changed, with what takes its place: None for nothing.

    `inside`: within a function, where statements can be left out.
    """
    if isinstance(tree, ast.expr):
        yield from ((tree, other) for other in _expressions(tree))
    if isinstance(tree, ast.Return) and tree.value and not _is_none(tree.value):
        yield tree, ast.Return(ast.Constant(None))
    if isinstance(tree, (ast.If, ast.While, ast.IfExp)):
        yield tree.test, ast.UnaryOp(ast.Not(), tree.test)
    if isinstance(tree, ast.comprehension):
        yield from ((test, ast.UnaryOp(ast.Not(), test)) for test in tree.ifs)
    if inside and isinstance(tree, DELETED) and not _is_docstring(tree):
        yield tree, None
    if isinstance(tree, ast.JoinedStr) or _is_docstring(tree):
        return
    inside = inside or isinstance(tree, (ast.FunctionDef, ast.AsyncFunctionDef))
    for name, value in ast.iter_fields(tree):
        if name not in {"annotation", "returns"}:
            for child in value if isinstance(value, list) else [value]:
                if isinstance(child, ast.AST):
                    yield from _changes(child, inside)


_Node = ast.expr | ast.stmt


def _expressions(node: ast.expr) -> Iterator[ast.expr]:
    """What could stand in the place of an expression."""
    match node:
        case ast.Compare():
            for place, operator in enumerate(node.ops):
                other = copy.deepcopy(node)
                other.ops[place] = COMPARISONS[type(operator)]
                yield other
        case ast.BinOp(left, operator, right) if type(operator) in OPERATORS:
            yield ast.BinOp(left, OPERATORS[type(operator)], right)
        case ast.BoolOp(operator, values):
            yield ast.BoolOp(ast.Or() if isinstance(operator, ast.And) else ast.And(), values)
        case ast.UnaryOp(ast.Not(), operand):
            yield operand
        case ast.Constant(bool(value)):
            yield ast.Constant(not value)
        case ast.Constant(int(value) | float(value)):
            yield ast.Constant(value + 1)
        case ast.Constant(str(value)) if value:
            yield ast.Constant("")
        case ast.Call(ast.Name(name), arguments, keywords) if name in OPPOSITES:
            yield ast.Call(ast.Name(OPPOSITES[name]), arguments, keywords)
        case ast.Call(function, arguments, keywords):
            for place in range(len(keywords)):
                yield ast.Call(function, arguments, keywords[:place] + keywords[place + 1 :])


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def _is_docstring(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _difference(old: str, new: str) -> str:
    """Where two texts part, with a little of what stands around."""
    pairs = zip(old, new, strict=False)
    alike = len(list(takewhile(lambda pair: pair[0] == pair[1], pairs)))
    first = 0 if max(len(old), len(new)) <= LONGEST else max(0, alike - LONGEST // 2)
    return " -> ".join(_cut(text, first) for text in (old, new))


def _cut(text: str, first: int) -> str:
    before, after = "…" if first else "", "…" if len(text) > first + LONGEST else ""
    return f"{before}{text[first : first + LONGEST]}{after}"
