"""Random events against a simple model: nothing said is ever lost, nothing dead-ends."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from typing import ClassVar

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from bot.core.events import ACTIONS, Edited, Event, Stray, Text, TimePassed, Unknown
from bot.core.models import Manner, Session, State
from tests.core import walking
from tests.core.walking import WAITING, Walker

EXAMPLES, STEPS = 180, 100
ARGUMENTS = (
    *("", ":user-growth", ":growth-case", ":any", ":0", ":lang=es", ":q_retention", ":x", ":3"),
    *(":last", ":now", ":self-intro-graduate.3", ":rates=yes", ":Rumbo, Ruta", ":-"),
)
CHOICES = st.lists(
    st.sampled_from(
        [
            *("any", "product-operations", "graduate", "experienced", "mixed", "experience"),
            *("on-the-spot", "3", "5", "8", "coach", "real", "last", "now", "", "9", "king"),
        ]
    ),
    max_size=6,
).map(".".join)
SET_UP = st.sampled_from(["any.any.mixed.3.real", "any.any.mixed.3.coach", "3 real", "5", "last"])
THINGS = st.sampled_from(
    ["Rumbo", "Rumbo, Ruta", "美团，外卖", ",", "-", "no", "x" * 41, "x" * 121, "a\nb", " y "]
)
INQUIRIES = st.sampled_from(
    ["¿Qué presupuesto hay?", "How many stay?", "DAU是多少？", "预算？", "¿Y tú quién eres?"]
)
SPANS = st.sampled_from([0, 20, 60, 130, 300, 3_700, 90_000, 400_000])  # seconds
MUST_COME = (
    *("follow-up/coach", "follow-up/real", "scorecard/coach", "rate/coach", "nudge/real"),
    *("summary/real", "question/real/time-up", "paused/real/interrupted", "brief", "withdrawn"),
)
OWN_STEP = ("done", "done", "done", "next", "skip", "retry", "resume", "repeat", "hint", "unsure")


class Walk(RuleBasedStateMachine):
    """The model: every part of an answer that was taken, and what a delete erased."""

    walked: ClassVar[int] = 0  # steps in all examples
    seen: ClassVar[Counter[str]] = Counter()  # what was said in all of them

    def __init__(self) -> None:
        super().__init__()
        self.chat = Walker()
        self.taken: list[str] = []
        self.count = 0

    def send(self, event: Event | str) -> None:
        """Every step goes through here; a yes to deleting clears what was taken."""
        Walk.walked += 1
        erased = self.chat.erased
        self.chat.send(event)
        if self.chat.erased > erased:
            self.taken.clear()

    def heard(self, event: Event | str) -> None:
        """A person always hears something."""
        said = len(self.chat.said)
        self.send(event)
        assert len(self.chat.said) > said

    # --- answers ------------------------------------------------------------------------------

    @rule(words=st.text(max_size=40))
    def write(self, words: str) -> None:
        self.count += 1
        text = f"[{self.count}] {words}"
        answering = self.chat.session.state in WAITING
        self.heard(Text(text, str(self.count)))
        if answering:
            self.taken.append(text)

    @rule(
        criteria=st.lists(
            st.sampled_from(["goal!", "goal", "method!", "method+", "result", "gate"]), max_size=4
        ),
        complete=st.booleans(),
    )
    def write_something_worth_points(self, criteria: list[str], complete: bool) -> None:
        self.write(" ".join(criteria))
        if complete:
            self.heard("done")

    @rule(text=INQUIRIES, times=st.integers(1, 2))
    def ask(self, text: str, times: int) -> None:
        for _ in range(times):
            answering = self.chat.session.state in WAITING
            self.count += 1
            self.heard(Text(text, str(self.count)))
            if answering:
                self.taken.append(text)

    @rule(words=st.text(max_size=40), back=st.integers(0, 3))
    def edit(self, words: str, back: int) -> None:
        ref = str(self.count - back)
        part = next((one for one in self.chat.session.draft if one.ref == ref), None)
        self.send(Edited(words, ref))
        if part is not None and part.text in self.taken:
            self.taken.remove(part.text)

    @precondition(lambda self: self.chat.session.state is State.RATING)
    @rule(band=st.sampled_from(["1", "3", "5", " 2 ", "6", "0", "", "mal"]), typed=st.booleans())
    def rate(self, band: str, typed: bool) -> None:
        self.heard(Text(band) if typed else f"rate:{band}@{self.chat.session.guard}")

    @precondition(lambda self: self.chat.session.unfinished)
    @rule(stop=st.booleans(), typed=st.booleans())
    def say_yes_to_going_on(self, stop: bool, typed: bool) -> None:
        if stop:
            self.heard("stop")
        self.heard("start")
        self.heard(Text("sí", reply="confirm") if typed else "confirm")
        assert self.chat.session.state is not State.PAUSED

    # --- before and beside them ---------------------------------------------------------------

    @rule(choices=CHOICES | SET_UP)
    def set_up(self, choices: str) -> None:
        self.heard(f"interview:{choices}")

    @precondition(lambda self: not self.chat.session.unfinished)
    @rule(choices=SET_UP, rates=st.sampled_from(["yes", "no"]))
    def begin_an_interview(self, choices: str, rates: str) -> None:
        self.heard(f"set:rates={rates}")
        self.heard(f"interview:{choices}")

    @precondition(lambda self: self.chat.session.state is State.BRIEFING)
    @rule(text=THINGS)
    def tell_of_the_target(self, text: str) -> None:
        self.heard(Text(text, reply="decline" if text == "no" else ""))

    @rule(
        setting=st.sampled_from(
            ["lang=es", "lang=en", "lang=zh", "rates=yes", "interviewer=experience", "role="]
        )
    )
    def set(self, setting: str) -> None:
        before = self.chat.session
        self.heard(f"set:{setting}")
        assert _in_hand(self.chat.session) == _in_hand(before)

    # --- buttons ------------------------------------------------------------------------------

    @rule(action=st.sampled_from(sorted(ACTIONS)), argument=st.sampled_from(ARGUMENTS))
    def press(self, action: str, argument: str) -> None:
        self.heard(action + argument)

    @rule(pick=st.integers(0, 10_000), times=st.integers(1, 2))
    def press_any_button_ever_shown(self, pick: int, times: int) -> None:
        """Old ones and double taps included: only a button about deleting erases."""
        shown = [b.action for say in self.chat.said for row in say.buttons for b in row]
        for _ in range(times if shown else 0):
            action = shown[pick % len(shown)]
            erased, before = self.chat.erased, self.chat.session
            self.heard(action)
            if self.chat.erased > erased:
                assert action == "confirm:delete"
            if "@" in action and not action.endswith(f"@{before.guard}"):
                asked = replace(before, pending="")  # only what was asked is off the table
                assert self.chat.session == asked, "a stale button acted"

    @rule(pick=st.integers(0, 20))
    def press_a_button_of_the_last_message(self, pick: int) -> None:
        shown = [b.action for say in self.chat.said[-1:] for row in say.buttons for b in row]
        if shown:
            self.heard(shown[pick % len(shown)])

    @rule(action=st.sampled_from(OWN_STEP))
    def press_a_button_of_this_step(self, action: str) -> None:
        self.heard(f"{action}@{self.chat.session.guard}")

    @rule(event=st.sampled_from([Stray("sticker"), Unknown("/foo"), Text("x" * 10_001)]))
    def odd(self, event: Event) -> None:
        before = self.chat.session
        self.heard(event)
        assert self.chat.session.draft == before.draft
        if before.state is not State.BRIEFING:
            assert self.chat.session.state == before.state

    # --- time and the bank --------------------------------------------------------------------

    @rule(seconds=SPANS)
    def time_passes(self, seconds: int) -> None:
        self.chat.wait(seconds=seconds)
        self.send(TimePassed())

    @precondition(lambda self: self.chat.session.alarm is not None)
    @rule(late=SPANS, times=st.integers(1, 3))
    def the_alarm_rings(self, late: int, times: int) -> None:
        for _ in range(times if self.chat.session.alarm else 0):
            if self.chat.session.alarm is not None:
                Walk.walked += 1
                assert self.chat.ring(timedelta(seconds=late))

    @precondition(lambda self: self.chat.session.alarm is not None)
    @rule(share=st.floats(0, 0.99))
    def it_is_not_time_yet(self, share: float) -> None:
        alarm = self.chat.session.alarm
        assert alarm is not None
        left = alarm - self.chat.now
        if left > self.chat.pace:
            self.chat.now += (left - self.chat.pace) * share
            before = self.chat.session
            self.send(TimePassed())
            assert self.chat.session == before

    @precondition(lambda self: self.chat.session.plan and self.chat.session.unfinished)
    @rule(odds=st.integers(0, 9))
    def the_bank_loses_the_question_in_hand(self, odds: int) -> None:
        if odds:
            return
        self.chat.bank = walking.bank_without(self.chat.session.question_id)
        self.heard("repeat")
        self.chat.bank = walking.BANK

    # --- what holds ---------------------------------------------------------------------------

    @invariant()
    def nothing_taken_is_lost(self) -> None:
        kept = "\n".join(turn.text for turn in self.chat.turns)
        drafted = [part.text for part in self.chat.session.draft]
        for text in self.taken:
            assert text in drafted or text in kept

    @invariant()
    def the_state_fits_what_is_there(self) -> None:
        session = self.chat.session
        state = walking.resting(session)
        assert (state is State.DRAFTING) == bool(session.draft)
        assert (session.card is not None) >= (state in (State.FEEDBACK, State.RATING))
        assert (state is State.BRIEFING) == bool(session.briefing)
        assert state is not State.SCORING
        assert session.manner is Manner.COACH or state is not State.FEEDBACK
        assert len(session.probed) <= walking.FOLLOWED
        assert len(set(session.plan)) == len(session.plan)
        assert len(session.results) == session.position

    @invariant()
    def the_transcript_is_in_order(self) -> None:
        walking.check_turns(self.chat)

    @invariant()
    def there_is_a_way_on(self) -> None:
        if self.chat.said:
            walking.check_way_on(self.chat)

    def teardown(self) -> None:
        """Whatever happened, the session can be brought to its end."""
        Walk.seen.update(walking.kind_of(say) for say in self.chat.said)
        walking.bring_to_its_end(self.chat.session, self.chat)


def _in_hand(session: Session) -> tuple[object, ...]:
    return session.state, session.guard, session.draft, session.alarm


def test_ten_thousand_steps_without_divergence() -> None:
    Walk.walked, Walk.seen = 0, Counter()
    run_state_machine_as_test(
        Walk,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            deadline=None,
            # To make a walk of a hundred steps shorter takes minutes; it is printed as it was.
            phases=(Phase.explicit, Phase.reuse, Phase.generate),
            suppress_health_check=list(HealthCheck),
        ),
    )
    print(f"\n{Walk.walked} steps without divergence")
    assert Walk.walked >= 10_000
    assert not [kind for kind in MUST_COME if not Walk.seen[kind]], "the walk does not get there"
