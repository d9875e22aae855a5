"""Questions as the terminal shows them."""

from __future__ import annotations

import pytest

from bot.bank import load_bank
from bot.bank.show import UnknownQuestionError, list_questions, show_question
from bot.core.questions import Bank
from tests.bank.conftest import Folder


def test_a_list_has_one_line_a_question(bank: Folder) -> None:
    assert list_questions(load_bank(bank.root), "es") == [
        "first-users  growth  operations  2.5 min  Primeros usuarios"
    ]


def test_an_empty_bank_has_an_empty_list() -> None:
    assert list_questions(Bank("1", "", ("es",), {}), "es") == []


def test_a_language_without_texts_shows_the_first(bank: Folder) -> None:
    assert "Primeros usuarios" in list_questions(load_bank(bank.root), "zh")[0]


def test_a_question_is_shown_whole(bank: Folder) -> None:
    assert (
        show_question(load_bank(bank.root), "first-users", "es")
        == """\
Primeros usuarios (first-users)
growth, operations, 2.5 min
Roles: product-manager
Levels: graduate

Prompt
  ¿Cómo conseguirías los primeros usuarios?

Put differently
  La app está vacía. ¿De dónde sacas gente?

Criteria
   60  Canales (channels, content)
       que compares canales
       experience: ¿Cuál usaste?
       on-the-spot: ¿Cuál usarías?
   40  Efecto (effect, effect)
       que digas qué cambió
       experience: ¿Qué cambió?
       on-the-spot: ¿Qué esperas?

Hint
  Piensa en dónde están.

Model answer
  Primero miro los canales.
  Después pruebo dos."""
    )


def test_a_slip_in_the_id_is_put_right(bank: Folder) -> None:
    with pytest.raises(UnknownQuestionError) as caught:
        show_question(load_bank(bank.root), "frist-user", "es")
    assert str(caught.value) == "there is no question 'frist-user'; did you mean first-users?"


def test_a_wholly_unknown_id_leads_to_the_list(bank: Folder) -> None:
    with pytest.raises(KeyError) as caught:
        show_question(load_bank(bank.root), "zzz", "es")
    assert str(caught.value) == "there is no question 'zzz'; `bank list` shows all of them"
