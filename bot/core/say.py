"""What the bot says, as effects: which template, with what, and which buttons go with it.

The words live in `prompts/<lang>/`; here stands only what a message is about and which choices it
offers. Buttons that act on the step in hand carry its guard.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from bot.core import record
from bot.core.effects import Button, Rows, Say
from bot.core.models import Mode, Scorecard, Session, State, Transcript
from bot.core.progress import by_topic
from bot.core.questions import Bank, CriterionText, Lang, Question
from bot.core.review import exchanges

TAIL = 200  # characters of an answer that are shown again
DRAFT = "draft"  # the slot of the message that says what is here of an answer


def welcome(session: Session) -> Say:
    """The first message: what this is, and three ways to begin."""
    return Say("welcome", {}, _MENU)


_MENU: Rows = (
    (Button("interview", "interview"),),
    (Button("practice", "practice"), Button("intro", "intro")),
)


def resume_offer(session: Session, asked: Question) -> Say:
    """There is something unfinished: this question."""
    return Say("resume-offer", _place(session) | _title_of(session, asked), _resume(session))


def _resume(session: Session) -> Rows:
    return ((_step(session, "resume", "resume"),), (_step(session, "finish", "finish"),))


def no_such_question(session: Session, question_id: str) -> Say:
    """The question asked for does not exist."""
    return Say("no-such-question", {"id": question_id[:60]})


def abandon(session: Session) -> Say:
    """Leave what is under way and begin anew?"""
    rows = (
        (Button("keep-on", f"decline:{session.pending}"),),
        (Button("begin-anew", f"confirm:{session.pending}"),),
    )
    return Say("abandon", _place(session), rows)


# --- the question in hand ---------------------------------------------------------------------


def question(session: Session, asked: Question, again: bool = False) -> Say:
    """The question, with its place in the interview; before its follow-up it offers nothing."""
    text = asked.text(session.preferences.lang)
    data = _place(session) | {
        "text": text,
        "minutes": max(1, round(asked.seconds / 60)),
        "again": again,
        "first": session.position == 0 and session.tries == 0,
        "tail": _tail(session),
    }
    if session.probing:
        return Say("question", data)
    rows: list[tuple[Button, ...]] = [
        (_step(session, "hint", "hint"), _step(session, "skip", "skip"))
    ]
    if session.draft:
        rows.insert(0, (_step(session, "done", "done"),))
    return Say("question", data, tuple(rows))


def follow_up(session: Session, text: str) -> Say:
    """A probing question; it takes the place of the message whose button was pressed."""
    rows = [(_step(session, "skip-follow-up", "skip"),)]
    if session.draft:
        rows.insert(0, (_step(session, "done", "done"),))
    data = _place(session) | {
        "probe": text,
        "number": len(session.probed),
        "tail": _tail(session),
    }
    return Say("follow-up", data, tuple(rows), replace=True, onto=DRAFT)


def draft(session: Session) -> Say:
    """What is here of the answer so far, and how to finish it."""
    data = _place(session)
    return Say("draft", data, ((_step(session, "done", "done"),),), slot=DRAFT)


def too_long(session: Session, size: int, limit: int) -> Say:
    """A message was not taken: the answer would grow too long."""
    rows = ((_step(session, "done", "done"),),) if session.draft else ()
    return Say("too-long", _place(session) | {"size": size, "limit": limit}, rows)


def edited_late(session: Session) -> Say:
    """An edit that changes nothing any more."""
    return Say("edited-late", _place(session))


def hint(session: Session, asked: Question) -> Say:
    """The hint."""
    return Say("hint", {"hint": asked.text(session.preferences.lang).hint})


def scorecard(session: Session, asked: Question) -> Say:
    """The score with its receipt; a gate has its own honest message."""
    lang = session.preferences.lang
    card = _of(asked, session.card)
    data = _place(session) | {
        "card": card,
        "text": asked.text(lang),
        "criteria": {c.id: _criterion(asked, c.id, lang) for c in asked.criteria},
        "first_score": session.first_score,
        "answer": session.answer,
    }
    return Say(
        "gate" if card.gate else "scorecard", data, _after_card(session), replace=True, onto=DRAFT
    )


def _of(asked: Question, card: Scorecard | None) -> Scorecard:
    """The card without criteria that the rubric has no longer."""
    assert card is not None
    known = {criterion.id for criterion in asked.criteria}
    scores = tuple(score for score in card.scores if score.id in known)
    return replace(card, scores=scores, missing=card.missing if card.missing in known else None)


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
    return Say("model-answer", {"text": text}, _after_card(session))


def summary(session: Session, bank: Bank) -> Say:
    """What came of the session: every question with its score, and the mean."""
    lang = session.preferences.lang
    rows = [(_title(bank, r.question_id, lang), r.score) for r in session.results]
    scores = [score or 0 for _, score in rows]
    data = {
        "mode": session.mode.value,
        "rows": rows,
        "mean": round(sum(scores) / len(scores)) if scores else None,
        "skipped": sum(score is None for _, score in rows),
        "unasked": len(session.plan) - len(rows),
    }
    answered = any(score is not None for _, score in rows)
    opened = ((Button("transcript", f"transcript:{session.id}"),),) if answered else ()
    return Say("summary", data, (*opened, *_MENU))


def withdrawn() -> Say:
    """The question in hand is no longer in the bank."""
    return Say("withdrawn")


def paused(session: Session, asked: Question) -> Say:
    """Left off at this question; all is kept."""
    return Say("paused", _place(session) | _title_of(session, asked), _resume(session))


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
    if session.state is State.IDLE:
        return _MENU
    if session.state is State.PAUSED:
        return _resume(session)
    if session.state is State.FEEDBACK:
        return _after_card(session)
    rows: list[tuple[Button, ...]] = [(_step(session, "repeat", "repeat"),)]
    if session.probing:
        rows.append((_step(session, "skip-follow-up", "skip"),))
    if session.draft:
        rows.insert(0, (_step(session, "done", "done"),))
    return tuple(rows)


# --- beside the session -----------------------------------------------------------------------


def help_(session: Session) -> Say:
    """What one can do here, and what the score cannot judge."""
    return Say("help")


def privacy(session: Session) -> Say:
    """What is kept, where, and how to have it erased."""
    return Say("privacy")


def target(session: Session) -> Say:
    """Where the person applies, and how to say so."""
    return Say("target", {"target": session.preferences.target})


def delete(session: Session) -> Say:
    """Really erase everything?"""
    rows = ((Button("delete", "confirm:delete"),), (Button("keep", "decline:delete"),))
    return Say("delete", {}, rows)


def erased(session: Session) -> Say:
    """Everything was erased."""
    return Say("erased", {}, _MENU)


def kept(session: Session) -> Say:
    """Nothing was changed."""
    return Say("kept", {}, replace=True)


def loaded(session: Session, what: str, data: Any, bank: Bank) -> Say:
    """What was fetched: past sessions, one of them, the progress, an export."""
    if what == "transcripts":
        return _transcripts(data)
    if what == "transcript":
        return transcript(data)
    if what == "progress":
        names = bank.names.get(session.preferences.lang, {})
        rows = [(names.get(f"topic.{r.topic}", r.topic), r) for r in by_topic(data)]
        return Say("progress", {"rows": rows})
    return Say("export", {}, attachment=("simulacro.json", data))


def _transcripts(data: Any) -> Say:
    """`data`: the page's summaries, the page from 0, whether there are more."""
    summaries, page, more = data
    rows: list[tuple[Button, ...]] = [
        (Button("session", f"transcript:{s.id}", {"session": s}),) for s in summaries
    ]
    rows.append(paging("transcripts:", page, more))
    return Say("transcripts", {"rows": summaries, "page": page + 1}, full(rows), replace=True)


