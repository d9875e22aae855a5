"""What moves a session: beginning, answering, going on, leaving off.

Each function is the action of cells of the table in `machine.py`: it takes the session, an event
and the context, and returns a `Step`. Nothing here does anything to the world.
"""

from __future__ import annotations

from dataclasses import replace

from bot.core import menus, record, say, selection
from bot.core.asking import put
from bot.core.context import Context, Step
from bot.core.effects import KeepAttempt, ScoreAnswer
from bot.core.events import Edited, Event, Interview, Intro, Practice, Scored, Start, Text
from bot.core.models import Interviewer, Mode, Part, Result, Scorecard, Session, State
from bot.core.progress import learnt
from bot.core.questions import Criterion, Question

MAX_ANSWER = 10_000  # code points of one answer; three minutes of speech are about 2,700
MAX_FOLLOW_UPS = 2  # a question
REMEMBERED = 30  # questions that selection avoids asking again
LENGTHS = (3, 5, 8)

IDLE, ASKED, DRAFTING = State.IDLE, State.ASKED, State.DRAFTING
SCORING, FEEDBACK, PAUSED = State.SCORING, State.FEEDBACK, State.PAUSED


# --- beginning --------------------------------------------------------------------------------


def start(session: Session, event: Start, context: Context) -> Step:
    """Welcome, or the question a deep link names, or the offer to resume."""
    linked = event.payload.removeprefix("q_")
    if event.payload.startswith("q_") and linked in context.bank.questions:
        return practice(session, Practice(linked), context)
    if session.unfinished:
        return Step(session, (say.resume_offer(session, _question(session, context)),))
    return Step(session, (say.welcome(session),))


def practice(session: Session, event: Practice, context: Context) -> Step:
    """One question: begin it, or show the list to choose from."""
    chosen = event.question_id
    if chosen == "any":
        chosen = next(iter(selection.choose(context.bank, _wanted(session, 1, context))), "")
    if not chosen:
        return Step(session, (menus.questions(session, context.bank),))
    if chosen not in context.bank.questions:
        return Step(
            session,
            (say.no_such_question(session, chosen), menus.questions(session, context.bank)),
        )
    return _begin(session, Mode.PRACTICE, (chosen,), f"practice:{chosen}", context)


def interview(session: Session, event: Interview, context: Context) -> Step:
    """Begin an interview of that many questions, or ask how many."""
    if event.length not in map(str, range(1, max(LENGTHS) + 1)):
        return Step(session, (menus.choose_length(session, LENGTHS),))
    plan = selection.choose(context.bank, _wanted(session, int(event.length), context))
    if not plan:
        return Step(session, (menus.questions(session, context.bank),))
    return _begin(session, Mode.INTERVIEW, plan, f"interview:{event.length}", context)


def intro(session: Session, event: Intro, context: Context) -> Step:
    """Begin a self-introduction, or ask for which level."""
    offered = selection.intros(context.bank)
    if event.question_id not in {question.id for question in offered}:
        return Step(session, (menus.choose_intro(session, offered),))
    plan = (event.question_id,)
    return _begin(session, Mode.INTRO, plan, f"intro:{event.question_id}", context)


def _wanted(session: Session, length: int, context: Context) -> selection.Wanted:
    lately = session.asked
    return selection.Wanted(length, context.seed, lately, session.preferences, session.levels)


def _begin(
    session: Session, mode: Mode, plan: tuple[str, ...], action: str, context: Context
) -> Step:
    """Begin a session; while another is unfinished, ask first."""
    if session.unfinished:
        return Step(replace(session, pending=action), (say.abandon(session),))
    fresh = Session(
        chat=session.chat,
        id=context.token,
        preferences=session.preferences,
        asked=session.asked,
        levels=session.levels,
        mode=mode,
        plan=plan,
        started_at=context.now,
    )
    return _ask(fresh, context)


def _ask(session: Session, context: Context) -> Step:
    """Put the question in hand, from a clean slate."""
    asked = (*(q for q in session.asked if q != session.question_id), session.question_id)
    session = replace(
        session,
        state=ASKED,
        draft=(),
        answer="",
        attempt_id="",
        first_score=None,
        card=None,
        probing=None,
        probed=(),
        pending="",
        asked=asked[-REMEMBERED:],
    )
    question = _question(session, context)
    text = question.text(session.preferences.lang).prompt
    session, turn = record.add_turn(session, "interviewer", "question", text, context)
    return Step(session, (turn, say.question(session, question)))


# --- a question that is gone ------------------------------------------------------------------


def withdrawn(session: Session, context: Context) -> bool:
    """Whether the question or the criterion in hand is no longer in the bank."""
    if session.state is IDLE:
        return False
    question = context.bank.questions.get(session.question_id)
    if question is None:
        return True
    return session.probing not in (None, *(criterion.id for criterion in question.criteria))


