"""Lists to choose from, as effects: topics, questions, roles, settings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from bot.core.effects import Button, Say
from bot.core.models import Interviewer, Session
from bot.core.questions import Bank, Lang, Question
from bot.core.say import full, paging
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


def choose_length(session: Session, lengths: Sequence[int]) -> Say:
    """How many questions?"""
    row = tuple(Button("length", f"interview:{n}", {"count": n}) for n in lengths)
    return Say("choose-length", {}, (row,))


def choose_intro(session: Session, offered: Sequence[Question]) -> Say:
    """Which self-introduction?"""
    lang = session.preferences.lang
    rows = tuple(
        (Button("question", f"intro:{q.id}", {"title": q.text(lang).title}),) for q in offered
    )
    return Say("choose-intro", {}, rows)


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
    return Say("settings", {"preferences": chosen, "role": role}, full(rows), replace=True)
