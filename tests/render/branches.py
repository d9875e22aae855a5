"""Which ways through the templates were gone: each condition true and false, each loop run.

The templates are compiled as ever, but each condition notes what it came to before it is acted
on; so does what a loop goes over.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from jinja2 import Environment, nodes

from bot.core.effects import Say
from bot.core.questions import Lang
from bot.render import TemplateRenderer

WAYS = {
    ("condition", True): "never true",
    ("condition", False): "never false",
    ("loop", True): "never run",
    ("loop", False): "never empty, though it has an `else`",
}


class Fork(NamedTuple):
    """A place where a template goes one way or another: `number` counts those of its line."""

    file: str
    line: int
    kind: str
    number: int
    text: str


class Watched(Environment):
    """An environment whose templates note, in `gone`, which ways were gone at each fork."""

    gone: dict[tuple[Fork, bool], bool]

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        """Called by Jinja with the text of each template."""
        parsed = super()._parse(source, name, filename)
        seen: list[tuple[int, str]] = []
        for node in list(parsed.find_all((nodes.If, nodes.CondExpr, nodes.For))):
            kind = "loop" if isinstance(node, nodes.For) else "condition"
            seen.append(place := (node.lineno, kind))
            text = source.splitlines()[node.lineno - 1].strip()
            file = name or "a label of buttons.toml"
            self._watch(node, Fork(file, node.lineno, kind, seen.count(place), text))
        return parsed

    def _watch(self, node: nodes.Node, fork: Fork) -> None:
        """Let what the node decides by pass through `note`."""
        ways = [True, False]
        if isinstance(node, nodes.For):
            ways = [True, False] if node.else_ else [True]
            node.iter = _passed("note_loop", fork, node.iter)
        elif isinstance(node, nodes.If | nodes.CondExpr):
            node.test = _passed("note", fork, node.test)
        for way in ways:
            self.gone.setdefault((fork, way), False)

    def note(self, fork: Fork, value: Any) -> Any:
        """Which way a condition goes."""
        self.gone[fork, bool(value)] = True
        return value

    def note_loop(self, fork: Fork, values: Iterable[Any]) -> list[Any]:
        """Whether a loop has anything to go over."""
        found = list(values)
        self.gone[fork, bool(found)] = True
        return found


def _passed(method: str, fork: Fork, value: nodes.Node) -> nodes.Expr:
    """The expression, handed through a method of the environment."""
    # a plain call: autoescaping and undefined values are as without it
    known = nodes.Tuple([nodes.Const(part) for part in fork], "load")
    return nodes.Call(
        nodes.EnvironmentAttribute(method), [known, value], [], None, None, lineno=value.lineno
    )


def never_gone(prompts: Path, lang: Lang, says: Collection[Say]) -> list[str]:
    """The ways that none of the messages goes, said so that one finds them."""
    gone: dict[tuple[Fork, bool], bool] = {}
    watched = type("Watched", (Watched,), {"gone": gone})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("bot.render.Environment", watched)
        renderer = TemplateRenderer(prompts)
        for said in says:
            renderer.message(said, lang)
    return [
        f"{fork.file}, line {fork.line}: {fork.kind} {fork.number} is {WAYS[fork.kind, way]}:"
        f" {fork.text}"
        for (fork, way), was in gone.items()
        if not was
    ]
