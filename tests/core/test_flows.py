"""What a person goes through, played against the bare machine."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.events import Edited, Stray, Text, parse
from bot.core.models import Mode, State
from tests.core.driver import WHOLE, Driver, names, without


def test_one_question_from_the_deep_link_to_its_scorecard(chat: Driver) -> None:
    assert chat.templates("start:q_user-growth") == ["question"]
    assert names(chat.write("goal! method!", "1")) == ["draft"]
    assert names(chat.write("result!", "2")) == ["draft"]
    [card] = chat.send("done")
    assert (card.template, card.data["card"].score) == ("scorecard", 100)
    assert [turn.text for turn in chat.turns if turn.who == "candidate"] == [
        "goal! method!\n\nresult!"
    ]
    assert names(chat.send("next")) == ["summary"]
    assert chat.session.state is State.IDLE


def test_a_follow_up_probes_the_heaviest_criterion_left_out_and_can_raise_it(
    chat: Driver,
) -> None:
    chat.send("practice:user-growth")
    [probe] = chat.answer("method! result!")
    assert probe.template == "follow-up"
    assert "goal" in probe.data["probe"]
    [card] = chat.answer("goal!")
    assert card.template == "scorecard"
    assert (card.data["first_score"], card.data["card"].score) == (50, 100)
    assert card.data["answer"] == "method! result!\n\ngoal!"


def test_at_most_two_follow_ups_and_none_twice(chat: Driver) -> None:
    chat.send("practice:user-growth")
    first = chat.answer("nada de eso")[0].data["probe"]
    second = chat.answer("tampoco")[0].data["probe"]
    assert "goal" in first
    assert "method" in second
    assert names(chat.answer("ni idea")) == ["scorecard"]


def test_a_worse_follow_up_answer_never_lowers_the_score(chat: Driver) -> None:
    chat.send("practice:user-growth")
    chat.answer("goal! method!")
    [card] = chat.answer("gate")
    assert card.data["card"].score == 80
    assert card.data["answer"] == "goal! method!"


def test_a_gated_answer_gets_no_follow_up_but_may_be_tried_again(chat: Driver) -> None:
    chat.send("practice:user-growth")
    assert names(chat.answer("gate")) == ["gate"]
    assert names(chat.send("retry")) == ["question"]
    assert names(chat.answer(WHOLE)) == ["scorecard"]
    assert [a.card.score for a in chat.attempts.values()] == [0, 100]


def test_an_interview_asks_every_question_once_and_ends_in_a_summary(chat: Driver) -> None:
    chat.send("interview:3")
    for number in (1, 2, 3):
        assert chat.said[-1].data["number"] == number
        chat.answer(WHOLE)
        chat.send("next")
    summary = chat.said[-1]
    assert summary.template == "summary"
    assert summary.data["mean"] == 100
    assert len({row.title for row in summary.data["rows"]}) == 3


def test_a_skipped_question_counts_as_zero_and_is_said_so(chat: Driver) -> None:
    chat.send("interview:3")
    chat.send("skip")
    for _ in range(2):
        chat.answer(WHOLE)
        chat.send("next")
    assert chat.said[-1].data["mean"] == 67
    assert chat.said[-1].data["skipped"] == 1


def test_skipping_a_follow_up_goes_to_the_scorecard(chat: Driver) -> None:
    chat.send("practice:user-growth")
    chat.answer("goal!")
    assert names(chat.send("skip")) == ["scorecard"]


def test_skipping_keeps_what_was_written(chat: Driver) -> None:
    chat.send("interview:3")
    chat.write("un principio")
    chat.send("skip")
    assert [t.text for t in chat.turns if t.kind == "not handed in"] == ["un principio"]


@pytest.mark.parametrize("aside", ["help", "privacy", "progress", "transcripts", "settings"])
def test_a_command_in_the_middle_keeps_the_answer(chat: Driver, aside: str) -> None:
    chat.send("practice:user-growth")
    chat.write("goal!")
    chat.send(aside)
    assert chat.session.state is State.DRAFTING
    assert chat.send("done")[0].template == "follow-up"


@pytest.mark.parametrize("kind", ["sticker", "photo", "voice", "empty"])
def test_a_stray_message_says_what_is_expected(chat: Driver, kind: str) -> None:
    chat.send("practice:user-growth")
    chat.write("goal!")
    [said] = chat.send(Stray(kind))
    assert (said.template, said.data["kind"], said.data["words"]) == ("expected", kind, 1)
    assert "done" in said.buttons[0][0].action


def test_an_edited_message_changes_the_answer_in_hand(chat: Driver) -> None:
    chat.send("practice:user-growth")
    chat.write("nada", "7")
    chat.send(Edited(WHOLE, "7"))
    assert chat.send("done")[0].data["card"].score == 100


@pytest.mark.parametrize("blank", ["", " \n"])
def test_an_emptied_message_is_no_part_of_the_answer(chat: Driver, blank: str) -> None:
    chat.send("practice:user-growth")
    chat.write("goal!", "7")
    chat.write("method!", "8")
    assert names(chat.send(Edited(blank, "7"))) == ["draft"]
    assert [part.text for part in chat.session.draft] == ["method!"]
    assert names(chat.send(Edited(blank, "8"))) == ["expected"]
    assert (chat.session.state, chat.session.draft) == (State.ASKED, ())
    assert names(chat.send("done")) == ["expected"]
    assert chat.attempts == {}


def test_a_blank_message_is_no_answer(chat: Driver) -> None:
    chat.send("practice:user-growth")
    chat.write(" ", "7")
    assert (chat.session.state, chat.session.draft) == (State.ASKED, ())


def test_a_draft_may_be_emptied_while_paused(chat: Driver) -> None:
    chat.send("practice:user-growth")
    chat.write("goal!", "7")
    chat.send("stop")
    chat.send(Edited("", "7"))
    assert (chat.session.state, chat.session.draft) == (State.PAUSED, ())
    chat.send("resume")
    assert chat.session.state is State.ASKED


def test_a_message_that_comes_again_longer_takes_its_own_place(chat: Driver) -> None:
    chat.send("practice:user-growth")
    chat.write("x" * 6_000, "7")
    assert names(chat.write("x" * 6_001, "7")) == ["draft"]
    assert [len(part.text) for part in chat.session.draft] == [6_001]


def test_an_edit_after_the_score_is_told_that_it_comes_late(chat: Driver) -> None:
    chat.send("practice:user-growth")
    chat.write(WHOLE, "7")
    chat.send("done")
    assert names(chat.send(Edited("otra cosa", "7"))) == ["edited-late"]


def test_the_same_message_delivered_twice_is_one_part(chat: Driver) -> None:
    chat.send("practice:user-growth")
    chat.write("goal!", "7")
    chat.write("goal!", "7")
    assert len(chat.session.draft) == 1


def test_an_endless_answer_is_stopped_and_what_came_before_is_kept(chat: Driver) -> None:
    chat.send("practice:user-growth")
    chat.write("goal!")
    assert names(chat.send(Text("x" * 100_000))) == ["too-long"]
    assert [part.text for part in chat.session.draft] == ["goal!"]


def test_stop_and_resume_come_back_to_the_same_question_and_answer(chat: Driver) -> None:
    chat.send("interview:5")
    chat.answer(WHOLE)
    chat.send("next")
    chat.write("goal!")
    asked = chat.session.question_id
    assert names(chat.send("stop")) == ["paused"]
    assert names(chat.send("start")) == ["resume-offer"]
    [again] = chat.send("resume")
    assert (again.data["number"], again.data["total"], again.data["words"]) == (2, 5, 1)
    assert (chat.session.question_id, chat.session.state) == (asked, State.DRAFTING)


def test_what_is_left_off_is_named_and_a_follow_up_comes_back_with_its_question(
    chat: Driver,
) -> None:
    chat.send("practice:user-growth")
    chat.answer("nada")
    chat.write("una parte " * 50)
    title = chat.bank.ask("user-growth").text("es").title
    assert chat.send("stop")[0].data["title"] == title
    assert chat.send("start")[0].data["title"] == title
    question, probe = chat.send("resume")
    assert (question.template, question.buttons) == ("question", ())
    assert probe.template == "follow-up"
    assert probe.data["tail"].startswith("…")
    assert probe.data["tail"].endswith("una parte ")
    assert len(probe.data["tail"]) <= 201
    assert names(chat.send("repeat")) == ["follow-up"]


def test_a_repeated_question_shows_what_is_written(chat: Driver) -> None:
    [asked] = chat.send("practice:user-growth")
    assert asked.data["tail"] == ""
    chat.write("goal!", "1")
    assert chat.send("repeat")[0].data["tail"] == "goal!"


def test_listo_with_nothing_written_in_a_follow_up_offers_the_score(chat: Driver) -> None:
    chat.send("practice:user-growth")
    chat.answer("nada")
    [said] = chat.send("done")
    offered = [button.label for row in said.buttons for button in row]
    assert offered == ["repeat", "skip-follow-up"]


def test_stopping_after_the_last_scorecard_is_the_end(chat: Driver) -> None:
    chat.send("practice:user-growth")
    chat.answer(WHOLE)
    assert names(chat.send("stop")) == ["summary"]


def test_finishing_a_paused_interview_shows_what_was_scored(chat: Driver) -> None:
    chat.send("interview:3")
    chat.answer(WHOLE)
    chat.send("next")
    chat.write("a medias")
    chat.send("stop")
    summary = chat.send("finish")[-1]
    assert summary.data["mean"] == 100
    assert summary.data["unasked"] == 2
    assert chat.turns[-1].kind == "not handed in"


@pytest.mark.parametrize("begin", ["interview:3", "practice:retention", "start:q_retention"])
def test_beginning_anew_asks_before_it_leaves_something(chat: Driver, begin: str) -> None:
    chat.send("practice:user-growth")
    chat.write("goal!")
    assert names(chat.send(begin)) == ["abandon"]
    assert chat.session.question_id == "user-growth"
    chat.send("decline")
    assert [part.text for part in chat.session.draft] == ["goal!"]
    chat.send(begin)
    assert names(chat.send("confirm")) == ["question"]
    assert chat.session.draft == ()
    assert [t.text for t in chat.turns if t.kind == "not handed in"] == ["goal!"]


def test_a_yes_without_a_question_is_stale(chat: Driver) -> None:
    chat.send("practice:user-growth")
    assert names(chat.send("confirm"))[0] == "stale"


def test_going_on_writing_withdraws_the_question_about_deleting(chat: Driver) -> None:
    chat.send("practice:user-growth")
    chat.send("delete")
    chat.write("goal!")
    assert names(chat.send("confirm"))[0] == "stale"
    assert chat.erased == 0


def test_a_reply_counts_only_where_it_was_asked_for(chat: Driver) -> None:
    chat.send("practice:user-growth")
    no = Text("no", "7", "decline")
    assert names(chat.send(no)) == ["draft"]
    chat.send("delete")
    assert names(chat.send(no))[0] == "kept"
    assert [part.text for part in chat.session.draft] == ["no"]
    chat.send("delete")
    assert names(chat.send(Text("sí", "8", "confirm"))) == ["erased"]


def test_after_deciding_not_to_delete_the_choices_are_shown_again(chat: Driver) -> None:
    chat.send("delete")
    kept, expected = chat.send("decline")
    assert names([kept, expected]) == ["kept", "expected"]
    assert expected.buttons
    chat.send("delete")
    (erased,) = chat.send("confirm")
    assert erased.buttons


def test_delete_erases_after_a_yes_and_forgets_the_session(chat: Driver) -> None:
    chat.send("practice:user-growth")
    chat.send("delete")
    assert names(chat.send("confirm")) == ["erased"]
    assert chat.erased == 1
    assert chat.session.state is State.IDLE


def test_retry_counts_the_best_try(chat: Driver) -> None:
    chat.send("practice:user-growth")
    chat.answer(WHOLE)
    chat.send("retry")
    chat.answer("gate")
    assert chat.send("next")[0].data["mean"] == 100


def test_the_two_interviewers_ask_differently(chat: Driver) -> None:
    chat.send("set:interviewer=on-the-spot")
    chat.send("practice:user-growth")
    assert "hoy" in chat.answer("nada")[0].data["probe"]
    chat.send("set:interviewer=experience")
    assert "hiciste" in chat.answer("nada")[0].data["probe"]


@pytest.mark.parametrize("kinds", [("experience",), ("on-the-spot",), ()])
def test_a_question_for_one_kind_of_interviewer_dead_ends_nobody(
    chat: Driver, kinds: tuple[str, ...]
) -> None:
    asked = chat.bank.questions["retention"]
    words = asked.texts["es"]
    fewer = {
        name: replace(text, follow_ups={k: text.follow_ups[k] for k in kinds})
        for name, text in words.criteria.items()
    }
    only = replace(asked, texts={"es": replace(words, criteria=fewer)})
    chat.bank = replace(chat.bank, questions={"retention": only})
    chat.send("practice:retention")
    told = names(chat.answer("nada"))
    assert told == (["follow-up"] if kinds else ["scorecard"])


@pytest.mark.parametrize("odd", ["set:interviewer=nobody", "set:lang=xx", "set:x", "set"])
def test_a_setting_nobody_knows_changes_nothing(chat: Driver, odd: str) -> None:
    before = chat.session.preferences
    assert names(chat.send(odd)) == ["settings"]
    assert chat.session.preferences == before


def test_an_unknown_question_is_said_so_and_the_list_is_shown(chat: Driver) -> None:
    assert names(chat.send("practice:nope")) == ["no-such-question", "choose-question"]


def test_the_list_of_questions_is_paged(chat: Driver) -> None:
    for page in ("0", "99", "-1", "²", "9" * 400):
        [said] = chat.send(parse(f"browse:{page}"))
        assert said.buttons


def test_an_introduction_is_asked_by_level(chat: Driver) -> None:
    assert names(chat.send("intro")) == ["choose-intro"]
    assert names(chat.send("intro:self-intro-graduate")) == ["choose-minutes"]
    assert names(chat.send("intro:self-intro-graduate.1")) == ["question"]
    assert chat.session.limit == 120
    assert chat.session.mode is Mode.INTRO


def test_what_is_typed_behind_an_introduction_does_not_stand_on_its_buttons(chat: Driver) -> None:
    asked = replace(chat.bank.questions["self-intro-graduate"], seconds=60)
    chat.bank = replace(chat.bank, questions={**chat.bank.questions, asked.id: asked})
    chat.send("practice:retention")
    chat.send(f"intro:{asked.id}.{'x' * 60}")
    assert chat.session.pending == f"intro:{asked.id}.1"


def test_a_question_the_bank_has_no_longer_is_left_behind(chat: Driver) -> None:
    chat.send("interview:3")
    chat.write("una parte", "1")
    gone = chat.session.question_id
    chat.bank = replace(chat.bank, questions=without(chat.bank.questions, gone))
    assert names(chat.write("otra parte", "2")) == ["withdrawn", "question"]
    assert chat.session.position == 1
    assert [t.text for t in chat.turns if t.kind == "not handed in"] == ["una parte\n\notra parte"]


def test_a_session_whose_questions_are_all_gone_ends(chat: Driver) -> None:
    chat.send("practice:retention")
    chat.bank = replace(chat.bank, questions=without(chat.bank.questions, "retention"))
    assert names(chat.send("help")) == ["withdrawn", "summary", "help"]
    assert chat.session.state is State.IDLE


def test_a_follow_up_on_a_criterion_that_is_gone_is_dropped(chat: Driver) -> None:
    chat.send("practice:retention")
    chat.answer("nada")
    asked = chat.bank.questions["retention"]
    shorter = replace(asked, criteria=asked.criteria[1:])
    chat.bank = replace(chat.bank, questions={**chat.bank.questions, "retention": shorter})
    assert names(chat.send("repeat"))[0] == "withdrawn"


@pytest.mark.parametrize("begin", ["practice:any", "interview:5"])
def test_an_empty_bank_dead_ends_nobody(chat: Driver, begin: str) -> None:
    chat.bank = replace(chat.bank, questions={})
    assert names(chat.send(begin)) == ["choose-question"]
    assert chat.session.state is State.IDLE
