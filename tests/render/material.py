"""What the samples are about, in each language: a bank, sessions, an answer with its card."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from bot.core.models import (
    Attempt,
    Error,
    Evidence,
    Manner,
    Mode,
    Part,
    Preferences,
    Score,
    Scorecard,
    Session,
    Share,
    State,
    Target,
    Transcript,
    Turn,
)
from bot.core.questions import Bank, Fact, FactText, Lang, Rule
from bot.core.setup import LEVELS
from tests.support.banks import TOPICS, WORDINGS, small_bank

AT = datetime(2026, 11, 14, 9, 30, tzinfo=UTC)


@dataclass(frozen=True)
class Spoken:
    """What people write and read in a language; `{}` is the odd text that may break markup.

    `goal`, `method` and `vague` stand in `answer`, word for word.
    """

    answer: str
    goal: tuple[str, str]
    method: str
    vague: str
    error: str
    title: str
    prompt: str
    greeting: str
    asked: tuple[str, str, str, str]
    rephrased: str
    probe: str
    fact: str
    reply: str
    unfinished: str
    topic: str
    role: str
    levels: tuple[str, str]
    product: tuple[str, str]
    knows: tuple[str, str, str]


SPOKEN: Mapping[Lang, Spoken] = {
    "es": Spoken(
        answer="Medí goal porque importa. Con method {} subimos del 20 al 35 % en tres meses.",
        goal=("goal", "subimos del 20 al 35 %"),
        method="method {}",
        vague="porque importa",
        error="Eso no {}.",
        title="Retención {}",
        prompt="¿{}?",
        greeting="Hola",
        asked=(
            "¿Qué harías?",
            "¿Cómo crecerías?",
            "¿Cómo conoces a tus usuarios?",
            "¿Qué experimento hiciste?",
        ),
        rephrased="Tus usuarios se van. ¿Por dónde empiezas? {}",
        probe="¿Y qué más? {}",
        fact="La mitad se va la primera semana. {}",
        reply="No lo recuerdo <i>bien</i>.",
        unfinished="Empezaría {}",
        topic="Tema",
        role="Jefatura de producto",
        levels=("Estoy empezando", "Ya trabajé en esto"),
        product=("Rumbo", "Ruta"),
        knows=("conductores", "una suscripción", "los que repiten a los tres meses"),
    ),
    "en": Spoken(
        answer="I measured goal because it matters. With method {} we rose from 20 to 35% in May.",
        goal=("goal", "we rose from 20 to 35%"),
        method="method {}",
        vague="because it matters",
        error="That is not {}.",
        title="Retention {}",
        prompt="{}?",
        greeting="Hello",
        asked=(
            "What would you do?",
            "How would you grow?",
            "How do you know your users?",
            "Which experiment did you run?",
        ),
        rephrased="Your users leave. Where do you begin? {}",
        probe="And what else? {}",
        fact="Half of them leave in the first week. {}",
        reply="I do not remember it <i>well</i>.",
        unfinished="I would begin {}",
        topic="Topic",
        role="Product manager",
        levels=("I am starting out", "I have done this work"),
        product=("Harbor", "Compass"),
        knows=("drivers", "a subscription", "drivers back after three months"),
    ),
    "zh": Spoken(
        answer="我衡量了目标，因为这很重要。用方法 {}，三个月里从 20% 提高到 35%。",
        goal=("目标", "从 20% 提高到 35%"),
        method="方法 {}",
        vague="因为这很重要",
        error="不是 {}。",
        title="留存 {}",
        prompt="{}？",
        greeting="你好",
        asked=("你会怎么做？", "你会怎么增长？", "你怎么了解用户？", "你做过什么实验？"),
        rephrased="用户正在流失，你会从哪里入手？{}",
        probe="还有呢？{}",
        fact="有一半用户在第一周就离开了。{}",
        reply="我记得不<i>清楚</i>了。",
        unfinished="我会先 {}",
        topic="主题",
        role="产品经理",
        levels=("刚入行", "做过这类工作"),
        product=("远航", "罗盘"),
        knows=("司机", "会员费", "三个月后还在用的人数"),
    ),
}


class Material:
    """All the samples need, in a language; `odd` is what stands where a person typed anything."""

    def __init__(self, lang: Lang, odd: str) -> None:
        assert lang in SPOKEN, f"write `{lang}` in SPOKEN, tests/render/material.py"
        assert lang in WORDINGS, f"write `{lang}` in WORDINGS, tests/support/banks.py"
        self.lang = lang
        self.odd = odd
        self.spoken = SPOKEN[lang]
        self.answer = self.spoken.answer.format(odd)
        self.bank = self._bank()
        self.asked = self.bank.ask("retention")
        self.case = replace(self.asked, kind="case")
        self.target = Target(*self.spoken.product, *self.spoken.knows)
        self.preferences = Preferences(lang=lang)
        self.idle = Session(chat="1", preferences=self.preferences)
        self.open = replace(
            self.idle,
            id="s1",
            state=State.ASKED,
            mode=Mode.INTERVIEW,
            plan=("retention", "user-growth"),
        )
        parts = (Part("1", self.spoken.greeting), Part("2", odd))
        self.draft = replace(self.open, state=State.DRAFTING, draft=parts)
        self.probed = replace(self.open, probing="goal", probed=("goal",))
        self.practice = replace(self.open, mode=Mode.PRACTICE, plan=("retention",))
        self.real = replace(self.open, manner=Manner.REAL, limit=240)

    def _bank(self) -> Bank:
        """The small bank, with a question whose words hold odd text and which has all there is:
        a form for a target, one put differently, a fact told with the follow-up on `method`."""
        found = small_bank((self.lang,))
        asked = found.ask("retention")
        text = asked.text(self.lang)
        goal, method = text.criteria["goal"], text.criteria["method"]
        probes = dict.fromkeys(goal.follow_ups, self.spoken.probe.format(self.odd))
        goal, method = replace(goal, follow_ups=probes), replace(method, name=self.odd)
        prompt = self.spoken.prompt.format(self.odd)
        text = replace(
            text,
            title=self.spoken.title.format(self.odd),
            prompt=prompt,
            target_prompt=prompt,
            rephrased=self.spoken.rephrased.format(self.odd),
            criteria={**text.criteria, "goal": goal, "method": method},
            facts={"weeks": FactText(self.spoken.fact.format(self.odd), ())},
        )
        told, rules = (Fact("weeks", "method"),), {"goal": Rule.TRANSFER, "result": Rule.EFFECT}
        criteria = tuple(c._replace(rule=rules.get(c.id, c.rule)) for c in asked.criteria)
        asked = replace(asked, criteria=criteria, facts=told, texts={self.lang: text})
        questions = {**found.questions, "retention": asked}
        name = WORDINGS[self.lang].name
        names = {f"topic.{topic}": name(topic).capitalize() for topic in TOPICS.values()}
        names["role.product-manager"] = self.spoken.role
        names |= {f"level.{k}": v for k, v in zip(LEVELS, self.spoken.levels, strict=True)}
        return replace(found, questions=questions, names={self.lang: names})

    def evidence(self, *words: str) -> tuple[Evidence, ...]:
        """Where the words stand in the answer."""
        found = [word.format(self.odd) for word in words]
        return tuple(Evidence(at := self.answer.index(w), at + len(w), w) for w in found)

    def card(self, **changes: object) -> Scorecard:
        """A card with a criterion backed, one named, one absent, and an error."""
        made = Scorecard(
            "retention",
            self.lang,
            62,
            3,
            scores=(
                Score("goal", 3, 50, 50, self.evidence(*self.spoken.goal)),
                Score("method", 1, 10.0, 30, self.evidence(self.spoken.method)),
                Score("result", 0, 0, 20),
            ),
            missing="result",
            would_be=74,
            errors=(self.error(*self.vague()),),
            shares=(Share("content", 24, 48), Share("hollow", -3, 0), Share("errors", -4, 0)),
            hollow=self.vague(),
        )
        return replace(made, **changes)  # type: ignore[arg-type]

    def error(self, *evidence: Evidence) -> Error:
        """Something the answer has wrong."""
        return Error("x", self.spoken.error.format(self.odd), evidence)

    def vague(self) -> tuple[Evidence, ...]:
        """What the answer could do without."""
        return self.evidence(self.spoken.vague)

    def scored(self, made: Scorecard, first: int | None = None, **changes: object) -> Session:
        """A session whose answer got this card."""
        base = replace(self.open, state=State.FEEDBACK, card=made, answer=self.answer)
        base = replace(base, first_score=made.score if first is None else first)
        return replace(base, **changes)  # type: ignore[arg-type]

    def transcript(self) -> Transcript:
        """An interview: one question probed and scored, one gated, one left in the middle."""
        spoken = self.spoken
        said = [
            ("interviewer", "question", "retention", spoken.asked[0]),
            ("candidate", "answer", "retention", self.answer),
            ("interviewer", "fact", "retention", spoken.fact.format(self.odd)),
            ("interviewer", "follow-up", "retention", spoken.probe.format(self.odd)),
            ("candidate", "follow-up answer", "retention", spoken.reply),
            ("interviewer", "question", "user-growth", spoken.asked[1]),
            ("candidate", "answer", "user-growth", "SEO"),
            ("interviewer", "question", "user-needs", spoken.asked[2]),
            ("candidate", "not handed in", "user-needs", spoken.unfinished.format(self.odd)),
            ("interviewer", "question", "ab-experiment", spoken.asked[3]),
        ]
        turns = tuple(Turn("s1", n, *fields, AT) for n, fields in enumerate(said, 1))
        gated = Scorecard("user-growth", self.lang, 5, 1, gate="too-short")
        attempts = (
            self.attempt("a1", self.answer, self.card(), 40),
            self.attempt("a2", "SEO", gated, 5),
        )
        return Transcript("s1", Mode.INTERVIEW, AT, turns, attempts)

    def attempt(self, id_: str, answer: str, made: Scorecard, first: int) -> Attempt:
        """An attempt as kept."""
        text = self.bank.ask(made.question_id).text(self.lang)
        names = {key: criterion.name for key, criterion in text.criteria.items()}
        return Attempt(
            id_, "s1", made.question_id, "topic", text.title, self.lang, answer, first, made, AT,
            "2026.1", "ab" * 32, names,
        )  # fmt: skip
