"""What came of it all: the end of an interview, shares of words, how words are counted."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core import results, words
from bot.core.airtime import shares
from bot.core.events import Edited
from bot.core.models import Evidence, Reached, Result, Score, Scorecard, State, Transcript
from bot.core.review import exchanges
from tests.core.driver import WHOLE, Driver, buttons, names
from tests.support.banks import small_bank

BANK = small_bank()


def reached(name: str, points: float, full: float = 50) -> Reached:
    return Reached(name, 1, points, full)


def test_the_end_of_an_interview_has_all_there_is_to_say(rich: Driver) -> None:
    rich.send("interview:3")
    rich.answer("goal method! result!")
    rich.answer("goal!")
    rich.send("next")
    rich.send("skip")
    rich.answer("goal+ method+ result+")
    rich.send("next")
    end = rich.said[-1]
    assert (end.template, end.picture) == ("summary", "interview")
    data = end.data
    assert [(row.score, row.first) for row in data["rows"]] == [(100, 67), (None, None), (67, 67)]
    assert (data["mean"], data["first_mean"], data["skipped"], data["unasked"]) == (56, 45, 1, 0)
    assert data["criteria"] == [("result", 83)]
    assert data["seconds"] == sum(row.seconds for row in data["rows"])
    assert data["limit"] == sum(row.limit for row in data["rows"]) > 0
    assert [item["criterion"] for item in data["todo"]] == ["goal", "method", "result"]
    practised = [b.action for row in end.buttons for b in row if b.label == "practise"]
    assert practised == [f"practice:{rich.session.plan[2]}"]
    assert names(rich.send(practised[0])) == ["question"]


def test_an_interview_without_an_answer_has_no_chart_and_nothing_to_practise(
    rich: Driver,
) -> None:
    rich.send("interview:3")
    for _ in range(3):
        rich.send("skip")
    end = rich.said[-1]
    assert (end.data["mean"], end.data["todo"], end.picture) == (0, [], "")
    assert {"interview", "practice", "intro"} == set(buttons([end]))
    assert names(rich.send("chart")) == ["chart"]
    assert rich.said[-1].picture == ""


def test_the_chart_is_that_of_the_last_interview(rich: Driver) -> None:
    rich.send("chart")
    assert rich.said[-1].picture == ""
    rich.send("interview:1")
    rich.answer(WHOLE)
    rich.send("next")
    rich.send("chart")
    assert rich.said[-1].picture == "interview"
    rich.send("interview:3")
    rich.answer(WHOLE)
    assert rich.send("chart")[0].picture == "", "of one that is under way there is none"


def test_three_things_to_do_each_criterion_and_question_once_the_most_first() -> None:
    found = results.to_do(
        [
            Result("a", 10, reached=(reached("goal", 10), reached("effect", 0, 30))),
            Result("b", 10, reached=(reached("goal", 5), reached("method", 0, 20))),
            Result("c", 10, reached=(reached("effect", 10, 30), reached("goal", 49))),
            Result("d", 10, reached=(reached("other", 0, 10),)),
        ]
    )
    assert [(one.question_id, one.criterion) for one in found] == [
        ("b", "goal"),
        ("a", "effect"),
        ("d", "other"),
    ]


def test_a_question_named_like_a_criterion_is_no_criterion() -> None:
    found = results.to_do(
        [
            Result("retention", reached=(reached("goal", 0),)),
            Result("b", reached=(reached("retention", 0, 20),)),
        ]
    )
    assert len(found) == 2


results_ = st.lists(
    st.builds(
        Result,
        question_id=st.sampled_from(["retention", "user-growth", "gone"]),
        score=st.none() | st.integers(0, 100),
        reached=st.lists(
            st.builds(
                Reached,
                id=st.sampled_from(["goal", "method", "result", "x"]),
                level=st.integers(0, 3),
                points=st.floats(0, 20),
                max=st.just(20.0),
            ),
            max_size=4,
        ).map(tuple),
    ),
    max_size=8,
)


@given(results_)
def test_whatever_the_results_the_end_adds_up(found: list[Result]) -> None:
    todo = results.to_do(found)
    assert len(todo) <= results.TO_DO
    assert len({one.criterion for one in todo}) == len(todo)
    assert [one.gain for one in todo] == sorted((one.gain for one in todo), reverse=True)
    assert all(
        name == "result" and 0 <= share <= 100 for name, share in results.across(found, BANK)
    )
    mean = results.mean(one.score for one in found)
    assert (mean is None) == (not found)
    assert mean is None or 0 <= mean <= 100


# --- shares of words --------------------------------------------------------------------------


def card_of(answer: str, **spans: str) -> Scorecard:
    """A card whose criteria have these words of the answer as evidence, "" for none."""
    scores = tuple(
        Score(name, 1, 1, 50, (_found(answer, words_),) if words_ else ())
        for name, words_ in spans.items()
    )
    return Scorecard("q", "es", 50, 3, scores=scores)


def _found(answer: str, words_: str) -> Evidence:
    start = answer.index(words_)
    return Evidence(start, start + len(words_), words_)


def test_a_sentence_counts_for_what_it_earned_in_equal_parts() -> None:
    answer = "Soy de Lima. Vendí y aprendí allí. Eso es todo hoy. 增长。"
    card = card_of(answer, logic="Lima", results="Vendí", learning="aprendí", none="")
    assert shares(answer, card) == {"logic": 23, "results": 15, "learning": 15, "none": 0}


def test_of_an_empty_answer_no_share_is_given() -> None:
    assert shares("", card_of("", logic="")) == {"logic": 0}


def test_a_decimal_point_ends_no_sentence() -> None:
    answer = "Subió 3.5 puntos. Nada más dije."
    assert shares(answer, card_of(answer, results="puntos")) == {"results": 50}


@given(
    st.lists(st.sampled_from(["uno", "dos", ".", "!", "3.5", "。", "增长", " ", "\n", "a.b"])),
    st.data(),
)
def test_shares_never_come_to_more_than_all_words(parts: list[str], data: st.DataObject) -> None:
    answer = "".join(parts)
    span = st.tuples(st.integers(0, len(answer)), st.integers(0, len(answer)))
    spans = data.draw(st.lists(span.map(sorted), max_size=4))
    scores = tuple(
        Score(str(number), 1, 1, 50, (Evidence(start, end, answer[start:end]),))
        for number, (start, end) in enumerate(spans)
    )
    found = shares(answer, Scorecard("q", "es", 50, 3, scores=scores))
    assert set(found) == {score.id for score in scores}
    assert sum(found.values()) <= 100 + len(scores) / 2, "but for rounding"


def test_an_introduction_shows_them_and_other_answers_do_not(rich: Driver) -> None:
    rich.send("intro:self-intro-graduate.1")
    [card] = rich.answer("goal! method! result!")
    assert set(card.data["airtime"]) == {"goal", "method", "result"}
    assert (card.data["spoken"], card.data["limit"]) == (1, 120)
    rich.send("next")
    rich.send("practice:retention")
    assert rich.answer(WHOLE)[0].data["airtime"] == {}


# --- words ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        (" \n", 0),
        ("uno dos", 2),
        ("¿Qué tal, señor?", 3),
        ("我做了增长", 5),
        ("我做了增长，提高了留存。", 10),
        ("DAU从41%降到33%", 6),
        ("【目标】：增长！", 4),
        ("用户 — 留存……", 4),
        ("subió — y bajó", 3),
        ("👍 bien", 1),
    ],
)
def test_every_chinese_character_is_a_word_and_no_mark_is(text: str, count: int) -> None:
    assert words.count(text) == count


@given(st.text(max_size=30), st.text(max_size=30))
def test_words_add_up(one: str, two: str) -> None:
    assert words.count(f"é{one}\né{two}") == words.count(f"é{one}") + words.count(f"é{two}")


# --- what is read again -----------------------------------------------------------------------


def read(chat: Driver) -> Transcript:
    """The session in hand as it would be read again."""
    attempts = tuple(one for one in chat.attempts.values() if one.session_id == chat.session.id)
    turns = tuple(turn for turn in chat.turns if turn.session_id == chat.session.id)
    return Transcript(chat.session.id, chat.session.mode, chat.now, turns, attempts)


def test_a_transcript_has_facts_other_words_and_all_that_was_written(rich: Driver) -> None:
    rich.send("practice:growth-case")
    rich.write("¿Qué presupuesto hay?")
    rich.answer("gate")
    rich.answer("goal! method!")
    rich.write("una idea más")
    rich.send("skip")
    [one] = exchanges(read(rich))
    [fact], (differently, probe) = one.facts, one.follow_ups
    assert ("euros" in fact, "manera" in differently, "result" in probe) == (True, True, True)
    assert one.attempt is not None
    assert one.attempt.answer == "goal! method!"
    assert one.unscored == ("gate", "una idea más"), "an inquiry is none of it"


def test_what_was_left_unsaid_is_shown_though_its_words_stand_elsewhere(rich: Driver) -> None:
    rich.send("practice:retention")
    rich.answer("goal! method! y un resto")
    rich.write("un resto")
    rich.send("skip")
    assert exchanges(read(rich))[0].unscored == ("un resto",)


def test_an_answer_in_several_messages_is_scored_whole(rich: Driver) -> None:
    rich.send("practice:retention")
    rich.write("goal!")
    rich.answer("method!")
    rich.answer("result!")
    assert exchanges(read(rich))[0].unscored == ()


def test_each_try_is_an_exchange_with_its_own_attempt(rich: Driver) -> None:
    rich.send("practice:retention")
    rich.answer("gate")
    rich.answer("gate")
    rich.send("retry")
    rich.answer(WHOLE)
    first, second = exchanges(read(rich))
    assert (first.attempt and first.attempt.card.gate) == "too-short"
    assert second.attempt is not None
    assert second.attempt.card.score == 100


def test_an_emptied_answer_to_a_question_put_differently_is_none(rich: Driver) -> None:
    rich.send("practice:retention")
    rich.answer("gate")
    rich.write("goal!", "9")
    rich.send(Edited("", "9"))
    assert rich.session.state is State.ASKED
    assert names(rich.send("done")) == ["expected"]
    assert replace(rich.session).draft == ()
