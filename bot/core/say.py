"""What the bot says of the question in hand, as effects: which template, with what, and which
buttons go with it.

The words live in `prompts/<lang>/`; here stands only what a message is about and which choices it
offers. Buttons that act on the step in hand carry its guard. What is said beside a question
stands in `beside.py`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.core import airtime, probing, record, results
from bot.core.buttons import MENU
from bot.core.buttons import step_button as _step
from bot.core.effects import Button, Rows, Say
from bot.core.models import DEADLINES, Manner, Mode, Scorecard, Session, State
from bot.core.questions import Lang, Question, QuestionText, Rule
from bot.core.words import LONGEST_WORD, count, shortened

TAIL = 200  # characters of an answer that are shown again
RECALLED = 160  # characters of a question that is recalled
DRAFT = "draft"  # the slot of the message that says what is here of an answer


# --- something unfinished ---------------------------------------------------------------------


def resume_offer(session: Session, asked: Question) -> Say:
    """There is something unfinished: this question. Go on, or something new?"""
    rows = (*_resume(session), (Button("something-new", "interview"),))
    return Say("resume-offer", _place(session) | _title_of(session, asked), rows)


def _resume(session: Session) -> Rows:
    return ((_step(session, "resume", "resume"),), (_step(session, "finish", "finish"),))


def no_such_question(session: Session, question_id: str) -> Say:
    """The question asked for does not exist."""
    return Say("no-such-question", {"id": question_id[:60]})


def abandon(session: Session, action: str) -> Say:
    """Leave what is under way and begin anew?"""
    rows = (
        (Button("keep-on", f"decline:{action}"),),
        (Button("begin-anew", f"confirm:{action}"),),
    )
    return Say("abandon", _place(session), rows)


def paused(session: Session, asked: Question, why: str) -> Say:
    """Left off at this question; all is kept. `why`: `asked`, `interrupted` or `absent`."""
    data = _place(session) | _title_of(session, asked) | {"why": why}
    return Say("paused", data, _resume(session))


# --- the question in hand ---------------------------------------------------------------------


def question(session: Session, asked: Question, again: bool = False, before: str = "") -> Say:
    """The question, with its place in the interview; before its follow-up it offers nothing.

    `before` is what the interviewer says first, see `course.ask`; `real`: it all begins.
    """
    text = asked.text(session.preferences.lang)
    prompt = _prompt(session, text)
    case = probing.asker(session, asked) == "on-the-spot" and asked.kind == "case"
    data = _place(session) | {
        "text": text,
        "prompt": prompt,
        "minutes": _minutes(session),
        "spoken": session.minutes,
        "again": again,
        "before": before,
        "first": session.position == 0 and session.tries == 0,
        "target": session.preferences.target if case and text.target_prompt else None,
        "case": case and bool(text.facts),
        "tail": _tail(session),
    }
    if session.probing:
        return Say("question", data)
    rows: list[tuple[Button, ...]] = [_ways_on(session)]
    if session.draft:
        rows.insert(0, (_step(session, "done", "done"),))
    return Say("question", data, tuple(rows))


def _ways_on(session: Session) -> tuple[Button, ...]:
    skip = _step(session, "skip", "skip")
    return (skip,) if session.manner is Manner.REAL else (_step(session, "hint", "hint"), skip)


def rephrased(session: Session, asked: Question, card: Scorecard | None) -> Say:
    """The question put differently; in a real interview it is not said why."""
    data = _place(session) | {
        "text": asked.text(session.preferences.lang),
        "gate": card.gate if card else None,
        "card": card,
        "differently": True,
        "minutes": _minutes(session),
    }
    return Say("gate", data, (_ways_on(session),), replace=True, onto=DRAFT)


def follow_up(session: Session, asked: Question) -> Say:
    """A probing question; it takes the place of the message whose button was pressed."""
    criterion = session.probing or ""
    skip = "skip" if session.manner is Manner.REAL else "skip-follow-up"
    rows = [(_step(session, skip, "skip"),)]
    if session.draft:
        rows.insert(0, (_step(session, "done", "done"),))
    rule = asked.criterion(criterion).rule
    data = _place(session) | {
        "probe": probing.text(session, asked, criterion),
        "number": len(session.probed),
        "quoted": session.quoted,
        "fact": probing.fact(session, asked),
        "target": session.preferences.target if rule is Rule.TRANSFER else None,
        "minutes": _minutes(session),
        "tail": _tail(session),
    }
    return Say("follow-up", data, tuple(rows), replace=True, onto=DRAFT)


def draft(
    session: Session, asked: Question, asks: bool = False, told: str = "", recall: bool = False
) -> Say:
    """What is here of the answer so far, and how to finish it.

    `asks`: the message was a question; `told`: it seemed to ask for this; `recall`: the question
    was put long ago.
    """
    data = _place(session) | {"asks": asks, "told": told, "recalled": ""}
    if recall:
        text = asked.text(session.preferences.lang)
        put = _prompt(session, text)
        if session.probing:
            put = probing.text(session, asked, session.probing)
        data["recalled"] = shortened(put, RECALLED)
    return Say("draft", data, ((_step(session, "done", "done"),),), slot=DRAFT)


def fact(session: Session, told: str) -> Say:
    """Something more about the case, because the person asked; "" where it is not known."""
    rows = ((_step(session, "done", "done"),),) if session.draft else ()
    return Say("fact", _place(session) | {"fact": told}, rows)


def too_long(session: Session, size: int, limit: int) -> Say:
    """A message was not taken: the answer would grow too long."""
    rows = ((_step(session, "done", "done"),),) if session.draft else ()
    return Say("too-long", _place(session) | {"size": size, "limit": limit}, rows)


def edited_late(session: Session) -> Say:
    """An edit that changes nothing any more."""
    return Say("edited-late", _place(session))


# --- help -------------------------------------------------------------------------------------


def hint(session: Session, asked: Question) -> Say:
    """The hint."""
    return Say("hint", {"hint": asked.text(session.preferences.lang).hint})


def example(session: Session, asked: Question) -> Say:
    """When an example comes, and the hint until then."""
    return Say("example", {"hint": asked.text(session.preferences.lang).hint})


def easier(session: Session, asked: Question) -> Say:
    """The question in plainer words, and one thing to begin with."""
    text = asked.text(session.preferences.lang)
    first = max(asked.criteria, key=lambda one: (one.rule is Rule.CONTENT, one.weight))
    if session.probing:
        first = asked.criterion(session.probing)
    data = _place(session) | {
        "rephrased": "" if session.rephrased else text.rephrased,
        "advice": text.criteria[first.id].advice,
    }
    return Say("easier", data, (_ways_on(session),))


def unsure(session: Session) -> Say:
    """Not to know is no shame: ways in."""
    rows: list[tuple[Button, ...]] = [(_step(session, "skip", "skip"),)]
    if session.manner is Manner.COACH:
        help_ = (_step(session, "hint", "hint"), _step(session, "easier", "easier"))
        rows.insert(0, help_)
    return Say("unsure", _place(session), tuple(rows))


def nudge(session: Session) -> Say:
    """Time is up, or nearly; what there is may be handed in."""
    left = session.limit * (DEADLINES[-1] - DEADLINES[session.reminded - 1])
    data = _place(session) | {"number": session.reminded, "minutes": max(1, round(left / 60))}
    rows = ((_step(session, "done", "done"),),) if session.draft else ()
    return Say("nudge", data, rows)


# --- the score --------------------------------------------------------------------------------


def rate(session: Session) -> Say:
    """How good was that, do you think?"""
    row = tuple(_step(session, f"rate-{band}", f"rate:{band}") for band in range(1, 6))
    label = "skip" if session.manner is Manner.REAL else "unrated"
    rows = (row[:3], row[3:], (_step(session, label, "skip"),))
    return Say("rate", _place(session), rows, replace=True, onto=DRAFT)


def scorecard(session: Session, asked: Question) -> Say:
    """The score with its receipt; a gate has its own honest message."""
    lang = session.preferences.lang
    card = _of(asked, session.card, lang)
    before = session.compared
    data = _place(session) | {
        "card": card,
        "text": asked.text(lang),
        "criteria": {c.id: asked.text(lang).criteria[c.id] for c in asked.criteria},
        "first_score": session.first_score,
        "rephrased": session.rephrased,
        "answer": session.answer,
        "rating": session.rating,
        "before": before,
        "changes": results.changes(before, card),
        "seconds": session.spent,
        "limit": session.allowed,
        "followed": bool(session.probed),
        "spoken": session.minutes,
        "said": count(session.answer),
        "airtime": airtime.shares(session.answer, card) if session.mode is Mode.INTRO else {},
        "differently": False,
        "minutes": 0,
        "gate": card.gate,
    }
    return Say(
        "gate" if card.gate else "scorecard", data, _after_card(session), replace=True, onto=DRAFT
    )


def _of(asked: Question, card: Scorecard | None, lang: Lang) -> Scorecard:
    """The card without criteria that the rubric has no longer, in the language of now."""
    assert card is not None
    known = {criterion.id for criterion in asked.criteria}
    scores = tuple(score for score in card.scores if score.id in known)
    says = {error.id: error.says for error in asked.text(lang).misconceptions}
    return replace(
        card,
        scores=scores,
        missing=card.missing if card.missing in known else None,
        errors=tuple(replace(one, says=says.get(one.id, one.says)) for one in card.errors),
    )


def _after_card(session: Session) -> Rows:
    onward = "result" if session.last and session.mode is Mode.INTERVIEW else "next"
    if session.last and session.mode is not Mode.INTERVIEW:
        onward = "end"
    return (
        (_step(session, onward, "next"),),
        (_step(session, "retry", "retry"), _step(session, "model", "model")),
    )


def model_answer(session: Session, asked: Question) -> Say:
    """How a very good candidate might have said it."""
    text = asked.text(session.preferences.lang)
    onward, (again, _) = _after_card(session)
    return Say("model-answer", {"text": text}, (onward, (again,)))


# --- whatever else happens --------------------------------------------------------------------


def withdrawn() -> Say:
    """The question in hand is no longer in the bank."""
    return Say("withdrawn")


def expected(session: Session, kind: str) -> Say:
    """What is expected now. `kind`: what came instead, or `reminder`."""
    data = _place(session) | {"kind": kind, "state": session.state.value}
    return Say("expected", data, _choices(session))


def stale(session: Session) -> Say:
    """A button of a step that is over."""
    return Say("stale", _place(session) | {"state": session.state.value})


def unknown(session: Session, text: str) -> Say:
    """A command nobody knows."""
    return Say("unknown", {"command": text[:60]})


def _choices(session: Session) -> Rows:
    """The buttons that fit the state."""
    match session.state:
        case State.IDLE:
            return MENU
        case State.BRIEFING:
            return ((_step(session, "leave-out", "skip"),),)
        case State.PAUSED:
            rows = _resume(session)
        case State.RATING:
            rows = rate(session).buttons
        case State.FEEDBACK:
            rows = _after_card(session)
        case State.SCORING:
            rows = ()
        case _:
            rows = _while_answering(session)
    return rows


def _while_answering(session: Session) -> Rows:
    rows: list[tuple[Button, ...]] = [(_step(session, "repeat", "repeat"),)]
    if session.probing:
        label = "skip" if session.manner is Manner.REAL else "skip-follow-up"
        rows.append((_step(session, label, "skip"),))
    if session.draft:
        rows.insert(0, (_step(session, "done", "done"),))
    return tuple(rows)


# --- helpers ----------------------------------------------------------------------------------


def _prompt(session: Session, text: QuestionText) -> str:
    """The question as it was put last; not every language need have other words for it."""
    return text.rephrased if session.rephrased and text.rephrased else text.prompt


def _title_of(session: Session, asked: Question) -> dict[str, Any]:
    return {"title": asked.text(session.preferences.lang).title}


def _minutes(session: Session) -> int:
    """The time suggested for what is in hand, less what had passed before a pause, in minutes."""
    return max(1, round((session.limit - session.elapsed) / 60))


def _tail(session: Session) -> str:
    """The end of what is here of the answer, from a word on; so one sees what is kept."""
    text = record.draft_text(session)
    if len(text) <= TAIL:
        return text
    end = text[-TAIL:]
    from_word = end.partition(" ")[2]
    return f"…{from_word if len(from_word) > TAIL - LONGEST_WORD else end}"


def _place(session: Session) -> dict[str, Any]:
    """Where the session stands, for any message that tells it."""
    return {
        "mode": session.mode.value,
        "manner": session.manner.value,
        "number": min(session.position + 1, max(1, len(session.plan))),
        "total": len(session.plan),
        "words": sum(count(part.text) for part in session.draft),
        "parts": len(session.draft),
        "probing": session.probing is not None,
        "ack": session.turns // 2,  # two follow one another, never the same
    }
