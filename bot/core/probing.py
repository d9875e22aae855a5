"""What the interviewer asks next: the criterion the answer left out, and the words it takes up."""

from __future__ import annotations

from bot.core import facts
from bot.core.models import Evidence, Interviewer, Scorecard, Session
from bot.core.questions import Criterion, Question, Rule
from bot.core.words import count, shortened

MAX_FOLLOW_UPS = 2  # a question
PERSONAL = "personal"  # a kind of question
COMPLETE = 90  # points from which nothing is left to ask
LONGEST_QUOTE, SHORTEST_QUOTE = 90, 3  # characters, words
STOPS, COMMAS = ".!?;\n。！？；", ",:，："


def criterion(session: Session, question: Question) -> Criterion | None:
    """The heaviest criterion the answer left out or only named, if it may still be asked.

    One that was asked about in the same words before, in this interview, comes last.
    """
    card = session.card
    if card is None or card.gate or card.score >= COMPLETE or session.overtime:
        return None
    if len(session.probed) >= MAX_FOLLOW_UPS:
        return None
    words = question.text(session.preferences.lang).criteria
    open_ = [
        one
        for one in question.criteria
        if one.id not in session.probed
        and words[one.id].follow_ups
        and (score := card.get(one.id)) is not None
        and score.level <= 1
    ]
    kind = asker(session, question)
    return max(open_, key=lambda o: (heard(o, kind) not in session.heard, o.weight), default=None)


def heard(asked: Criterion, kind: str) -> str:
    """What a follow-up is remembered by: those on shared criteria sound alike everywhere."""
    return f"{asked.id}/{kind}" if asked.rule is not Rule.CONTENT else ""


def quote(card: Scorecard, asked: Criterion, answer: str) -> str:
    """The person's own words a follow-up can take up, "" where there are none.

    Where the criterion is only named, the clause that names it; for the effect and its transfer,
    asked of every answer, the most concrete sentence: what came of that, what of it here?
    """
    score = card.get(asked.id)
    if score is not None and score.level and score.evidence:
        found = max(score.evidence, key=lambda one: one.end - one.start)
        return _as_quote(_clause(answer, found))
    if asked.rule in (Rule.EFFECT, Rule.TRANSFER) and card.said:
        return _as_quote(card.said[0].text)
    return ""


def _clause(answer: str, found: Evidence) -> str:
    """The sentence around some words of an answer; of a long one, the part between commas."""
    for stops in (STOPS, STOPS + COMMAS):
        begin = max(answer.rfind(stop, 0, found.start) for stop in stops) + 1
        ends = [at for stop in stops if (at := answer.find(stop, found.end)) >= 0]
        words = answer[begin : min(ends, default=len(answer))]
        if len(words) <= _longest(words):
            break
    return words


def _longest(words: str) -> int:
    """The length of a quote in characters; of Chinese ones fewer say as much."""
    return LONGEST_QUOTE if 2 * count(words) < len(words) else LONGEST_QUOTE // 2


def asker(session: Session, question: Question) -> str:
    """The kind of interviewer who asks now; a mixed pair takes turns where the question lets
    them. About the person itself only the past is asked."""
    kind = session.interviewer
    if question.kind == PERSONAL:
        kind = Interviewer.EXPERIENCE
    elif kind is Interviewer.MIXED:
        first = session.position % 2 == 0
        kind = Interviewer.EXPERIENCE if first else Interviewer.ON_THE_SPOT
    return kind.value if kind.value in question.interviewers else question.interviewers[0]


def text(session: Session, question: Question, criterion_id: str) -> str:
    """The follow-up on a criterion, in the manner of the interviewer."""
    words = question.text(session.preferences.lang).criteria[criterion_id].follow_ups
    # A question may be for one kind of interviewer only.
    return words.get(asker(session, question)) or next(iter(words.values()))


def fact(session: Session, question: Question) -> str:
    """What the interviewer tells with the follow-up in hand, "" for nothing."""
    words = question.text(session.preferences.lang).facts
    return words[session.told].says if session.told in words else ""


def new_fact(session: Session, question: Question) -> str:
    """The id of what the interviewer may tell with a follow-up, "" for nothing that is new.

    Only who puts cases tells facts: the other one has just asked about the person's past.
    """
    if asker(session, question) != Interviewer.ON_THE_SPOT:
        return ""
    return facts.of_criterion(question, session.probing, session.revealed) or ""


def _as_quote(words: str) -> str:
    """Words as they are quoted; too few mean nothing by themselves."""
    one_line = " ".join(words.split()).strip(" .,;:。，；：、")
    return shortened(one_line, _longest(one_line)) if count(one_line) >= SHORTEST_QUOTE else ""
