"""What the bot says beside a question: welcome, help, lists, settings, the end of it all.

As in `say.py`: which template, with what, and which buttons; the words are in `prompts/`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.core import results
from bot.core.buttons import MENU, full, paging, question_button
from bot.core.effects import Button, Say
from bot.core.models import Manner, Mode, Result, Session, Transcript
from bot.core.progress import by_topic, calibration
from bot.core.questions import Bank, CriterionText, Lang
from bot.core.review import exchanges


def welcome(session: Session) -> Say:
    """The first message: what this is, and three ways to begin."""
    return Say("welcome", {}, MENU)


def greeting(session: Session) -> Say:
    """A greeting is answered with one."""
    return Say("greeting", {"busy": session.unfinished}, () if session.unfinished else MENU)


def thanks(session: Session) -> Say:
    """You are welcome."""
    return Say("thanks", {"busy": session.unfinished})


def thinking(session: Session) -> Say:
    """Take your time; in a real interview it passes."""
    return Say("thinking", {"real": session.manner is Manner.REAL and session.unfinished})


def help_(session: Session) -> Say:
    """What one can do here, and what the score cannot judge."""
    return Say("help")


def language(session: Session) -> Say:
    """From now on in this language."""
    return Say("language", replace=True)


def privacy(session: Session) -> Say:
    """What is kept, where, and how to have it erased."""
    return Say("privacy")


# --- where the person applies -----------------------------------------------------------------


def brief(session: Session, too_long: bool = False, why: bool = False) -> Say:
    """Ask for one thing about the target; `why`: say first what for."""
    target = session.preferences.target
    data = {"thing": session.briefing, "target": target, "too_long": too_long, "why": why}
    label = "not-now" if session.briefing == "company" else "leave-out"
    row = [Button(label, f"skip@{session.guard}")]
    if session.briefing not in ("company", "product"):
        row.append(Button("enough", f"finish@{session.guard}"))
    return Say("brief", data, (tuple(row),))


def target(session: Session, forgotten: bool = False, too_long: bool = False) -> Say:
    """Where the person applies, and how to say so."""
    data = {
        "target": session.preferences.target,
        "forgotten": forgotten,
        "too_long": too_long,
        "busy": session.unfinished,
    }
    label = "change-target" if session.preferences.target.company else "tell-target"
    change = () if session.unfinished else ((Button(label, "brief"),),)
    return Say("target", data, change)


# --- my data ----------------------------------------------------------------------------------


def delete(session: Session) -> Say:
    """Really erase everything?"""
    rows = ((Button("delete", "confirm:delete"),), (Button("keep", "decline:delete"),))
    return Say("delete", {}, rows)


def erased(session: Session) -> Say:
    """Everything was erased."""
    return Say("erased", {}, MENU)


def kept(session: Session) -> Say:
    """Nothing was changed."""
    return Say("kept", {}, replace=True)


def link(session: Session, code: str, minutes: int) -> Say:
    """The code with which to go on at a terminal."""
    return Say("link", {"code": code, "minutes": minutes})


def loaded(session: Session, what: str, data: Any, bank: Bank) -> Say:
    """What was fetched: past sessions, one of them, the progress, an export."""
    if what == "transcripts":
        return _transcripts(data)
    if what == "transcript":
        return transcript(data)
    if what == "progress":
        names = bank.names.get(session.preferences.lang, {})
        rows = [(names.get(f"topic.{r.topic}", r.topic), r) for r in by_topic(data)]
        return Say("progress", {"rows": rows, "calibration": calibration(data)})
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


# --- the end ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Row:
    """A question as the final scorecard shows it; see `models.Result`."""

    title: str
    score: int | None
    first: int | None
    rating: int | None
    seconds: int
    limit: int


def summary(session: Session, bank: Bank) -> Say:
    """What came of the session: every question with its score, and the mean.

    Of an interview besides: the criteria asked of every answer, time, what to work on, a chart.
    """
    lang = session.preferences.lang
    rows = [_row(one, bank, lang) for one in session.results]
    data: dict[str, Any] = {
        "mode": session.mode.value,
        "manner": session.manner.value,
        "rows": rows,
        "mean": results.mean(row.score for row in rows),
        "first_mean": results.mean(row.first for row in rows),
        "skipped": sum(row.score is None for row in rows),
        "answered": sum(row.score is not None for row in rows),
        "unasked": len(session.plan) - len(rows),
        "criteria": _criteria(session.results, bank, lang),
        "seconds": sum(row.seconds for row in rows),
        "limit": sum(row.limit for row in rows),
        "todo": [],
    }
    answered = [row for row in rows if row.score is not None]
    opened = ((Button("transcript", f"transcript:{session.id}"),),) if answered else ()
    if session.mode is not Mode.INTERVIEW or not answered:
        return Say("summary", data, (*opened, *MENU))
    data["todo"] = todo = _to_do(session.results, bank, lang)
    titles = {item["question"]: item["title"] for item in todo}
    practise = tuple((question_button(name, title),) for name, title in titles.items())
    return Say("summary", data, (*practise, *opened, *MENU), picture="interview")


def chart(session: Session, bank: Bank) -> Say:
    """The chart of the last interview; without one, that there is none."""
    end = summary(session, bank)
    return Say("chart", end.data, picture=end.picture)


def _row(one: Result, bank: Bank, lang: Lang) -> Row:
    asked = bank.questions.get(one.question_id)
    title = asked.text(lang).title if asked else one.question_id
    return Row(title, one.score, one.first, one.rating, one.seconds, one.limit)


def _criteria(found: Sequence[Result], bank: Bank, lang: Lang) -> list[tuple[str, int]]:
    """The names of the criteria asked of every answer, with what per cent was earned."""
    words: dict[str, CriterionText] = {}
    for one in found:
        if asked := bank.questions.get(one.question_id):
            words |= asked.text(lang).criteria
    return [(words[name].name, share) for name, share in results.across(found, bank)]


def _to_do(found: Sequence[Result], bank: Bank, lang: Lang) -> list[dict[str, Any]]:
    """What to work on: criterion, advice, and the question to practise it with."""
    items = []
    for one in results.to_do(found):
        asked = bank.questions.get(one.question_id)
        text = asked.text(lang) if asked else None
        if text is not None and one.criterion in text.criteria:
            words = text.criteria[one.criterion]
            items.append(
                {
                    "question": one.question_id,
                    "title": text.title,
                    "criterion": words.name,
                    "advice": words.advice,
                }
            )
    return items
