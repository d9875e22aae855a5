"""Everything the bot can say, with realistic data and text that would break careless markup.

A new template or a new branch of one needs a `yield` here, nothing else; `Material` is what there
is to speak about.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from bot.core import asides, beside, menus, say, setup
from bot.core.effects import Say
from bot.core.events import Stray
from bot.core.machine import TRANSITIONS
from bot.core.models import (
    Interviewer,
    Manner,
    Mode,
    Part,
    Reached,
    Result,
    Score,
    Scorecard,
    SessionSummary,
    State,
    Tally,
    Target,
)
from bot.core.progress import Mark
from bot.core.questions import Lang
from bot.render import TemplateRenderer
from tests.render.material import AT, Material

PROMPTS = Path(__file__).parents[2] / "prompts"
LANGUAGES = tuple(sorted(file.parent.name for file in PROMPTS.glob("*/words.toml")))
OFFERED = tuple(dict.fromkeys(("es", "en", "zh", *LANGUAGES)))  # each has a button in all others
NASTY = "<b>&\"'</pre> {{ 7 * 7 }}"
GATES = (
    *("empty", "too-short", "wrong-language", "echo", "list", "repetition", "model-copy"),
    *("injection", "other-question", "gibberish", "never-heard-of"),
)
STRAYS = (
    *("sticker", "photo", "voice", "video", "document"),
    *("empty", "group", "other", "reminder"),
)
EVENTS = {  # in each state, what is answered with what is expected
    state: tuple(
        event.__name__.lower()
        for event, move in row.items()
        if move.action is asides.expected and event is not Stray
    )
    for state, row in TRANSITIONS.items()
}

RENDERER = TemplateRenderer(PROMPTS)
SPANISH = Material("es", NASTY)
ANSWER, BANK, ASKED = SPANISH.answer, SPANISH.bank, SPANISH.asked
IDLE, OPEN, DRAFT, PROBED = SPANISH.idle, SPANISH.open, SPANISH.draft, SPANISH.probed
card, scored, transcript, attempt = (
    *(SPANISH.card, SPANISH.scored),
    *(SPANISH.transcript, SPANISH.attempt),
)


def everything(lang: Lang = "es", odd: str = NASTY) -> list[Say]:
    """Every kind of message, in all its forms, about things in a language."""
    m = Material(lang, odd)
    parts = (
        *(_beginning, _setting_up, _target, _asking, _answering, _helping),
        *(_scores, _gates, _comparing, _ending, _expected, _looking_back, _mine),
    )
    return [said for part in parts for said in part(m)]


def _beginning(m: Material) -> Iterator[Say]:
    paused = replace(m.draft, state=State.PAUSED)
    for session in (m.idle, m.open):
        yield beside.greeting(session)
        yield beside.thanks(session)
    yield beside.welcome(m.idle)
    yield say.resume_offer(paused, m.asked)
    yield say.resume_offer(m.practice, m.asked)
    yield say.resume_offer(replace(m.probed, state=State.PAUSED), m.asked)
    questions = list(m.bank.questions.values())
    yield menus.choose_question(m.idle, questions * 3, "1")
    yield menus.choose_question(m.idle, questions, "0", "growth")
    yield menus.choose_question(m.idle, [], "0")
    yield menus.choose_topic(m.idle, m.bank, questions, "0")
    many = [replace(one, topic=f"{n}-{one.id}") for n in range(3) for one in questions]
    names = {f"topic.{one.topic}": f"{m.spoken.topic} {n}" for n, one in enumerate(many, 1)}
    yield menus.choose_topic(m.idle, replace(m.bank, names={m.lang: names}), many, "1")
    yield say.no_such_question(m.idle, m.odd)
    yield menus.choose_intro(m.idle, questions[-1:])
    yield menus.choose_minutes(m.idle, m.asked, (1, 3))
    yield say.abandon(m.draft, "practice:any")
    yield say.abandon(m.practice, "interview:now")


def _setting_up(m: Material) -> Iterator[Say]:
    bank = replace(m.bank, interviews={"product-manager": {"growth": 8}})
    chosen = ("product-manager", "experienced", "on-the-spot", "5")
    for choices in (chosen, ("any", "any", "mixed", "3")):
        for made in range(len(setup.STEPS)):
            yield menus.set_up(m.idle, bank, ".".join(choices[:made]))
    last = replace(m.preferences, length=5, manner=Manner.REAL)
    for preferences in (last, replace(last, role="product-manager", manner=Manner.COACH)):
        yield menus.set_up(replace(m.idle, preferences=preferences), bank, "")


def _target(m: Material) -> Iterator[Say]:
    briefing = replace(m.idle, state=State.BRIEFING)
    yield beside.brief(replace(briefing, briefing="company"))
    yield beside.brief(replace(briefing, briefing="company"), too_long=True)
    yield beside.brief(replace(briefing, briefing="company"), why=True)
    yield beside.language(m.idle)
    yield beside.thinking(m.practice)
    yield beside.thinking(m.real)
    for target in (Target(m.odd), Target(*m.spoken.product)):
        applying = replace(briefing, preferences=replace(m.preferences, target=target))
        for thing in ("product", "users", "pays", "number"):
            yield beside.brief(replace(applying, briefing=thing))
    yield beside.target(m.idle)
    yield beside.target(m.idle, forgotten=True)
    yield beside.target(m.open, too_long=True)
    company, product = m.spoken.product
    for target in (
        *(m.target, Target(m.odd, m.odd), Target(company, product)),
        *(Target(company, company, users=m.odd), Target(company, company, pays=m.odd)),
    ):
        applying = replace(m.idle, preferences=replace(m.preferences, target=target))
        yield beside.target(applying)
        yield menus.settings(applying, m.bank)


def _asking(m: Material) -> Iterator[Say]:
    second = replace(m.open, position=1, plan=("user-growth", "retention"))
    real = replace(second, manner=Manner.REAL, limit=m.real.limit)
    for session in (m.open, m.draft, m.practice, replace(m.open, rephrased=True), m.probed):
        yield say.question(session, m.asked)
        yield say.question(session, m.asked, again=True)
    yield say.question(second, m.asked)
    for minutes in (1, 3):
        intro = replace(m.practice, mode=Mode.INTRO, minutes=minutes)
        yield say.question(intro, m.asked)
    yield say.question(intro, m.asked, again=True)
    yield say.question(m.real, m.asked, before="real")
    for before in ("thanks", "skipped", "time-up"):
        yield say.question(real, m.asked, before=before)
    for session in (m.practice, m.real, second):
        yield say.question(replace(session, interviewer=Interviewer.ON_THE_SPOT), m.case)
    for target in (
        *(m.target, replace(m.target, pays="", number=""), replace(m.target, product="")),
        *(replace(m.target, number=m.odd), Target(*m.spoken.product)),
    ):
        applying = replace(m.open, preferences=replace(m.preferences, target=target))
        yield say.question(replace(applying, interviewer=Interviewer.ON_THE_SPOT), m.case)


def _answering(m: Material) -> Iterator[Say]:
    real = replace(m.probed, manner=Manner.REAL, limit=120)
    aimed = replace(m.probed, preferences=replace(m.preferences, target=m.target))
    for probed in (("goal",), ("method", "goal"), ("goal", "method")):
        session = replace(m.probed, probing=probed[-1], probed=probed)
        for one in (
            session,
            replace(session, quoted=m.odd),
            replace(session, draft=m.draft.draft),
        ):
            yield say.follow_up(one, m.asked)
        yield say.follow_up(replace(real, probing=probed[-1], probed=probed), m.asked)
    yield say.follow_up(replace(real, draft=m.draft.draft), m.asked)
    yield say.follow_up(replace(m.probed, probing="method", told="weeks"), m.case)
    yield say.follow_up(aimed, m.asked)
    yield say.follow_up(replace(aimed, quoted=m.spoken.goal[1]), m.asked)
    nameless = replace(m.target, product="")
    nameless_aim = replace(aimed, preferences=replace(m.preferences, target=nameless))
    yield say.follow_up(nameless_aim, m.asked)
    long = replace(m.draft, draft=(Part("1", " ".join([m.answer] * 6)),))
    yield say.question(long, m.asked, again=True)
    hurried = replace(m.draft, manner=Manner.REAL, limit=120)
    yield say.question(hurried, m.asked, again=True)
    yield say.fact(replace(hurried, draft=()), m.spoken.fact)
    yield say.draft(m.draft, m.asked)
    yield say.draft(replace(m.draft, draft=m.draft.draft[:1]), m.asked)
    yield say.draft(m.draft, m.asked, asks=True)
    yield say.draft(m.draft, m.asked, told=m.spoken.fact.format("12"))
    yield say.fact(m.draft, "")
    for session in (m.draft, replace(m.draft, rephrased=True), replace(m.draft, probing="goal")):
        yield say.draft(session, m.asked, recall=True)
    for session in (m.open, m.draft):
        yield say.fact(session, m.asked.text(m.lang).facts["weeks"].says)
        yield say.too_long(session, 10_001, 10_000)
        yield say.edited_late(session)
    for reminded in (1, 2):
        for limit in (60, 120, 240):
            late = replace(m.real, limit=limit, reminded=reminded)
            yield say.nudge(late)
            yield say.nudge(replace(late, state=State.DRAFTING, draft=m.draft.draft))
    for session in (m.open, m.draft, m.probed, m.practice):
        yield say.paused(replace(session, state=State.PAUSED), m.asked, "asked")
    for why in ("interrupted", "absent"):
        yield say.paused(replace(m.real, state=State.PAUSED), m.asked, why)


def _helping(m: Material) -> Iterator[Say]:
    yield say.hint(m.open, m.asked)
    yield say.example(m.open, m.asked)
    plain = m.bank.ask("user-growth")
    for session in (m.open, m.real):
        yield say.unsure(session)
        for asked in (m.asked, plain):
            yield say.easier(session, asked)
            yield say.easier(replace(session, probing="goal", probed=("goal",)), asked)
    for session in (m.open, m.practice, m.real):
        yield say.rate(session)


def _scores(m: Material) -> Iterator[Say]:
    yield say.scorecard(m.scored(m.card()), m.asked)
    yield say.scorecard(m.scored(m.card(), first=40, mode=Mode.PRACTICE), m.asked)
    yield say.scorecard(m.scored(m.card(), first=5, rephrased=True), m.asked)
    yield say.scorecard(m.scored(m.card(), spent=200, allowed=240), m.asked)
    yield say.scorecard(m.scored(m.card(), spent=200, allowed=240, probed=("goal",)), m.asked)
    intro = m.scored(m.card(), mode=Mode.INTRO, minutes=1, allowed=120)
    yield say.scorecard(replace(intro, plan=("retention",)), m.asked)
    yield say.scorecard(
        m.scored(m.card(missing=None, would_be=None, errors=(), shares=())), m.asked
    )
    yield say.scorecard(m.scored(m.card(would_be=None), position=1), m.asked)
    yield say.scorecard(m.scored(m.card(missing="goal", denials=m.vague())), m.asked)
    for changes in (
        {"said": m.evidence(*m.spoken.goal[1:]), "hollow": ()},
        {"talk": m.vague(), "hollow": ()},
        {"scores": (Score("goal", 3, 50, 50), Score("result", 0, 0, 20))},
        {"scores": m.card().scores * 3},
        {"score": 90, "band": 5, "missing": None, "would_be": None, "errors": (m.error(),)},
    ):
        yield say.scorecard(m.scored(m.card(**changes)), m.asked)
    yield say.model_answer(m.scored(m.card()), m.asked)


def _gates(m: Material) -> Iterator[Say]:
    for gate in GATES:
        gated = Scorecard("retention", m.lang, 5, 1, gate=gate)
        yield say.scorecard(m.scored(gated, mode=Mode.PRACTICE, plan=("retention",)), m.asked)
        yield say.rephrased(replace(m.practice, rephrased=True), m.asked, gated)
    yield say.scorecard(m.scored(Scorecard("retention", m.lang, 5, 1, gate="echo")), m.asked)
    yield say.rephrased(replace(m.real, rephrased=True), m.asked, gated)


def _comparing(m: Material) -> Iterator[Say]:
    """With what the person thought of the answer, and with the times before."""
    for rating in (2, 3, 4):
        yield say.scorecard(m.scored(m.card(), rating=rating), m.asked)
    same = {score.id: score.points for score in m.card().scores}
    for tally in (
        Tally(40, 55, 70, {"goal": 30.0, "method": 20.0, "result": 0.0}),
        Tally(62, 62, 62, same),
        Tally(5, 5, 5),  # an answer that could not be judged
    ):
        yield say.scorecard(m.scored(m.card(), compared=tally), m.asked)


def _ending(m: Material) -> Iterator[Say]:
    ended = replace(m.idle, id="s1", mode=Mode.INTERVIEW, plan=("retention",) * 4)
    reached = tuple(Reached(s.id, s.level, s.points, s.max) for s in m.card().scores)
    told = Result("retention", 62, 62, reached, 3, 200, 240)
    results = (told, Result("user-growth"), Result("user-needs"))
    whole = (replace(told, first=48), replace(told, question_id="user-growth", score=90, first=80))
    for found, length in (
        (results, 4),
        (results[:2], 3),
        ((replace(told, reached=(), limit=0),), 1),
        (whole, 2),
        ((replace(told, first=0), *whole[1:]), 2),
        (whole, 4),
        (results[1:], 2),
        ((), 4),
    ):
        session = replace(ended, results=found, plan=("retention",) * length)
        yield beside.summary(session, m.bank)
        yield beside.chart(session, m.bank)
    for result in results[:2]:
        one = replace(ended, mode=Mode.PRACTICE, plan=("retention",), results=(result,))
        yield beside.summary(one, m.bank)
        yield beside.chart(one, m.bank)


def _expected(m: Material) -> Iterator[Say]:
    real = replace(m.open, manner=Manner.REAL)
    asked = (m.open, m.probed, m.practice, real)
    here = tuple(replace(one, draft=m.draft.draft) for one in asked)
    states = {
        **{State.IDLE: (m.idle,), State.BRIEFING: (replace(m.idle, briefing="company"),)},
        **{State.ASKED: asked, State.DRAFTING: here, State.SCORING: here[:1]},
        **{State.RATING: asked[2:], State.FEEDBACK: (m.open, m.practice)},
        State.PAUSED: (*asked, here[0]),
    }
    for state, sessions in states.items():
        for session in (replace(one, state=state) for one in sessions):
            helped = state in (State.ASKED, State.DRAFTING) and session.manner is Manner.REAL
            for kind in (*STRAYS, *EVENTS[state], *(("hint", "example") if helped else ())):
                yield say.expected(session, kind)
            yield say.stale(session)
    yield say.unknown(m.idle, m.odd)


def _looking_back(m: Material) -> Iterator[Say]:
    rows = [
        SessionSummary("s1", Mode.INTERVIEW, AT, AT, (m.asked.text(m.lang).title, m.odd), 62),
        SessionSummary("s2", Mode.PRACTICE, AT, None, (m.odd,), None),
        SessionSummary("s3", Mode.INTRO, AT, None, (), 0),
    ]
    for data in ((rows, 0, True), (rows, 1, False), ([], 0, False), ([], 1, False)):
        yield beside.loaded(m.idle, "transcripts", data, m.bank)
    steady = replace(m.transcript().attempts[0], first_score=m.card().score)
    for one in (
        m.transcript(),
        replace(m.transcript(), turns=()),
        replace(m.transcript(), turns=(), attempts=()),
        replace(m.transcript(), attempts=(steady,)),
        None,
    ):
        yield beside.loaded(m.idle, "transcript", one, m.bank)
    marks = [Mark("growth", "a", score, AT + timedelta(score)) for score in range(0, 101, 5)]
    marks += [Mark(m.odd, "b", 40, AT), Mark("data", "c", 40, AT), Mark("data", "c", 40, AT)]
    yield beside.loaded(m.idle, "progress", marks, m.bank)
    for rating in (2, 3, 4):
        rated = [replace(mark, rating=rating, band=3) for mark in marks[-3:]]
        yield beside.loaded(m.idle, "progress", rated, m.bank)
    yield beside.loaded(m.idle, "progress", rated[1:], m.bank)
    yield beside.loaded(m.idle, "progress", [], m.bank)


def _mine(m: Material) -> Iterator[Say]:
    yield beside.help_(m.idle)
    yield beside.privacy(m.idle)
    yield beside.link(m.idle, "0123456789", 10)
    spoken = replace(m.bank, languages=OFFERED)
    for chosen in OFFERED:
        idle = replace(m.idle, preferences=replace(m.preferences, lang=chosen))
        yield menus.settings(idle, spoken)
    roles = replace(m.bank, interviews={"product-manager": {"growth": 8}})
    wanted = replace(m.idle, preferences=replace(m.preferences, role="product-manager"))
    for session in (m.idle, wanted):
        yield menus.settings(session, roles)
        yield menus.choose_role(session, roles)
    for kind in Interviewer:
        one = replace(m.preferences, interviewer=kind, rates=True)
        yield menus.settings(replace(m.idle, preferences=one), m.bank)
    yield beside.delete(m.idle)
    yield beside.erased(m.idle)
    yield beside.kept(m.idle)
    yield beside.loaded(m.idle, "export", "{}", m.bank)
    yield say.withdrawn()
    yield Say("error")
    yield Say("group", {"username": "practice_bot"})
    yield Say("group", {"username": ""})
