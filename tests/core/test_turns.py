"""What a transcript calls each thing that was said."""

from __future__ import annotations

from tests.core.driver import Driver


def test_the_turns_of_a_question_with_a_follow_up(chat: Driver) -> None:
    chat.send("practice:retention")
    chat.answer("method! result!")
    chat.answer("goal!")
    assert [(turn.number, turn.who, turn.kind) for turn in chat.turns] == [
        (1, "interviewer", "question"),
        (2, "candidate", "answer"),
        (3, "interviewer", "follow-up"),
        (4, "candidate", "follow-up answer"),
    ]


def test_a_session_is_dated_when_its_question_is_asked(chat: Driver) -> None:
    chat.send("practice:retention")
    assert chat.session.started_at == chat.turns[0].at
    chat.answer("goal! method! result!")
    assert chat.session.started_at == chat.turns[0].at
