"""A small bank made in code, so that core and runtime are tested without the real content."""

from __future__ import annotations

from bot.core.questions import Bank, Criterion, CriterionText, Question, QuestionText, Rule

FOLLOW_UPS = {"experience": "¿Qué hiciste tú con {}?", "on-the-spot": "¿Qué harías hoy con {}?"}
TOPICS = {
    "user-growth": "growth",
    "retention": "retention",
    "data-operations": "data",
    "user-needs": "users",
    "ab-experiment": "experiments",
    "self-intro-graduate": "self-introduction",
}


def criterion_text(name: str) -> CriterionText:
    """A criterion whose concept is its own name."""
    follow_ups = {kind: text.format(name) for kind, text in FOLLOW_UPS.items()}
    return CriterionText(name, f"que hables de {name}", f"Habla de {name}.", follow_ups, (name,))


def question(question_id: str, topic: str) -> Question:
    """A question with three criteria: `goal` 50, `method` 30, `result` 20."""
    kind = "self-intro" if topic == "self-introduction" else "operations"
    text = QuestionText(
        title=question_id.replace("-", " ").capitalize(),
        prompt=f"¿Qué harías con {question_id}?",
        hint=f"Piensa en {topic}.",
        model_answer=f"Una respuesta modelo de {question_id}.",
        criteria={name: criterion_text(name) for name in ("goal", "method", "result")},
    )
    return Question(
        id=question_id,
        topic=topic,
        kind=kind,
        roles=("product-operations",),
        levels=("graduate", "experienced"),
        interviewers=("experience", "on-the-spot"),
        seconds=120,
        criteria=(
            Criterion("goal", 50),
            Criterion("method", 30),
            Criterion("result", 20, Rule.EFFECT),
        ),
        texts={"es": text},
    )


def small_bank() -> Bank:
    """Six questions in as many topics, Spanish only."""
    questions = {name: question(name, topic) for name, topic in TOPICS.items()}
    return Bank("test", "0" * 64, ("es",), questions)
