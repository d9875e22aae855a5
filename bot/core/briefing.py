"""Where the person applies: what is asked of it, one thing at a time.

The company and its product, and three things worth knowing before any interview: who uses it,
what they pay for, and the one number it is judged by.
"""

from __future__ import annotations

import re
from dataclasses import replace

from bot.core import beside
from bot.core.context import Step
from bot.core.events import Event, Text
from bot.core.models import Session, State, Target

THINGS = ("company", "product", "users", "pays", "number")
AFTER_NAMES = THINGS[2]  # what is asked once company and product are known
LONGEST = {"company": 40, "product": 40}  # characters of a name; of anything else ...
LONGEST_OTHER = 120
SEPARATORS = re.compile(r"[,，、/\n]")  # between the company and its product
BLANKS = " \t\n,，、/"  # at the edges of what is told
QUESTIONS = ("?", "？")  # whoever asks back has not answered
DASHES = ("-", "–", "—")


def begin(session: Session) -> Step:
    """Ask for the first thing."""
    session = replace(session, state=State.BRIEFING, briefing=THINGS[0], pending="")
    return Step(session, (beside.brief(session),))


def take(session: Session, event: Event) -> Step:
    """Keep what was said and ask for the next thing; `Session.briefing` is "" after the last.

    Anything but a text leaves a thing out, and so do "no" and a dash; without a company nothing
    more is asked. What was told of another company is forgotten.
    """
    said = _said(event)
    thing = session.briefing
    if said.endswith(QUESTIONS):
        return Step(session, (beside.brief(session, why=True),))
    names = named(said) if thing == "company" else {thing: " ".join(said.split())}
    if any(len(value) > LONGEST.get(name, LONGEST_OTHER) for name, value in names.items()):
        return Step(session, (beside.brief(session, too_long=True),))
    if not said and thing == "company":
        return Step(ended(session))
    target = session.preferences.target
    if said and names.get("company", target.company) != target.company:
        target = Target()
    if said:
        target = replace(target, **names)
    session = replace(session, preferences=replace(session.preferences, target=target))
    left = [one for one in THINGS[THINGS.index(thing) + 1 :] if one not in names]
    if not left:
        return Step(ended(session))
    session = replace(session, briefing=left[0])
    return Step(session, (beside.brief(session),))


def ended(session: Session) -> Session:
    """The session with nothing more to be asked of the target, which was asked now."""
    preferences = replace(session.preferences, briefed=True)
    target = preferences.target
    if target.company and not target.product:
        preferences = replace(preferences, target=replace(target, product=target.company))
    return replace(session, preferences=preferences, briefing="")


def named(text: str) -> dict[str, str]:
    """Company and product as `company, product`; one name alone is the company's only."""
    names = [" ".join(name.split()) for name in SEPARATORS.split(text, maxsplit=1)]
    if len(names) > 1 and names[1]:
        return {"company": names[0], "product": names[1]}
    return {"company": names[0]}


def _said(event: Event) -> str:
    """What a text tells, "" for nothing."""
    if not isinstance(event, Text) or event.reply == "decline" or event.text.strip() in DASHES:
        return ""
    return event.text.strip(BLANKS)


def told(names: str) -> Target | None:
    """The target of `/target company, product`; a dash forgets it, a name too long is none."""
    if names.strip() in DASHES:
        return Target()
    found = named(names)
    if not found["company"] or any(len(v) > LONGEST[name] for name, v in found.items()):
        return None
    # Who names one thing means the company and what it makes.
    return Target(found["company"], found.get("product", found["company"]))
