"""Random events against a simple model: nothing said is ever lost, nothing dead-ends."""

from __future__ import annotations

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from bot.core.events import ACTIONS, Edited, Event, Stray, Text, Unknown
from bot.core.models import State
from tests.core.driver import Driver

ANSWERING = (State.ASKED, State.DRAFTING)
ARGUMENTS = ["", ":user-growth", ":3", ":5", ":any", ":0", ":lang=es", ":q_retention", ":x"]


class Walk(RuleBasedStateMachine):
    """The model: every part of an answer that was taken, and what a delete erased."""

    def __init__(self) -> None:
        super().__init__()
        self.chat = Driver()
        self.taken: list[str] = []
        self.count = 0

    @rule(words=st.text(max_size=40))
    def write(self, words: str) -> None:
        self.count += 1
        text = f"[{self.count}] {words}"
        answering = self.chat.session.state in ANSWERING
        said = self.chat.send(Text(text, str(self.count)))
        assert said
        if answering:
            self.taken.append(text)

    @rule(criteria=st.lists(st.sampled_from(["goal!", "method!", "result", "gate"]), max_size=4))
    def write_something_worth_points(self, criteria: list[str]) -> None:
        self.write(" ".join(criteria))

    @rule(words=st.text(max_size=40), back=st.integers(0, 3))
    def edit(self, words: str, back: int) -> None:
        ref = str(self.count - back)
        refs = [part.ref for part in self.chat.session.draft]
        drafting = self.chat.session.state in (State.DRAFTING, State.PAUSED)
        self.chat.send(Edited(words, ref))
        if drafting and ref in refs:
            self.taken = [t for t in self.taken if not t.startswith(f"[{ref}]")]

    @rule(action=st.sampled_from(sorted(ACTIONS)), argument=st.sampled_from(ARGUMENTS))
    def press(self, action: str, argument: str) -> None:
        erased = self.chat.erased
        assert self.chat.send(action + argument)
        if self.chat.erased > erased:
            self.taken.clear()

    @rule(pick=st.integers(0, 10_000), times=st.integers(1, 2))
    def press_any_button_ever_shown(self, pick: int, times: int) -> None:
        """Old ones and double taps included: only a button about deleting erases."""
        shown = [b.action for say in self.chat.said for row in say.buttons for b in row]
        for _ in range(times if shown else 0):
            action = shown[pick % len(shown)]
            erased, session = self.chat.erased, self.chat.session
            assert self.chat.send(action)
            if self.chat.erased > erased:
                assert action == "confirm:delete"
                self.taken.clear()
            if action.startswith("finish") and session.guard not in action:
                assert self.chat.session.state is session.state

    @rule(action=st.sampled_from(["done", "done", "next", "skip", "retry", "resume"]))
    def press_a_button_of_this_step(self, action: str) -> None:
        assert self.chat.send(f"{action}@{self.chat.session.guard}")

    @rule(event=st.sampled_from([Stray("sticker"), Unknown("/foo"), Text("x" * 10_001)]))
    def odd(self, event: Event) -> None:
        before = self.chat.session
        assert self.chat.send(event)
        assert self.chat.session.draft == before.draft
        assert self.chat.session.state == before.state

    @invariant()
    def nothing_taken_is_lost(self) -> None:
        kept = "\n".join(turn.text for turn in self.chat.turns)
        drafted = [part.text for part in self.chat.session.draft]
        for text in self.taken:
            assert text in drafted or text in kept

    @invariant()
    def the_state_fits_what_is_there(self) -> None:
        session = self.chat.session
        state = session.resume_to if session.state is State.PAUSED else session.state
        assert (state is State.DRAFTING) == bool(session.draft)
        assert (session.card is not None) >= (state is State.FEEDBACK)
        assert state is not State.SCORING
        assert len(session.probed) <= 2
        assert len(set(session.plan)) == len(session.plan)
        assert len(session.results) == session.position

    @invariant()
    def turns_are_numbered_without_gaps_in_each_session(self) -> None:
        session = self.chat.session
        numbers = [t.number for t in self.chat.turns if t.session_id == session.id]
        assert numbers == list(range(1, session.turns + 1))


Walk.TestCase.settings = settings(max_examples=60, stateful_step_count=60, deadline=None)
TestWalk = Walk.TestCase
