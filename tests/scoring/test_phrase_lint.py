"""Phrases that load well and are wrong: too generic, never found, another criterion's."""

from __future__ import annotations

from dataclasses import replace

from bot.core.questions import (
    Bank,
    Criterion,
    CriterionText,
    Lexicon,
    Question,
    QuestionText,
    Rule,
)
from bot.scoring.phrase_lint import Finding, lint_phrases

FUNCTION = ("el", "la", "los", "las", "de", "que", "a", "y", "en", "por", "lo", "su", "un", "una")
LEXICON = Lexicon({"function": FUNCTION, "@folk": ("clientes", "vecinas")})


def question(name: str, topic: str = "", **criteria: tuple[str, ...]) -> Question:
    texts = {
        id: CriterionText(id, "", "", {}, concepts=phrases) for id, phrases in criteria.items()
    }
    text = QuestionText(name, "¿Qué?", "", "", texts)
    rubric = tuple(Criterion(id, 100) for id in criteria)
    return Question(name, topic or name, "case", (), (), (), 60, rubric, {"es": text})


def bank(*questions: Question) -> Bank:
    return Bank("1", "", ("es",), {one.id: one for one in questions}, {"es": LEXICON})


def lint(made: Bank, answers: dict[str, str]) -> list[Finding]:
    return [one for one in lint_phrases(made, "es", list(answers.items())) if not one.note]


OTHERS = {f"other-{n}": "Hablamos del tiempo que hace." for n in range(20)}


def test_a_phrase_in_a_fifth_of_the_other_questions_may_be_and_one_more_not() -> None:
    made = bank(question("mine", idea=("canales de captación",)), *map(question, OTHERS))
    held = {
        name: "Miramos los canales de captación." if n < 4 else text
        for n, (name, text) in enumerate(OTHERS.items())
    }
    assert lint(made, held) == []
    held["other-4"] = held["other-0"]
    [found] = lint(made, held)
    assert found.at == "criteria.idea.concepts"
    assert "5 of 20 other questions" in found.message


def test_questions_of_the_same_topic_may_agree() -> None:
    others = [question(name, topic="growth") for name in OTHERS]
    made = bank(question("mine", "growth", idea=("canales de captación",)), *others)
    assert lint(made, dict.fromkeys(OTHERS, "Miramos los canales de captación.")) == []


def test_few_questions_say_nothing_of_how_common_a_phrase_is() -> None:
    made = bank(question("mine", idea=("canales de captación",)), question("other"))
    assert lint(made, {"other": "Los canales de captación."}) == []


def test_a_phrase_that_its_own_words_do_not_show_is_told_of() -> None:
    made = bank(question("mine", idea=("llamar & ayer", "%", "llamar clientes")))
    assert [one.message.partition('" ')[0] for one in lint(made, {})] == ['"%']


def test_a_phrase_that_always_holds_another_criterions_is_told_of() -> None:
    first = ("llamar a clientes perdidos", "encuesta breve")
    made = bank(question("mine", idea=first, other=("llamar a @folk", "encuesta corta/larga")))
    [found] = lint(made, {})
    assert found.message.startswith('"llamar a clientes perdidos" always holds "llamar a @folk"')


def test_criteria_taken_over_are_looked_at_where_they_are_from() -> None:
    made = question("mine", idea=("%",))
    taken = replace(made, id="more", criteria=(Criterion("idea", 100, origin="mine"),))
    assert [one.question for one in lint(bank(made, taken), {})] == ["mine"]


def test_phrases_no_answer_holds_are_noted_together() -> None:
    made = bank(question("mine", idea=("canales de captación", "boca a boca", "anuncios")))
    [note] = lint_phrases(made, "es", [("mine", "Lo que funciona es el boca a boca.")])
    assert note.note
    assert note.message.startswith("has 2 of 3 phrases that are in no sample: ")


def test_a_hint_gives_no_concept_away() -> None:
    asked = question("mine", idea=("llega/entra & gente",), case=("cuando trabajaba",))
    rubric = (asked.criteria[0], Criterion("case", 50, Rule.EXPERIENCE))
    told = replace(
        asked.texts["es"], hint="Mira por dónde entra la gente cuando trabajaba en algo."
    )
    [found] = lint(bank(replace(asked, criteria=rubric, texts={"es": told})), {})
    assert (found.at, found.message) == (
        "hint",
        'holds "llega/entra & gente" of idea, expected no concept phrase',
    )
