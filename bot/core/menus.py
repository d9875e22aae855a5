"""Lists to choose from, as effects: topics, questions, roles, settings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from bot.core import setup
from bot.core.buttons import full, paging
from bot.core.effects import Button, Rows, Say
from bot.core.models import Interviewer, Session
from bot.core.questions import Bank, Lang, Question
from bot.core.selection import practisable

PER_PAGE = 6
TOPICS = 8  # a page
FEW = 12  # questions up to which they are listed without topics


def questions(session: Session, bank: Bank, page: str = "0") -> Say:
    """Questions to choose from: `topic.page`, or a page of topics; in a small bank all of them."""
    found = practisable(bank)
    topic, _, number = page.rpartition(".")
    of_topic = [question for question in found if question.topic == topic]
    if of_topic:
        return choose_question(session, of_topic, number, topic)
    if len(found) > FEW:
        return choose_topic(session, bank, found, page)
    return choose_question(session, found, page)


def choose_topic(session: Session, bank: Bank, questions: Sequence[Question], page: str) -> Say:
    """A page of topics, one button each with the number of its questions."""
    counts = Counter(question.topic for question in questions)
    number, pages = _page(page, len(counts), TOPICS)
    names = bank.names.get(session.preferences.lang, {})
    rows: list[tuple[Button, ...]] = [
        (Button("topic", f"browse:{topic}.0", {"title": name, "count": counts[topic]}),)
        for topic in list(counts)[number * TOPICS : (number + 1) * TOPICS]
        for name in (names.get(f"topic.{topic}", topic),)
    ]
    rows.append((Button("surprise", "practice:any"),))
    rows.append(paging("browse:", number, number + 1 < pages))
    data = {"page": number + 1, "pages": pages, "count": len(questions)}
    return Say("choose-topic", data, full(rows), replace=True)


def choose_question(
    session: Session, questions: Sequence[Question], page: str, topic: str = ""
) -> Say:
    """A page of questions, one button each, of a topic or of all there are."""
    number, pages = _page(page, len(questions), PER_PAGE)
    shown = questions[number * PER_PAGE : (number + 1) * PER_PAGE]
    lang = session.preferences.lang
    rows: list[tuple[Button, ...]] = [
        (Button("question", f"practice:{q.id}", {"title": q.text(lang).title}),) for q in shown
    ]
    if questions:
        rows.append((Button("surprise", "practice:any"),))
    rows.append(paging(f"browse:{topic}." if topic else "browse:", number, number + 1 < pages))
    if topic:
        rows.append((Button("topics", "browse:0"),))
    data = {"page": number + 1, "pages": pages, "count": len(questions)}
    return Say("choose-question", data, full(rows), replace=True)


def _page(asked: str, count: int, size: int) -> tuple[int, int]:
    """The page asked for, from 0, and how many there are; of what is no page, the first."""
    pages = max(1, -(-count // size))
    known = asked.isdecimal() and len(asked) < 6
    return (min(int(asked), pages - 1) if known else 0), pages


def set_up(session: Session, bank: Bank, choices: str) -> Say:
    """The next choice of an interview, with those made so far."""
    made = setup.chosen(choices, bank)[: len(setup.STEPS) - 1]
    step = setup.STEPS[len(made)]
    names = bank.names.get(session.preferences.lang, {})
    rows = [
        (Button(f"setup-{step}", f"interview:{'.'.join((*made, choice))}", data),)
        for choice in setup.options(bank)[step]
        for data in ({"choice": choice, "title": names.get(f"{step}.{choice}", choice)},)
    ]
    if not made:
        rows.insert(0, (_at_once(session, bank),))
    else:
        back = ".".join(made[:-1])
        rows.append((Button("back", f"interview:{back}" if back else "interview"),))
    data = {
        "step": step,
        "number": len(made) + 1,
        "total": len(setup.STEPS),
        "made": _named(dict(zip(setup.STEPS, made, strict=False)), names),
    }
    return Say("setup", data, _in_pairs(rows, step), replace=True)


def _at_once(session: Session, bank: Bank) -> Button:
    """The interview that needs no choosing: as last time, or a short one."""
    last = session.preferences
    if not last.length:
        return Button("setup-now", f"interview:{setup.NOW}", {"count": setup.LENGTHS[0]})
    role = bank.names.get(last.lang, {}).get(f"role.{last.role}", "")
    data = {"role": role, "count": last.length, "manner": last.manner.value}
    return Button("setup-last", f"interview:{setup.LAST}", data)


def _named(made: Mapping[str, str], names: Mapping[str, str]) -> dict[str, str]:
    """What was chosen, roles and levels by their names; "" stands for any."""
    return {
        step: "" if choice == setup.ANY else names.get(f"{step}.{choice}", choice)
        for step, choice in made.items()
    }


def _in_pairs(rows: Sequence[tuple[Button, ...]], step: str) -> Rows:
    """Lengths stand in one row, they are short; all else has a row each."""
    if step != "length":
        return tuple(rows)
    return (tuple(row[0] for row in rows[:-1]), rows[-1])


def choose_intro(session: Session, offered: Sequence[Question]) -> Say:
    """Which self-introduction?"""
    lang = session.preferences.lang
    rows = tuple(
        (Button("question", f"intro:{q.id}", {"title": q.text(lang).title}),) for q in offered
    )
    return Say("choose-intro", {}, rows)


def choose_minutes(session: Session, asked: Question, minutes: Sequence[int]) -> Say:
    """For how many minutes to introduce oneself?"""
    row = tuple(Button("minutes", f"intro:{asked.id}.{n}", {"count": n}) for n in minutes)
    data = {"title": asked.text(session.preferences.lang).title}
    return Say("choose-minutes", data, (row,), replace=True)


def choose_role(session: Session, bank: Bank) -> Say:
    """Which post?"""
    names = bank.names.get(session.preferences.lang, {})
    chosen = session.preferences.role
    rows = [
        (Button("choice", f"set:role={role}", {"title": title, "on": role == chosen}),)
        for role in bank.interviews
        for title in (names.get(f"role.{role}", role),)
    ]
    any_role = Button("any-role", "set:role=", {"on": not chosen})
    return Say("choose-role", {}, (*rows, (any_role,)), replace=True)


def settings(session: Session, bank: Bank) -> Say:
    """What is set, with a button for every other choice."""
    languages: Sequence[Lang] = bank.languages
    chosen = session.preferences
    kinds = tuple(
        Button(f"interviewer-{kind.value}", f"set:interviewer={kind.value}", {"on": on})
        for kind in Interviewer
        for on in (chosen.interviewer is kind,)
    )
    rows: list[tuple[Button, ...]] = [(kind,) for kind in kinds]
    if len(languages) > 1:
        rows.append(
            tuple(
                Button(f"lang-{lang}", f"set:lang={lang}", {"on": chosen.lang == lang})
                for lang in languages
            )
        )
    role = bank.names.get(chosen.lang, {}).get(f"role.{chosen.role}", "")
    if bank.interviews:
        rows.append((Button("role", "set:role", {"role": role}),))
    rating = f"set:rates={'no' if chosen.rates else 'yes'}"
    rows.append((Button("rates", rating, {"on": chosen.rates}),))
    return Say("settings", {"preferences": chosen, "role": role}, full(rows), replace=True)
