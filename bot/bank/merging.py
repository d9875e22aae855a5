"""Makes the core's dataclasses out of the checked files; notes what does not fit together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial

from bot.bank.problems import one_of, shown
from bot.bank.schema import CriterionWords, QuestionFile, TextFile
from bot.core.models import Criterion, CriterionText, Misconception, Question, QuestionText, Rule

Report = Callable[[str, str], None]
"""Takes a key path and a message; knows the file."""

PARTS = {
    "name": "what the scorecard calls it",
    "looks_for": "what a good answer has",
    "advice": "what to add",
}


def repeated(names: Iterable[str]) -> list[str]:
    """The names that occur more than once, each once, in order of their second time."""
    seen: set[str] = set()
    again: dict[str, None] = {}
    for name in names:
        if name in seen:
            again[name] = None
        seen.add(name)
    return list(again)


def rubric(
    file: QuestionFile, common: Mapping[str, Rule], report: Report
) -> tuple[Criterion, ...]:
    """The criteria of a question; `common` are the rules of the cross-cutting ones."""
    for criterion_id in repeated(entry.id for entry in file.criteria):
        report(f"criteria[{criterion_id}]", "is there twice, expected every criterion once")
    total = sum(entry.weight for entry in file.criteria)
    if total != 100:
        report("criteria", f"has weights that add up to {total}, expected 100")
    return tuple(
        Criterion(entry.id, entry.weight, entry.rule or common.get(entry.id, Rule.CONTENT))
        for entry in file.criteria
    )


def check_common(
    words: Mapping[str, CriterionWords], rules: Mapping[str, Rule], report: Report
) -> None:
    """Notes where the cross-cutting criteria of one language are not those of `criteria.toml`."""
    for criterion_id in sorted(words.keys() - rules.keys()):
        report(f"criteria.{criterion_id}", f"is not known here, expected {one_of(rules)}")
    for criterion_id in sorted(rules.keys() - words.keys()):
        report(f"criteria.{criterion_id}", "is missing, expected its name, looks_for and advice")
    for criterion_id in sorted(rules.keys() & words.keys()):
        text = completed(words[criterion_id], None)
        _check_words(text, partial(_within, report, criterion_id))


def names_needed(questions: Iterable[Question]) -> list[str]:
    """What each language has to name: `topic.growth`, `role.product-manager`, `level.graduate`."""
    needed: set[str] = set()
    for one in questions:
        needed.add(f"topic.{one.topic}")
        needed.update(f"role.{role}" for role in one.roles)
        needed.update(f"level.{level}" for level in one.levels)
    return sorted(needed)


def question(
    file: QuestionFile, criteria: tuple[Criterion, ...], texts: Mapping[str, QuestionText]
) -> Question:
    """The question with its rubric and texts."""
    return Question(
        id=file.id,
        topic=file.topic,
        kind=file.kind,
        roles=tuple(file.roles),
        levels=tuple(file.levels),
        interviewers=tuple(file.interviewers),
        seconds=file.seconds,
        criteria=criteria,
        texts=texts,
    )


def question_text(
    file: TextFile,
    criteria: Sequence[Criterion],
    interviewers: Sequence[str],
    common: Mapping[str, CriterionWords],
    report: Report,
) -> QuestionText:
    """The text of a question, the cross-cutting criteria completed from `common`."""
    known = [criterion.id for criterion in criteria]
    for criterion_id in sorted(file.criteria.keys() - set(known)):
        report(f"criteria.{criterion_id}", f"is not known here, expected {one_of(known)}")
    words = {
        criterion.id: _words(criterion, file.criteria, common, interviewers, report)
        for criterion in criteria
    }
    return QuestionText(
        title=file.title,
        prompt=file.prompt,
        hint=file.hint,
        model_answer=file.model_answer,
        criteria=words,
        misconceptions=_misconceptions(file, known, report),
    )


def _words(
    criterion: Criterion,
    own: Mapping[str, CriterionWords],
    common: Mapping[str, CriterionWords],
    interviewers: Sequence[str],
    report: Report,
) -> CriterionText:
    if criterion.id not in own and criterion.id not in common:
        what = "name, looks_for, advice, phrases and follow_up"
        report(f"criteria.{criterion.id}", f"is missing, expected {what}")
        return completed(None, None)
    text = completed(own.get(criterion.id), common.get(criterion.id))
    within = partial(_within, report, criterion.id)
    _check_words(text, within)
    _check_phrases(text, criterion, within)
    _check_follow_ups(text, interviewers, within)
    return text


def _within(report: Report, criterion_id: str, key: str, message: str) -> None:
    report(f"criteria.{criterion_id}.{key}", message)


def completed(own: CriterionWords | None, common: CriterionWords | None) -> CriterionText:
    """The criterion in a question's own words, where it has none in the common ones."""
    own, common = own or CriterionWords(), common or CriterionWords()
    return CriterionText(
        name=own.name or common.name,
        looks_for=own.looks_for or common.looks_for,
        advice=own.advice or common.advice,
        follow_ups=dict([*common.follow_up.items(), *own.follow_up.items()]),
        concepts=tuple(own.concepts or common.concepts),
        explanations=tuple(own.explanations or common.explanations),
    )


def _check_words(text: CriterionText, report: Report) -> None:
    for part, purpose in PARTS.items():
        if not getattr(text, part):
            report(part, f"is missing, expected {purpose}")


def _check_phrases(text: CriterionText, criterion: Criterion, report: Report) -> None:
    if criterion.rule is Rule.CONTENT and not text.concepts:
        report("concepts", "is missing, expected phrases that name the idea")


def _check_follow_ups(text: CriterionText, interviewers: Sequence[str], report: Report) -> None:
    for asker in interviewers:
        if asker not in text.follow_ups:
            report(f"follow_up.{asker}", "is missing, expected what this interviewer asks next")


def _misconceptions(
    file: TextFile, known: Sequence[str], report: Report
) -> tuple[Misconception, ...]:
    for twice in repeated(entry.id for entry in file.misconceptions):
        report(f"misconceptions[{twice}]", "is there twice, expected every id once")
    for entry in file.misconceptions:
        if entry.criterion and entry.criterion not in known:
            path = f"misconceptions[{entry.id}].criterion"
            report(path, f"is {shown(entry.criterion)}, expected {one_of(known)}")
    return tuple(
        Misconception(entry.id, tuple(entry.phrases), entry.says, entry.criterion or None)
        for entry in file.misconceptions
    )
