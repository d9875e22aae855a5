"""Buttons that many messages share."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.effects import Button, Rows
from bot.core.models import Session

MENU: Rows = (
    (Button("interview", "interview"),),
    (Button("practice", "practice"), Button("intro", "intro")),
)


def step_button(session: Session, label: str, action: str) -> Button:
    """A button that only acts on the step in hand."""
    return Button(label, f"{action}@{session.guard}")


def question_button(question_id: str, title: str) -> Button:
    """A button that begins to practise a question."""
    return Button("practise", f"practice:{question_id}", {"title": title})


def paging(action: str, page: int, more: bool) -> tuple[Button, ...]:
    """Buttons to the pages beside this one; `action` ends where the number begins."""
    back = (Button("back", f"{action}{page - 1}"),) if page else ()
    return (*back, Button("more", f"{action}{page + 1}")) if more else back


def full(rows: Sequence[tuple[Button, ...]]) -> Rows:
    """The rows that have a button."""
    return tuple(row for row in rows if row)