def withdraw(session: Session, event: Event, context: Context) -> Step:
    """Leave a question behind that the bank has no longer; what was written is kept."""
    if isinstance(event, Text):
        session = replace(session, draft=_with_part(session.draft, Part(event.ref, event.text)))
    session, kept = record.keep_draft(session, context)
    session = _settle(replace(session, probing=None, card=None))
    while session.position < len(session.plan):
        if session.question_id in context.bank.questions:
            after = _ask(session, context)
            break
        session = _settle(session)
    else:
        after = _conclude(session, context)
    return Step(after.session, (*kept, say.withdrawn(), *after.effects))


# --- answering --------------------------------------------------------------------------------


def take_text(session: Session, event: Text, context: Context) -> Step:
    """Add a message to the answer; one that is part of it already takes its own place."""
    if not event.text.strip():
        return Step(session, (say.expected(session, "empty"),))
    draft = _with_part(session.draft, Part(event.ref, event.text))
    size = sum(len(part.text) for part in draft)
    if size > MAX_ANSWER:
        return Step(session, (say.too_long(session, size, MAX_ANSWER),))
    session = replace(session, state=DRAFTING, draft=draft, pending="")
    return Step(session, (say.draft(session),))


def edit(session: Session, event: Edited, context: Context) -> Step:
    """Take a correction of a message of the answer in hand; of an emptied one nothing is left."""
    refs = [part.ref for part in session.draft]
    if event.ref not in refs:
        return Step(session, (say.edited_late(session),))
    draft = _with_part(session.draft, Part(event.ref, event.text))
    if not draft:
        return _emptied(session)
    if sum(len(part.text) for part in draft) > MAX_ANSWER:
        return Step(session, (say.too_long(session, len(event.text), MAX_ANSWER),))
    session = replace(session, draft=draft)
    return Step(session, (say.draft(session),))


def _emptied(session: Session) -> Step:
    """Nothing of the answer is left: it is as if nothing had been written."""
    if session.state is PAUSED:
        session = replace(session, resume_to=ASKED, draft=())
    else:
        session = replace(session, state=ASKED, draft=())
    return Step(session, (say.expected(session, "reminder"),))


def hand_in(session: Session, event: Event, context: Context) -> Step:
    """The answer is complete: have it scored."""
    kind = "follow-up answer" if session.probing else "answer"
    session, turn = record.add_turn(
        session, "candidate", kind, record.draft_text(session), context
    )
    session = replace(session, state=SCORING, pending="")
    return Step(session, (turn, _score(session)))


def score_again(session: Session, event: Event, context: Context) -> Step:
    """The score was never heard of (the process ended in between): ask for it once more."""
    return Step(session, (_score(session),))


def take_score(session: Session, event: Scored, context: Context) -> Step:
    """Keep the score; probe what the answer left out, or show the scorecard."""
    session = _better(session, event.card, context)
    kept = KeepAttempt(record.attempt(session, context))
    question = _question(session, context)
    session = replace(session, levels=learnt(session.levels, question, event.card))
    probe = _probe(session, question)
    after = _follow_up(session, probe, context) if probe else _show_card(session, context)
    return Step(after.session, (kept, *after.effects))


def _better(session: Session, card: Scorecard, context: Context) -> Session:
    """The session with the new card; a follow-up answer can raise a score, never lower it."""
    best = card.score if session.best is None else max(card.score, session.best)
    session = replace(session, best=best)
    if session.card is None:
        return replace(
            session,
            answer=record.draft_text(session),
            attempt_id=context.token,
            first_score=card.score,
            card=card,
            draft=(),
        )
    if card.gate is None and card.score >= session.card.score:
        session = replace(session, answer=record.scored_text(session), card=card)
    return replace(session, draft=())


def _probe(session: Session, question: Question) -> Criterion | None:
    """The heaviest criterion the answer left out or only named, if it may still be asked."""
    card = session.card
    if card is None or card.gate or len(session.probed) >= MAX_FOLLOW_UPS:
        return None
    words = question.text(session.preferences.lang).criteria
    open_ = [
        criterion
        for criterion in question.criteria
        if criterion.id not in session.probed
        and words[criterion.id].follow_ups
        and (score := card.get(criterion.id)) is not None
        and score.level <= 1
    ]
    return max(open_, key=lambda criterion: criterion.weight, default=None)


def _follow_up(session: Session, criterion: Criterion, context: Context) -> Step:
    """Ask about a criterion, in the manner of the interviewer."""
    session = replace(
        session,
        state=ASKED,
        probing=criterion.id,
        probed=(*session.probed, criterion.id),
        pending="",
    )
    text = _probing_text(session, context)
    session, turn = record.add_turn(session, "interviewer", "follow-up", text, context)
    return Step(session, (turn, say.follow_up(session, text)))


