"""How an answer is taken, scored, probed and rated.

Actions of the table in `machine.py`.
"""

from __future__ import annotations

from dataclasses import replace

from bot.core import course, facts, probing, record, results, say, timing
from bot.core.context import Context, Step
from bot.core.effects import Effect, KeepAttempt, ScoreAnswer
from bot.core.events import Edited, Event, Rate, Scored, Text
from bot.core.models import Manner, Occasion, Part, Scorecard, Session, State
from bot.core.progress import learnt
from bot.core.questions import Criterion, Question
from bot.core.words import fold

MAX_ANSWER = 10_000  # code points of one answer; three minutes of speech are about 2,700
RATE = "rate:"  # how a reply that names a band begins
BANDS = ("1", "2", "3", "4", "5")


def take_text(session: Session, event: Text, context: Context) -> Step:
    """Add a message to the answer; one that is part of it already takes its own place.

    One that only asks for something the interviewer knows of the case is answered.
    """
    if not event.text.strip():
        return Step(session, (say.expected(session, "empty"),))
    question = course.question_of(session, context)
    wanted = _wanted(session, event, question)
    asks = facts.is_question(event.text)
    if asks and question.facts:
        return _told(session, event, question, wanted, context)
    draft = with_part(session.draft, Part(event.ref, event.text))
    size = sum(len(part.text) for part in draft)
    if size > MAX_ANSWER:
        return Step(session, (say.too_long(session, size, MAX_ANSWER),))
    long_ago = session.heard_at and context.now - session.heard_at >= timing.LONG_PAUSE
    session = replace(session, state=State.DRAFTING, draft=draft, pending="", missed=0)
    told = _says(session, question, wanted)
    new = _says(session, question, tuple(one for one in wanted if one not in session.revealed))
    turns: list[Effect] = []
    if new:  # a message may come again, corrected or longer
        session, turn = record.add_turn(session, "interviewer", "fact", new, context)
        turns.append(turn)
    session = _revealed(session, wanted)
    said = say.draft(session, question, asks=asks, told=told, recall=bool(long_ago))
    return Step(session, (*turns, said))


def _wanted(session: Session, event: Text, question: Question) -> tuple[str, ...]:
    """The facts of a case a message asks for, by their ids."""
    if not (event.asks or facts.is_question(event.text)):
        return ()
    return facts.wanted(event.text, question.text(session.preferences.lang).facts)


def _told(
    session: Session, event: Text, question: Question, wanted: tuple[str, ...], context: Context
) -> Step:
    """The facts that were asked for, or that they are not known; the question is no answer."""
    fact = _says(session, question, wanted)
    session, turn = record.add_turn(session, "candidate", "inquiry", event.text, context)
    turns: list[Effect] = [turn]
    if fact:
        session, turn = record.add_turn(session, "interviewer", "fact", fact, context)
        turns.append(turn)
    session = replace(_revealed(session, wanted), missed=0, pending="")
    return Step(session, (*turns, say.fact(session, fact)))


def _says(session: Session, question: Question, wanted: tuple[str, ...]) -> str:
    known = question.text(session.preferences.lang).facts
    return "\n".join(known[one].says for one in wanted)


def _revealed(session: Session, wanted: tuple[str, ...]) -> Session:
    return replace(session, revealed=tuple(dict.fromkeys((*session.revealed, *wanted))))


def edit(session: Session, event: Edited, context: Context) -> Step:
    """Take a correction of a message of the answer in hand; of an emptied one nothing is left."""
    refs = [part.ref for part in session.draft]
    if event.ref not in refs:
        return Step(session, (say.edited_late(session),))
    draft = with_part(session.draft, Part(event.ref, event.text))
    if not draft:
        return _emptied(session)
    if sum(len(part.text) for part in draft) > MAX_ANSWER:
        return Step(session, (say.too_long(session, len(event.text), MAX_ANSWER),))
    session = replace(session, draft=draft)
    return Step(session, (say.draft(session, course.question_of(session, context)),))


def _emptied(session: Session) -> Step:
    """Nothing of the answer is left: it is as if nothing had been written."""
    if session.state is State.PAUSED:
        session = replace(session, resume_to=State.ASKED, draft=())
    else:
        session = replace(session, state=State.ASKED, draft=())
    return Step(session, (say.expected(session, "reminder"),))


def hand_in(session: Session, event: Event, context: Context) -> Step:
    """The answer is complete: have it scored."""
    kind = "follow-up answer" if session.probing else "answer"
    session, turn = record.add_turn(
        session, "candidate", kind, record.draft_text(session), context
    )
    session = timing.booked(session, context.now)
    session = replace(session, state=State.SCORING, pending="", missed=0)
    return Step(session, (turn, _score(session)))


def score_again(session: Session, event: Event, context: Context) -> Step:
    """The score was never heard of (the process ended in between): ask for it once more."""
    return Step(session, (_score(session),))


def take_score(session: Session, event: Scored, context: Context) -> Step:
    """Keep the score; put the question differently, probe what was left out, or show the card."""
    session = _better(session, event.card, context)
    question = course.question_of(session, context)
    kept = KeepAttempt(record.attempt(session, context))
    session = replace(session, levels=learnt(session.levels, question, event.card))
    if _put_differently(session, context):
        after = _rephrase(session, context)
    elif found := probing.criterion(session, question):
        after = _follow_up(session, found, context)
    else:
        after = complete(session, context)
    return Step(after.session, (kept, *after.effects))


