"""Everything the bot can say, with realistic data and text that would break careless markup."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.core import menus, say
from bot.core.effects import Say
from bot.core.models import (
    Attempt,
    Error,
    Evidence,
    Mode,
    Part,
    Preferences,
    Result,
    Score,
    Scorecard,
    Session,
    SessionSummary,
    Share,
    State,
    Target,
    Transcript,
    Turn,
)
from bot.core.progress import Mark
from bot.core.questions import Bank
from bot.render import TemplateRenderer
from tests.support.banks import small_bank

PROMPTS = Path(__file__).parents[2] / "prompts"
NASTY = "<b>&\"'</pre> {{ 7 * 7 }}"
AT = datetime(2026, 11, 14, 9, 30, tzinfo=UTC)
GATES = (
    *("empty", "too-short", "wrong-language", "echo", "list", "repetition", "model-copy"),
    *("injection", "other-question", "gibberish", "never-heard-of"),
)
STRAYS = (
    *("sticker", "photo", "voice", "video", "document"),
    *("empty", "group", "other", "reminder"),
)
EVENTS = (
    *("text", "edited", "done", "skip", "repeat", "hint"),
    *("next", "retry", "showmodel", "stop", "resume", "finish"),
)
ANSWER = f"Medí goal porque importa. Con method {NASTY} subimos del 20 al 35 % en tres meses."

RENDERER = TemplateRenderer(PROMPTS)


def bank() -> Bank:
    """The small bank, with one title and one criterion that hold markup."""
    found = small_bank()
    asked = found.ask("retention")
    text = asked.text("es")
    criteria = {**text.criteria, "method": replace(text.criteria["method"], name=NASTY)}
    text = replace(text, title=f"Retención {NASTY}", prompt=f"¿{NASTY}?", criteria=criteria)
    questions = {**found.questions, "retention": replace(asked, texts={"es": text})}
    return replace(found, questions=questions)


BANK = bank()
ASKED = BANK.ask("retention")
IDLE = Session(chat="1")
OPEN = Session(
    chat="1", id="s1", state=State.ASKED, mode=Mode.INTERVIEW, plan=("retention", "user-growth")
)
DRAFT = replace(OPEN, state=State.DRAFTING, draft=(Part("1", "Hola"), Part("2", NASTY)))
PROBED = replace(OPEN, probing="goal", probed=("goal",))


def evidence(answer: str, *words: str) -> tuple[Evidence, ...]:
    """Where the words stand in an answer."""
    return tuple(Evidence(at := answer.index(w), at + len(w), w) for w in words)


def card(**changes: object) -> Scorecard:
    """A card with a criterion backed, one named, one absent, and an error."""
    made = Scorecard(
        "retention",
        "es",
        62,
        3,
        scores=(
            Score("goal", 3, 50, 50, evidence(ANSWER, "goal", "subimos del 20 al 35 %")),
            Score("method", 1, 10.0, 30, evidence(ANSWER, f"method {NASTY}")),
            Score("result", 0, 0, 20),
        ),
        missing="result",
        would_be=74,
        errors=(Error("x", f"Eso no {NASTY}.", evidence(ANSWER, "porque importa")),),
        shares=(Share("content", 24, 48), Share("hollow", -3, 0), Share("errors", -4, 0)),
        hollow=evidence(ANSWER, "porque importa"),
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def scored(made: Scorecard, first: int | None = None, **changes: object) -> Session:
    """A session whose answer got this card."""
    base = replace(OPEN, state=State.FEEDBACK, card=made, answer=ANSWER)
    base = replace(base, first_score=made.score if first is None else first)
    return replace(base, **changes)  # type: ignore[arg-type]


def transcript() -> Transcript:
    """An interview: one question probed and scored, one gated, one left in the middle."""
    said = [
        ("interviewer", "question", "retention", "¿Qué harías?"),
        ("candidate", "answer", "retention", ANSWER),
        ("interviewer", "follow-up", "retention", f"¿Y qué más? {NASTY}"),
        ("candidate", "follow-up answer", "retention", "No lo recuerdo <i>bien</i>."),
        ("interviewer", "question", "user-growth", "¿Cómo crecerías?"),
        ("candidate", "answer", "user-growth", "SEO"),
        ("interviewer", "question", "user-needs", "¿Cómo conoces a tus usuarios?"),
        ("candidate", "not handed in", "user-needs", f"Empezaría {NASTY}"),
        ("interviewer", "question", "ab-experiment", "¿Qué experimento hiciste?"),
    ]
    turns = tuple(Turn("s1", n, *fields, AT) for n, fields in enumerate(said, 1))
    gated = Scorecard("user-growth", "es", 5, 1, gate="too-short")
    attempts = (attempt("a1", ANSWER, card(), 40), attempt("a2", "SEO", gated, 5))
    return Transcript("s1", Mode.INTERVIEW, AT, turns, attempts)


def attempt(id_: str, answer: str, made: Scorecard, first: int) -> Attempt:
    """An attempt as kept."""
    text = BANK.ask(made.question_id).text("es")
    names = {key: criterion.name for key, criterion in text.criteria.items()}
    return Attempt(
        id_, "s1", made.question_id, "topic", text.title, "es", answer, first, made, AT,
        "2026.1", "ab" * 32, names,
    )  # fmt: skip


def everything() -> list[Say]:
    """Every kind of message, in all its forms."""
    return [*_beginning(), *_answering(), *_scores(), *_expected(), *_looking_back(), *_mine()]


def _beginning() -> Iterator[Say]:
    paused = replace(DRAFT, state=State.PAUSED)
    practice = replace(OPEN, mode=Mode.PRACTICE, plan=("retention",))
    yield say.welcome(IDLE)
    yield say.resume_offer(paused, ASKED)
    yield say.resume_offer(practice, ASKED)
    questions = list(BANK.questions.values())
    yield menus.choose_question(IDLE, questions * 3, "1")
    yield menus.choose_question(IDLE, questions, "0", "growth")
    yield menus.choose_question(IDLE, [], "0")
    yield menus.choose_topic(IDLE, BANK, questions, "0")
    many = [replace(one, topic=one.id + "x" * n) for n in range(3) for one in questions]
    yield menus.choose_topic(IDLE, BANK, many, "1")
    yield say.no_such_question(IDLE, NASTY)
    yield menus.choose_length(IDLE, (1, 3))
    yield menus.choose_intro(IDLE, questions[-1:])
    yield say.abandon(DRAFT)
    yield say.abandon(practice)


def _answering() -> Iterator[Say]:
    practice = replace(OPEN, mode=Mode.PRACTICE, plan=("retention",))
    for session in (OPEN, DRAFT, practice):
        yield say.question(session, ASKED)
        yield say.question(session, ASKED, again=True)
    for probed in (("goal",), ("goal", "method")):
        yield say.follow_up(replace(PROBED, probed=probed), NASTY)
        yield say.follow_up(replace(PROBED, probed=probed, draft=DRAFT.draft), NASTY)
    yield say.draft(DRAFT)
    yield say.draft(replace(DRAFT, draft=DRAFT.draft[:1]))
    for session in (OPEN, DRAFT):
        yield say.too_long(session, 10_001, 10_000)
        yield say.edited_late(session)
    yield say.hint(OPEN, ASKED)
    for session in (OPEN, DRAFT, practice):
        yield say.paused(replace(session, state=State.PAUSED), ASKED)


def _scores() -> Iterator[Say]:
    yield say.scorecard(scored(card()), ASKED)
    yield say.scorecard(scored(card(), first=40, mode=Mode.PRACTICE), ASKED)
    yield say.scorecard(scored(card(missing=None, would_be=None, errors=(), shares=())), ASKED)
    yield say.scorecard(scored(card(would_be=None), position=1), ASKED)
    for gate in GATES:
        gated = Scorecard("retention", "es", 5, 1, gate=gate)
        yield say.scorecard(scored(gated, mode=Mode.PRACTICE, plan=("retention",)), ASKED)
    yield say.scorecard(scored(Scorecard("retention", "es", 5, 1, gate="echo")), ASKED)
    yield say.model_answer(scored(card()), ASKED)
    ended = replace(IDLE, id="s1", mode=Mode.INTERVIEW, plan=("retention",) * 4)
    results = (Result("retention", 62), Result("user-growth"), Result("user-needs"))
    yield say.summary(replace(ended, results=results), BANK)
    yield say.summary(replace(ended, results=results[:2], plan=("retention",) * 3), BANK)
    for result in results[:2]:
        one = replace(ended, mode=Mode.PRACTICE, plan=("retention",), results=(result,))
        yield say.summary(one, BANK)
    yield say.summary(ended, BANK)


def _expected() -> Iterator[Say]:
    practice = replace(DRAFT, mode=Mode.PRACTICE, plan=("retention",))
    for state in State:
        for base in (OPEN, DRAFT, PROBED, practice) if state is not State.IDLE else (IDLE,):
            session = replace(base, state=state)
            for kind in (*STRAYS, *EVENTS):
                yield say.expected(session, kind)
            yield say.stale(session)
    yield say.unknown(IDLE, NASTY)


def _looking_back() -> Iterator[Say]:
    rows = [
        SessionSummary("s1", Mode.INTERVIEW, AT, AT, ("Uno", NASTY), 62),
        SessionSummary("s2", Mode.PRACTICE, AT, None, (NASTY,), None),
        SessionSummary("s3", Mode.INTRO, AT, None, (), 0),
    ]
    for data in ((rows, 0, True), (rows, 1, False), ([], 0, False), ([], 1, False)):
        yield say.loaded(IDLE, "transcripts", data, BANK)
    yield say.loaded(IDLE, "transcript", transcript(), BANK)
    yield say.loaded(IDLE, "transcript", replace(transcript(), turns=()), BANK)
    yield say.loaded(IDLE, "transcript", replace(transcript(), turns=(), attempts=()), BANK)
    yield say.loaded(IDLE, "transcript", None, BANK)
    marks = [Mark("growth", "a", score, AT + timedelta(score)) for score in range(0, 101, 5)]
    marks += [Mark(NASTY, "b", 40, AT), Mark("data", "c", 40, AT), Mark("data", "c", 40, AT)]
    yield say.loaded(IDLE, "progress", marks, BANK)
    yield say.loaded(IDLE, "progress", [], BANK)


def _mine() -> Iterator[Say]:
    yield say.help_(IDLE)
    yield say.privacy(IDLE)
    yield menus.settings(IDLE, replace(BANK, languages=("es", "en", "zh")))
    yield menus.settings(IDLE, BANK)
    roles = replace(BANK, interviews={"product-manager": {"growth": 8}})
    wanted = replace(IDLE, preferences=Preferences(role="product-manager"))
    named = {"es": {"role.product-manager": "Product manager"}}
    yield menus.settings(wanted, replace(roles, names=named))
    yield menus.choose_role(wanted, roles)
    yield say.target(IDLE)
    for target in (Target(NASTY, NASTY), Target("Rumbo", "Ruta")):
        yield say.target(replace(IDLE, preferences=Preferences(target=target)))
    yield say.delete(IDLE)
    yield say.erased(IDLE)
    yield say.kept(IDLE)
    yield say.loaded(IDLE, "export", "{}", BANK)
    yield Say("error")
    yield Say("group", {"username": "practice_bot"})
    yield Say("group", {"username": ""})
    yield Say("withdrawn")
