"""The scorer: an answer and a bank in, a scorecard out; the same ones always give the same."""

from __future__ import annotations

from dataclasses import replace

from bot.core import words
from bot.core.models import Occasion, Scorecard, Target
from bot.core.questions import Bank, Lang, Question
from bot.scoring.advice import best_gain
from bot.scoring.copies import Copies
from bot.scoring.detection import Detector
from bot.scoring.guards import Suspect, bareness, gate, is_injection
from bot.scoring.handful import handful
from bot.scoring.language import Language
from bot.scoring.matching import PhraseBook
from bot.scoring.reading import Reading, read
from bot.scoring.rubric import USUAL, Judgement, Rubric, Telling
from bot.scoring.subject import Subjects
from bot.scoring.target import marked
from bot.scoring.weighing import Weighing

BARE_OCCASION = Occasion()
INSTRUCTIONS = "injection"
TRICKS = (INSTRUCTIONS, "list", "echo", "repetition", "model-copy")  # no honest addition is one
MANY = 200  # questions from which not every model answer is known, for all would have to be read
FEW = 30  # words from which it can be told that they are a list
# What sentences have and lists have not, taken from the share of words in phrases: an order of
# words, many phrases that share them; and what lists have, added. By regression on 770 honest
# answers, with and without accents, and 960 lists of the bank's phrases.
FLOWING, VARIED, BARE = 0.9, 0.35, 0.55
COMMAS, BREATH = 10, 0.18  # commas without a stop from which less is needed to be a list


