"""Questions as plain text, for the terminal."""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from bot.core.questions import Bank, Criterion, CriterionText, Question, QuestionText


class UnknownQuestionError(KeyError):
    """There is no question of that id; the message says which come close."""

    def __init__(self, bank: Bank, question_id: str) -> None:
        close = difflib.get_close_matches(question_id, bank.questions, n=3, cutoff=0.4)
        hint = f"did you mean {', '.join(close)}?" if close else "`bank list` shows all of them"
        self.message = f"there is no question {question_id!r}; {hint}"
        super().__init__(self.message)

    def __str__(self) -> str:
        """The message as it is: `KeyError` alone would put it in quotes."""
        return self.message


def list_questions(bank: Bank, lang: str) -> list[str]:
    """One line a question: id, topic, kind, minutes and title, in columns."""
    rows = [
        (one.id, one.topic, one.kind, _minutes(one), one.text(lang).title)
        for one in bank.questions.values()
    ]
    widths = [max(map(len, column)) for column in list(zip(*rows, strict=True))[:-1]]
    return ["  ".join([*map(str.ljust, row, widths), row[-1]]) for row in rows]


def show_question(bank: Bank, question_id: str, lang: str) -> str:
    """All of a question but its phrases; raises `UnknownQuestionError`."""
    try:
        question = bank.ask(question_id)
    except KeyError:
        raise UnknownQuestionError(bank, question_id) from None
    return "\n".join(_lines(question, lang))


def _minutes(question: Question) -> str:
    return f"{round(question.seconds / 60, 1):g} min"


def _lines(question: Question, lang: str) -> Iterator[str]:
    text = question.text(lang)
    yield f"{text.title} ({question.id})"
    yield f"{question.topic}, {question.kind}, {_minutes(question)}"
    yield f"Roles: {', '.join(question.roles)}"
    yield f"Levels: {', '.join(question.levels)}"
    yield from _section("Prompt", text.prompt)
    if text.rephrased:
        yield from _section("Put differently", text.rephrased)
    if question.facts:
        yield from ("", "Facts, told when asked for")
        yield from _facts(question, text)
    yield from ("", "Criteria")
    for criterion in question.criteria:
        yield from _criterion(criterion, text.criteria[criterion.id])
    yield from _section("Hint", text.hint)
    yield from _section("Model answer", text.model_answer)


def _section(heading: str, body: str) -> Iterator[str]:
    yield from ("", heading)
    yield from (f"  {line}".rstrip() for line in body.splitlines())


def _facts(question: Question, text: QuestionText) -> Iterator[str]:
    for fact in question.facts:
        about = f" ({fact.criterion})" if fact.criterion else ""
        yield f"  {fact.id}{about}: {text.facts[fact.id].says}"


def _criterion(criterion: Criterion, text: CriterionText) -> Iterator[str]:
    yield f"  {criterion.weight:3}  {text.name} ({criterion.id}, {criterion.rule})"
    yield f"       {text.looks_for}"
    for asker, asked in text.follow_ups.items():
        yield f"       {asker}: {asked}"
