"""Slots in the words of a question: where they may stand, and what there is to fill them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bot.bank.problems import Report, one_of, printable
from bot.bank.schema import CriterionWords, QuestionFile, TextFile
from bot.core.asking import TARGET, slots


def check_slots(file: TextFile, asked: QuestionFile, report: Report) -> None:
    """Notes slots that nothing fills, and numbers nobody is told."""
    numbers = {*asked.figures, *asked.derived}
    for key, words in _filled(file):
        known = {*numbers, *(TARGET if key == "target_prompt" else ())}
        for slot in slots(words):
            if slot not in known:
                message = f"has the slot {{{printable(slot)}}}, expected {one_of(sorted(known))}"
                report(key, message)
    for key, words in (*_said_as_it_is(file), *_criteria(file.criteria)):
        _refuse(key, words, report)
    _check_told(file, asked, report)


def check_common_slots(words: Mapping[str, CriterionWords], report: Report) -> None:
    """Notes slots in the words of the cross-cutting criteria, where nothing fills any."""
    for key, text in _criteria(words):
        _refuse(key, text, report)


def _refuse(key: str, words: str, report: Report) -> None:
    for slot in slots(words):
        report(key, f"has the slot {{{printable(slot)}}}, expected none here")


def _filled(file: TextFile) -> Iterator[tuple[str, str]]:
    yield "prompt", file.prompt
    yield "target_prompt", file.target_prompt or ""
    yield "rephrased", file.rephrased
    for fact_id, fact in file.facts.items():
        yield f"facts.{fact_id}.says", fact.says


def _said_as_it_is(file: TextFile) -> Iterator[tuple[str, str]]:
    yield "title", file.title
    yield "hint", file.hint
    yield "model_answer", file.model_answer
    for one in file.misconceptions:
        yield f"misconceptions[{one.id}].says", one.says


def _criteria(criteria: Mapping[str, CriterionWords]) -> Iterator[tuple[str, str]]:
    for criterion_id, words in criteria.items():
        key = f"criteria.{criterion_id}"
        yield f"{key}.name", words.name
        yield f"{key}.looks_for", words.looks_for
        yield f"{key}.advice", words.advice
        for asker, asked in words.follow_up.items():
            yield f"{key}.follow_up.{asker}", asked


def _check_told(file: TextFile, asked: QuestionFile, report: Report) -> None:
    """Every figure is told by each prompt, by what follows from it, or when asked for a fact."""
    facts = [slot for fact in file.facts.values() for slot in slots(fact.says)]
    for key, prompt in (("prompt", file.prompt), ("target_prompt", file.target_prompt)):
        if prompt:
            told = _behind([*slots(prompt), *facts], asked)
            for name in sorted(asked.figures.keys() - told):
                report(key, f"has no slot {{{name}}}, expected every figure to be told")
    anywhere = [slot for _, words in _filled(file) for slot in slots(words)]
    for name in sorted(asked.derived.keys() - _behind(anywhere, asked)):
        report("prompt", f"has no slot {{{name}}}, expected every derived figure to be told")


def _behind(told: list[str], asked: QuestionFile) -> set[str]:
    """The names told, and those of the numbers they are derived from."""
    names = set(told)
    for name, one in reversed(asked.derived.items()):
        if name in names:
            operands = (one.of, one.percent, one.minus, one.plus, one.over)
            names.update(part for part in operands if isinstance(part, str))
    return names
