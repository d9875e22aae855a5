"""Makes the core's dataclasses out of the checked files; notes what does not fit together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from bot.bank.figures import derived, figures
from bot.bank.problems import Report, one_of, shown
from bot.bank.schema import (
    CriterionEntry,
    CriterionWords,
    MisconceptionWords,
    QuestionFile,
    TextFile,
)
from bot.bank.slots import check_common_slots, check_slots
from bot.core.questions import (
    Criterion,
    CriterionText,
    Fact,
    FactText,
    Misconception,
    Question,
    QuestionText,
    Rule,
)


class Elsewhere(NamedTuple):
    """Words a question's text may leave out.

    `common` are those of the cross-cutting criteria; `taken` the texts criteria are taken over
    from, by question id.
    """

    common: Mapping[str, CriterionWords]
    taken: Mapping[str, TextFile]


INTERVIEW = 8  # questions of the longest interview

PARTS = {
    "name": "what the scorecard calls it",
    "looks_for": "what a good answer has",
    "advice": "what to add",
}


def repeated(names: Iterable[str]) -> list[str]:
    """The names that occur more than once, each once, in order of their second time."""
    names = list(names)
    if len(set(names)) == len(names):
        return []
    seen: set[str] = set()
    again: dict[str, None] = {}
    for name in names:
        if name in seen:
            again[name] = None
        seen.add(name)
    return list(again)


def rubric(
    file: QuestionFile,
    common: Mapping[str, Rule],
    others: Mapping[str, QuestionFile],
    report: Report,
) -> tuple[Criterion, ...]:
    """The criteria of a question; `common` are the rules of the cross-cutting ones.

    `others` are the questions criteria may be taken over from, by id.
    """
    for criterion_id in repeated([entry.id for entry in file.criteria]):
        report(f"criteria[{criterion_id}]", "is there twice, expected every criterion once")
    total = sum([entry.weight for entry in file.criteria])
    if total != 100:
        report("criteria", f"has weights that add up to {total}, expected 100")
    return tuple([_criterion(entry, common, others, report) for entry in file.criteria])


def _criterion(
    entry: CriterionEntry,
    common: Mapping[str, Rule],
    others: Mapping[str, QuestionFile],
    report: Report,
) -> Criterion:
    rule = entry.rule or common.get(entry.id)
    if entry.origin is None:
        return Criterion(entry.id, entry.weight, rule or Rule.CONTENT)
    source = others.get(entry.origin)
    there = {} if source is None else {one.id: one for one in source.criteria if not one.origin}
    if entry.id not in there:
        message = f"is {shown(entry.origin)}, expected a question that has {entry.id} of its own"
        report(f"criteria[{entry.id}].from", message)
        return Criterion(entry.id, entry.weight, rule or Rule.CONTENT)
    return Criterion(
        entry.id,
        entry.weight,
        rule or there[entry.id].rule or Rule.CONTENT,
        "" if entry.id in common else entry.origin,
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
    check_common_slots(words, report)


def names_needed(questions: Iterable[Question]) -> dict[str, str]:
    """What each language has to name, and the first question that needs it.

    Names are `topic.growth`, `role.product-manager`, `level.graduate`.
    """
    alike = {(one.topic, one.roles, one.levels): one.id for one in reversed(list(questions))}
    needed: dict[str, str] = {}
    for (topic, roles, levels), id in alike.items():
        needed[f"topic.{topic}"] = id
        needed |= dict.fromkeys([f"role.{role}" for role in roles], id)
        needed |= dict.fromkeys([f"level.{level}" for level in levels], id)
    return dict(sorted(needed.items()))


def check_interview(topics: Mapping[str, int], there: Mapping[str, int], report: Report) -> None:
    """Notes where the topics of a role's interview are not eight questions it can be asked.

    `there` is how many questions for that role each topic has.
    """
    for topic, count in topics.items():
        if (some := there.get(topic, 0)) < count:
            report(topic, f"is {count}, expected at most {some}, the questions there are")
    if sum(topics.values()) != INTERVIEW:
        report("", f"adds up to {sum(topics.values())}, expected {INTERVIEW}")


def question(
    file: QuestionFile,
    criteria: tuple[Criterion, ...],
    texts: Mapping[str, QuestionText],
    report: Report,
) -> Question:
    """The question with its rubric and texts; notes what is wrong with its figures and facts."""
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
        figures=figures(file, report),
        derived=derived(file, report),
        facts=_facts(file, report),
    )


def _facts(file: QuestionFile, report: Report) -> tuple[Fact, ...]:
    for twice in repeated([one.id for one in file.facts]):
        report(f"facts[{twice}]", "is there twice, expected every fact once")
    known = [entry.id for entry in file.criteria]
    for one in file.facts:
        if one.criterion and one.criterion not in known:
            message = f"is {shown(one.criterion)}, expected {one_of(known)}"
            report(f"facts[{one.id}].criterion", message)
    return tuple([Fact(one.id, one.criterion) for one in file.facts])


def question_text(
    file: TextFile,
    asked: QuestionFile,
    criteria: Sequence[Criterion],
    elsewhere: Elsewhere,
    report: Report,
) -> QuestionText:
    """The text of a question, completed from what stands elsewhere.

    Criteria taken over bring the known errors about them along.
    """
    known = [criterion.id for criterion in criteria]
    for criterion_id in sorted(file.criteria.keys() - set(known)):
        report(f"criteria.{criterion_id}", f"is not known here, expected {one_of(known)}")
    words = {
        one.id: _words(one, file.criteria, _base(one, elsewhere), asked.interviewers, report)
        for one in criteria
    }
    check_slots(file, asked, report)
    return QuestionText(
        title=file.title,
        prompt=file.prompt,
        hint=file.hint,
        model_answer=file.model_answer,
        criteria=words,
        misconceptions=(
            *_misconceptions(file, known, report),
            *_brought(file, criteria, elsewhere.taken),
        ),
        target_prompt=file.target_prompt or "",
        rephrased=file.rephrased,
        facts=_fact_texts(file, asked, report),
    )


def _fact_texts(file: TextFile, asked: QuestionFile, report: Report) -> dict[str, FactText]:
    """The words of the facts, in the order of the question's structure."""
    known = {one.id: file.facts.get(one.id) for one in asked.facts}
    for fact_id in sorted(file.facts.keys() - known.keys()):
        report(f"facts.{fact_id}", f"is not known here, expected {one_of(known)}")
    for fact_id, words in known.items():
        if words is None:
            report(f"facts.{fact_id}", "is missing, expected its asks and says")
    return {id: FactText(one.says, tuple(one.asks)) for id, one in known.items() if one}