def _show_card(session: Session, context: Context) -> Step:
    session = replace(session, state=FEEDBACK, probing=None, draft=(), pending="")
    return Step(session, (say.scorecard(session, _question(session, context)),))


# --- moving on --------------------------------------------------------------------------------


def skip(session: Session, event: Event, context: Context) -> Step:
    """Leave the question out; of a follow-up, go straight to the scorecard.

    What was written so far stays in the transcript.
    """
    session, kept = record.keep_draft(session, context)
    after = _show_card(session, context) if session.probing else _advance(session, context)
    return Step(after.session, (*kept, *after.effects))


def advance(session: Session, event: Event, context: Context) -> Step:
    """On to the next question, or to the result."""
    return _advance(session, context)


def _advance(session: Session, context: Context) -> Step:
    session = _settle(session)
    if session.position >= len(session.plan):
        return _conclude(session, context)
    return _ask(session, context)


def _settle(session: Session) -> Session:
    """Book the result of the question in hand and point at the next."""
    result = Result(session.question_id, session.best)
    return replace(
        session,
        results=(*session.results, result),
        position=session.position + 1,
        tries=0,
        best=None,
    )


def retry(session: Session, event: Event, context: Context) -> Step:
    """The same question once more, as a new attempt."""
    return _ask(replace(session, tries=session.tries + 1), context)


def finish(session: Session, event: Event, context: Context) -> Step:
    """End the session here; what was scored counts, what was written is kept."""
    session, kept = record.keep_draft(session, context)
    if session.best is not None:
        session = _settle(session)
    after = _conclude(session, context)
    return Step(after.session, (*kept, *after.effects))


def _conclude(session: Session, context: Context) -> Step:
    session = replace(session, state=IDLE, draft=(), card=None, probing=None, pending="")
    return Step(session, (say.summary(session, context.bank),))


def stop(session: Session, event: Event, context: Context) -> Step:
    """Leave off here."""
    if not session.unfinished:
        return finish(session, event, context)
    session = replace(session, state=PAUSED, resume_to=session.state, pending="")
    return Step(session, (say.paused(session, _question(session, context)),))


def resume(session: Session, event: Event, context: Context) -> Step:
    """Go on where it was left: say again what was asked last, of a follow-up also to what."""
    state = session.resume_to if session.state is PAUSED else session.state
    after = repeat(replace(session, state=state, pending=""), event, context)
    if not session.probing:
        return after
    asked = say.question(after.session, _question(session, context), again=True)
    return Step(after.session, (asked, *after.effects))


def repeat(session: Session, event: Event, context: Context) -> Step:
    """Say the question, follow-up or scorecard in hand again."""
    question = _question(session, context)
    if session.state is FEEDBACK:
        return Step(session, (say.scorecard(session, question),))
    if session.probing:
        return Step(session, (say.follow_up(session, _probing_text(session, context)),))
    return Step(session, (say.question(session, question, again=True),))


def hint(session: Session, event: Event, context: Context) -> Step:
    """Help a little, without giving the answer away."""
    return Step(session, (say.hint(session, _question(session, context)),))


def show_model(session: Session, event: Event, context: Context) -> Step:
    """The model answer, once there was an attempt."""
    return Step(session, (say.model_answer(session, _question(session, context)),))


# --- helpers ----------------------------------------------------------------------------------


def _with_part(draft: tuple[Part, ...], part: Part) -> tuple[Part, ...]:
    """The draft with a part in the place of the one of its name, else at the end.

    A part without text is none.
    """
    if part.ref and part.ref in {old.ref for old in draft}:
        draft = tuple(part if old.ref == part.ref else old for old in draft)
    else:
        draft = (*draft, part)
    return tuple(one for one in draft if one.text.strip())


def _question(session: Session, context: Context) -> Question:
    """The question in hand, as it is put in this session."""
    return put(context.bank.questions[session.question_id], session, context.bank)


def _score(session: Session) -> ScoreAnswer:
    return ScoreAnswer(session.question_id, record.scored_text(session), session.preferences.lang)


def _probing_text(session: Session, context: Context) -> str:
    """The follow-up on the criterion in hand; a mixed pair of interviewers takes turns."""
    kind = session.preferences.interviewer
    if kind is Interviewer.MIXED:
        first = session.position % 2 == 0
        kind = Interviewer.EXPERIENCE if first else Interviewer.ON_THE_SPOT
    text = _question(session, context).text(session.preferences.lang)
    follow_ups = text.criteria[session.probing or ""].follow_ups
    # A question may be for one kind of interviewer only.
    return follow_ups.get(kind) or next(iter(follow_ups.values()))