class Scorer:
    """Scores answers to the questions of one bank; compiles each question when first needed."""

    def __init__(self, bank: Bank) -> None:
        """Keeps `bank`; a language is offered when the bank has a lexicon of it."""
        self._bank = bank
        self._languages = {
            lang: Language(lang, lexicon) for lang, lexicon in sorted(bank.lexicons.items())
        }
        self._detector = Detector(self._languages)
        self._rubrics: dict[tuple[str, Lang], Rubric] = {}
        self._injections: dict[Lang, PhraseBook] = {}
        self._hollow: dict[Lang, PhraseBook] = {}
        self._copies: dict[Lang, Copies] = {}
        self._subjects: dict[Lang, Subjects] = {}
        self._handfuls: dict[Lang, list[Question]] = {}
        self._weighings: dict[str, Weighing] = {}

    def score(
        self,
        question_id: str,
        text: str,
        lang: Lang = "es",
        occasion: Occasion = BARE_OCCASION,
        *,
        model: bool = False,
    ) -> Scorecard:
        """The scorecard of `text` as an answer to a question; raises `KeyError` for none such.

        `lang` is the language expected; an answer in another one is scored in that one when the
        question has a text in it, else it meets the gate `wrong-language`. On an `occasion` with a
        target, to speak of that counts as meaning the company; where something was added, the
        whole meets the gate its new part would, for two tricks must not dilute each other.
        `model`: it is a model answer, scored as if nobody knew it.
        """
        trick = self._trick(question_id, occasion.added, lang)
        return trick or self._score(question_id, text, lang, occasion.target, model)

    def _score(
        self, question_id: str, text: str, lang: Lang, target: Target, model: bool
    ) -> Scorecard:
        question = self._bank.ask(question_id)
        reading, spoken = self._read(text, lang)
        offered = spoken if spoken in question.texts and spoken in self._languages else None
        known = offered or next((one for one in question.texts if one in self._languages), None)
        if known is None:
            return self._gated(question, lang, "wrong-language")
        rubric, language = self._rubric(question, known), self._languages[known]
        if reading.language is not language:
            reading = read(text, language)
        suspect = Suspect(
            reading, rubric, language, self._injection_book(known), self._copied(known)
        )
        if is_injection(suspect):  # in whatever language: instructions come before that
            return self._gated(question, known, "injection")
        if offered is None:
            return self._gated(question, spoken or lang, "wrong-language")
        closed = gate(suspect, model=model)
        if closed is not None:
            return self._gated(question, known, closed)
        reading = marked(reading, target)
        judgement = rubric.judge(reading, self._subject(known).fit(question, reading))
        if self._is_listed(judgement, reading):
            return self._gated(question, known, "list")
        return self._card(question, known, judgement)

    def _trick(self, question_id: str, added: str, lang: Lang) -> Scorecard | None:
        """The card of what was added to an answer, if that is a trick by itself; else None.

        A few words may well be a list, or what the question said.
        """
        if not added:
            return None
        card = self.score(question_id, added, lang)
        if card.gate not in TRICKS:
            return None
        return card if card.gate == INSTRUCTIONS or words.count(added) >= FEW else None

    def _read(self, text: str, lang: Lang) -> tuple[Reading, Lang | None]:
        """A text read in the language expected or, for lack of it, any; and the one it is in."""
        expected = self._languages.get(lang) or next(iter(self._languages.values()))
        reading = read(text, expected)
        return reading, self._detector.detect(reading, lang)

    def _is_listed(self, judgement: Judgement, reading: Reading) -> bool:
        """Whether an answer is made of phrases of the bank, with nothing told around them."""
        ladder = self._bank.weights.get("ladder", {})
        han = reading.language.han
        if judgement.density > ladder.get("dense_han" if han else "dense", 1.0):
            return True
        inside, phrases = judgement.listed
        one_breath = reading.stops <= 1 and reading.commas >= COMMAS
        if han:
            return one_breath and inside > ladder.get("listed_han", 1.0)
        if len(reading.words) < FEW:
            return False
        flow = self._copied(reading.language.lang).flow.of(reading)
        told = FLOWING * flow + VARIED * phrases - BARE * bareness(reading)
        return inside - told > ladder.get("listed", 2.0) - BREATH * one_breath

    def _card(self, question: Question, lang: Lang, judgement: Judgement) -> Scorecard:
        weighing = self._weighings.get(question.id)
        if weighing is None:
            weighing = self._weighings[question.id] = Weighing(self._bank, question)
        weighed = weighing.weigh(judgement)
        gain = best_gain(judgement, question.criteria, weighing, weighed.total)
        scores = [
            replace(score, points=points, max=most)
            for score, points, most in zip(
                judgement.scores, weighed.criteria, weighing.most, strict=True
            )
        ]
        return Scorecard(
            question_id=question.id,
            lang=lang,
            score=weighed.total,
            band=weighing.band(weighed.total),
            scores=tuple(scores),
            missing=gain.criterion if gain else None,
            would_be=gain.would_be if gain else None,
            errors=judgement.errors,
            shares=weighing.receipt(weighed),
            hollow=judgement.hollow,
            said=judgement.said,
            talk=judgement.talk,
            denials=judgement.denials if weighing.is_denied(judgement) else (),
        )

    def _gated(self, question: Question, lang: Lang, name: str) -> Scorecard:
        score = round(self._bank.weights.get("gates", {}).get(name, 0))
        return Scorecard(question.id, lang, score, band=1, gate=name)

    def _rubric(self, question: Question, lang: Lang) -> Rubric:
        key = (question.id, lang)
        if key not in self._rubrics:
            self._rubrics[key] = Rubric(
                question,
                question.texts[lang],
                self._languages[lang],
                self._hollow_book(lang),
                self._telling(lang),
            )
        return self._rubrics[key]

    def _telling(self, lang: Lang) -> Telling:
        table = self._bank.weights.get("telling", {})
        return Telling(
            table.get("passing", USUAL.passing),
            table.get(lang, USUAL.dwelt),
            table.get("each", USUAL.each),
        )

    def _hollow_book(self, lang: Lang) -> PhraseBook:
        if lang not in self._hollow:
            language = self._languages[lang]
            phrases = [("hollow", phrase) for phrase in language.lexicon.get("hollow")]
            self._hollow[lang] = PhraseBook(phrases, language)
        return self._hollow[lang]

    def _injection_book(self, lang: Lang) -> PhraseBook:
        if lang not in self._injections:
            phrases = [
                ("injection", phrase)
                for one in self._bank.lexicons.values()
                for phrase in one.get("injection")
            ]
            self._injections[lang] = PhraseBook(phrases, self._languages[lang])
        return self._injections[lang]

    def _copied(self, lang: Lang) -> Copies:
        if lang not in self._copies:
            few = self._handful(lang)
            known = list(self._bank.questions.values())
            self._copies[lang] = Copies(
                lang, self._languages[lang], few, known if len(known) <= MANY else few
            )
        return self._copies[lang]

    def _subject(self, lang: Lang) -> Subjects:
        if lang not in self._subjects:
            few = self._handful(lang)
            self._subjects[lang] = Subjects(lang, self._languages[lang], few)
        return self._subjects[lang]

    def _handful(self, lang: Lang) -> list[Question]:
        if lang not in self._handfuls:
            self._handfuls[lang] = handful(self._bank, lang)
        return self._handfuls[lang]