def transcript(data: Transcript | None) -> Say:
    """A session to review, or that there is none of that id."""
    if data is None:
        return Say("no-transcript")
    return Say("transcript", {"transcript": data, "exchanges": exchanges(data)})


# --- helpers ----------------------------------------------------------------------------------


def _step(session: Session, label: str, action: str) -> Button:
    """A button that only acts on the step in hand."""
    return Button(label, f"{action}@{session.guard}")


def paging(action: str, page: int, more: bool) -> tuple[Button, ...]:
    """Buttons to the pages beside this one; `action` ends where the number begins."""
    back = (Button("back", f"{action}{page - 1}"),) if page else ()
    return (*back, Button("more", f"{action}{page + 1}")) if more else back


def full(rows: Sequence[tuple[Button, ...]]) -> Rows:
    """The rows that have a button."""
    return tuple(row for row in rows if row)


def _title(bank: Bank, question_id: str, lang: Lang) -> str:
    """The title of a question; its id when the bank has it no longer."""
    asked = bank.questions.get(question_id)
    return asked.text(lang).title if asked else question_id


def _title_of(session: Session, asked: Question) -> dict[str, Any]:
    return {"title": asked.text(session.preferences.lang).title}


def _tail(session: Session) -> str:
    """The end of what is here of the answer, from a word on; so one sees what is kept."""
    text = record.draft_text(session)
    if len(text) <= TAIL:
        return text
    end = text[-TAIL:]
    return f"…{end.partition(' ')[2] or end}"


def _criterion(asked: Question, criterion_id: str, lang: Lang) -> CriterionText:
    return asked.text(lang).criteria[criterion_id]


def _place(session: Session) -> dict[str, Any]:
    """Where the session stands, for any message that tells it."""
    return {
        "mode": session.mode.value,
        "number": min(session.position + 1, max(1, len(session.plan))),
        "total": len(session.plan),
        "words": sum(len(part.text.split()) for part in session.draft),
        "parts": len(session.draft),
        "probing": session.probing is not None,
    }