def _base(criterion: Criterion, elsewhere: Elsewhere) -> CriterionWords | None:
    """The words a criterion has without any of the question's own."""
    if not criterion.origin:
        return elsewhere.common.get(criterion.id)
    source = elsewhere.taken.get(criterion.origin)
    return source.criteria.get(criterion.id) if source else None


def _brought(
    file: TextFile, criteria: Sequence[Criterion], taken: Mapping[str, TextFile]
) -> Iterator[Misconception]:
    own = {entry.id for entry in file.misconceptions}
    over = {(criterion.origin, criterion.id) for criterion in criteria if criterion.origin}
    for origin, source in taken.items():
        for entry in source.misconceptions:
            if (origin, entry.criterion) in over and entry.id not in own:
                yield _misconception(entry)


def _words(
    criterion: Criterion,
    own: Mapping[str, CriterionWords],
    base: CriterionWords | None,
    interviewers: Sequence[str],
    report: Report,
) -> CriterionText:
    if criterion.id not in own and base is None:
        what = "name, looks_for, advice, phrases and follow_up"
        if criterion.origin:
            what = f"them in the text of {criterion.origin}"
        report(f"criteria.{criterion.id}", f"is missing, expected {what}")
        return completed(None, None)
    text = completed(own.get(criterion.id), base)
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
    named = own if own.concepts or own.colloquial else common
    return CriterionText(
        name=own.name or common.name,
        looks_for=own.looks_for or common.looks_for,
        advice=own.advice or common.advice,
        follow_ups=dict([*common.follow_up.items(), *own.follow_up.items()]),
        concepts=(*named.concepts, *named.colloquial),
        colloquial=len(named.colloquial),
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
    return tuple(map(_misconception, file.misconceptions))


def _misconception(entry: MisconceptionWords) -> Misconception:
    return Misconception(entry.id, tuple(entry.phrases), entry.says, entry.criterion or None)