def _better(session: Session, card: Scorecard, context: Context) -> Session:
    """The session with the new card; a follow-up answer can raise a score, never lower it.

    An answer to a question put differently takes the place of the first, which could not be
    judged; what that was worth is kept as the first score.
    """
    if session.card is None:
        session = replace(
            session,
            answer=record.draft_text(session),
            attempt_id=session.attempt_id or context.token,
            first_score=card.score if session.first_score is None else session.first_score,
            card=card,
        )
    elif card.gate is None and card.score >= session.card.score:
        session = replace(session, answer=record.scored_text(session), card=card)
    assert session.card is not None
    result = results.result(session, session.card)
    best = session.best
    if best is None or best.score is None or session.card.score >= best.score:
        session = replace(session, best=result)
    return replace(session, draft=())


def _put_differently(session: Session, context: Context) -> bool:
    """Whether the answer could not be judged, and the question may be put in other words."""
    card, question = session.card, course.question_of(session, context)
    if card is None or card.gate is None or session.rephrased or session.overtime:
        return False
    return bool(question.text(session.preferences.lang).rephrased)


def _rephrase(session: Session, context: Context) -> Step:
    """Put the question differently, once; the first answer no longer counts."""
    question = course.question_of(session, context)
    card = session.card
    session = replace(session, state=State.ASKED, rephrased=True, card=None, answer="", pending="")
    session = timing.started(session, question, context.now)
    text = question.text(session.preferences.lang).rephrased
    session, turn = record.add_turn(session, "interviewer", "rephrased", text, context)
    return Step(session, (turn, say.rephrased(session, question, card)))


def _follow_up(session: Session, criterion: Criterion, context: Context) -> Step:
    """Ask about a criterion, in the manner of the interviewer."""
    card = session.card
    assert card is not None
    question = course.question_of(session, context)
    alike = probing.heard(criterion, probing.asker(session, question))
    session = replace(session, probing=criterion.id)
    told = probing.new_fact(session, question)
    session = replace(
        session,
        state=State.ASKED,
        told=told,
        revealed=tuple(dict.fromkeys((*session.revealed, *filter(None, [told])))),
        probed=(*session.probed, criterion.id),
        quoted=probing.quote(card, criterion, session.answer),
        heard=tuple(dict.fromkeys((*session.heard, *filter(None, [alike])))),
        pending="",
    )
    session = timing.started(session, question, context.now)
    text = probing.text(session, question, criterion.id)
    fact = probing.fact(session, question)
    said = f"{fact}\n\n{text}" if fact else text
    session, turn = record.add_turn(session, "interviewer", "follow-up", said, context)
    return Step(session, (turn, say.follow_up(session, question)))


# --- the answer is complete -------------------------------------------------------------------


def complete(session: Session, context: Context) -> Step:
    """Nothing more is asked about: the person rates the answer, where that is set; then the card.

    Nobody rates an answer that ran out of time, for a real interview goes on by itself, or one
    that could not be judged.
    """
    card = session.card
    if not session.preferences.rates or session.overtime or card is None or card.gate:
        return course.reveal(session, context)
    session = replace(session, state=State.RATING, probing=None, draft=(), pending="")
    session = timing.rating(session, context.now)
    return Step(session, (say.rate(session),))


def rate(session: Session, event: Rate, context: Context) -> Step:
    """Keep how good the person thinks the answer was, and show how good it is."""
    return _rated(session, event.band, context)


def rate_by_text(session: Session, event: Text, context: Context) -> Step:
    """A band may also be typed, in any width; nothing else is expected."""
    said = event.reply.removeprefix(RATE) if event.reply.startswith(RATE) else fold(event.text)
    return _rated(session, said, context)


def _rated(session: Session, band: str, context: Context) -> Step:
    if band not in BANDS:
        return Step(session, (say.expected(session, "text"),))
    session = replace(session, rating=int(band))
    kept = KeepAttempt(record.attempt(session, context))
    after = course.reveal(session, context)
    return Step(after.session, (kept, *after.effects))


def unrated(session: Session, event: Event, context: Context) -> Step:
    """The card without a rating."""
    return course.reveal(session, context)


# --- helpers ----------------------------------------------------------------------------------


def with_part(draft: tuple[Part, ...], part: Part) -> tuple[Part, ...]:
    """The draft with a part in the place of the one of its name, else at the end.

    A part without text is none.
    """
    if part.ref and part.ref in {old.ref for old in draft}:
        draft = tuple(part if old.ref == part.ref else old for old in draft)
    else:
        draft = (*draft, part)
    return tuple(one for one in draft if one.text.strip())


def _score(session: Session) -> ScoreAnswer:
    return ScoreAnswer(
        session.question_id,
        record.scored_text(session),
        session.preferences.lang,
        Occasion(session.preferences.target, record.draft_text(session) if session.answer else ""),
    )


def in_earnest(session: Session) -> bool:
    """Whether this is a real interview, which gives no help."""
    return session.manner is Manner.REAL
