"""A small bank made in code, so that core and runtime are tested without the real content."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from bot.core.questions import (
    Bank,
    Criterion,
    CriterionText,
    Derived,
    Fact,
    FactText,
    Figure,
    Lang,
    Question,
    QuestionText,
    Rule,
)

TOPICS = {
    "user-growth": "growth",
    "retention": "retention",
    "data-operations": "data",
    "user-needs": "users",
    "ab-experiment": "experiments",
    "self-intro-graduate": "self-introduction",
}


@dataclass(frozen=True)
class Wording:
    """How the bank speaks in a language: `{}` is a criterion, a question or a topic.

    `names` puts words in place of ids, where those do not read as words of the language.
    """

    looks_for: str
    advice: str
    follow_ups: Mapping[str, str]
    prompt: str
    hint: str
    model_answer: str
    names: Mapping[str, str] = field(default_factory=dict)

    def name(self, key: str) -> str:
        """The word for an id."""
        return self.names.get(key, key)


WORDINGS: Mapping[Lang, Wording] = {
    "es": Wording(
        looks_for="que hables de {}",
        advice="Habla de {}.",
        follow_ups={
            "experience": "¿Qué hiciste tú con {}?",
            "on-the-spot": "¿Qué harías hoy con {}?",
        },
        prompt="¿Qué harías con {}?",
        hint="Piensa en {}.",
        model_answer="Una respuesta modelo de {}.",
    ),
    "en": Wording(
        looks_for="that you speak about {}",
        advice="Speak about {}.",
        follow_ups={
            "experience": "What did you do with {}?",
            "on-the-spot": "What would you do with {}?",
        },
        prompt="What would you do with {}?",
        hint="Think about {}.",
        model_answer="A model answer about {}.",
    ),
    "zh": Wording(
        looks_for="谈到{}",
        advice="说说{}。",
        follow_ups={
            "experience": "关于{}，你做过什么？",
            "on-the-spot": "关于{}，你今天会怎么做？",
        },
        prompt="关于{}，你会怎么做？",
        hint="想想{}。",
        model_answer="一个关于{}的参考回答。",
        names={
            **{"goal": "目标", "method": "方法", "result": "结果"},
            **{"growth": "增长", "retention": "留存", "data": "数据", "users": "用户"},
            **{"experiments": "实验", "self-introduction": "自我介绍", "user-growth": "用户增长"},
            **{"data-operations": "数据运营", "user-needs": "用户需求"},
            **{"ab-experiment": "对照实验", "self-intro-graduate": "应届生自我介绍"},
        },
    ),
}


def criterion_text(name: str, lang: Lang = "es") -> CriterionText:
    """A criterion whose concept is its own name."""
    wording = WORDINGS[lang]
    said = wording.name(name)
    return CriterionText(
        said,
        wording.looks_for.format(said),
        wording.advice.format(said),
        {kind: text.format(said) for kind, text in wording.follow_ups.items()},
        (said,),
    )


def question_text(question_id: str, topic: str, lang: Lang = "es") -> QuestionText:
    """A question's text in a language of `WORDINGS`."""
    wording = WORDINGS[lang]
    said = wording.name(question_id)
    return QuestionText(
        title=said.replace("-", " ").capitalize(),
        prompt=wording.prompt.format(said),
        hint=wording.hint.format(wording.name(topic)),
        model_answer=wording.model_answer.format(said),
        criteria={name: criterion_text(name, lang) for name in ("goal", "method", "result")},
    )


def question(question_id: str, topic: str, languages: Sequence[Lang] = ("es",)) -> Question:
    """A question with three criteria: `goal` 50, `method` 30, `result` 20."""
    return Question(
        id=question_id,
        topic=topic,
        kind="self-intro" if topic == "self-introduction" else "operations",
        roles=("product-operations",),
        levels=("graduate", "experienced"),
        interviewers=("experience", "on-the-spot"),
        seconds=120,
        criteria=(
            Criterion("goal", 50),
            Criterion("method", 30),
            Criterion("result", 20, Rule.EFFECT),
        ),
        texts={lang: question_text(question_id, topic, lang) for lang in languages},
    )


def small_bank(languages: Sequence[Lang] = ("es",)) -> Bank:
    """Six questions in as many topics, Spanish only if nothing else is asked for."""
    questions = {name: question(name, topic, languages) for name, topic in TOPICS.items()}
    return Bank("test", "0" * 64, tuple(languages), questions)


# --- with all an interview may come to ---------------------------------------------------------

CASES = ("growth-case", "retention-case")
REPHRASED: Mapping[Lang, str] = {
    "es": "Dicho de otra manera: ¿cómo sería {}?",
    "en": "Put differently: how would {} go?",
    "zh": "换个说法：{}会怎样？",
}
TARGETED: Mapping[Lang, str] = {
    "es": "En {company}, {product} tiene {users} usuarios. ¿Qué harías?",
    "en": "At {company}, {product} has {users} users. What would you do?",
    "zh": "在{company}，{product}有{users}个用户。你会怎么做？",
}
PLAIN: Mapping[Lang, str] = {
    "es": "Un producto tiene {users} usuarios. ¿Qué harías?",
    "en": "A product has {users} users. What would you do?",
    "zh": "一个产品有{users}个用户。你会怎么做？",
}
FACTS: Mapping[Lang, Mapping[str, FactText]] = {
    "es": {
        "budget": FactText("Hay {users} euros.", ("presupuesto", "cuánto dinero")),
        "staying": FactText("Se quedan {staying}.", ("cuantos quedan",)),
    },
    "en": {
        "budget": FactText("There are {users} euros.", ("budget", "how much money")),
        "staying": FactText("{staying} stay.", ("how many stay",)),
    },
    "zh": {
        "budget": FactText("有{users}欧元。", ("预算", "多少钱")),
        "staying": FactText("有{staying}人留下。", ("DAU 多少",)),
    },
}


def case(question_id: str, topic: str, languages: Sequence[Lang] = ("es",)) -> Question:
    """A case with figures, a form for a target, and two facts: `budget` belongs to `goal`."""
    plain = question(question_id, topic, languages)
    texts = {
        lang: replace(
            text, prompt=PLAIN[lang], target_prompt=TARGETED[lang], facts=FACTS[lang], hint="💡"
        )
        for lang, text in plain.texts.items()
    }
    return replace(
        plain,
        kind="case",
        interviewers=("on-the-spot",),
        texts=texts,
        figures={"users": Figure(20_000, 80_000, 10_000)},
        derived={"staying": Derived("users", "percent", 40)},
        facts=(Fact("budget", "goal"), Fact("staying")),
    )


def rich_bank(languages: Sequence[Lang] = ("es",)) -> Bank:
    """The small bank with two cases, and every question can be put differently."""
    bank = small_bank(languages)
    cases = {name: case(name, name.partition("-")[0], languages) for name in CASES}
    questions = {
        name: replace(asked, texts={lang: _differently(asked, lang) for lang in asked.texts})
        for name, asked in {**bank.questions, **cases}.items()
    }
    return replace(bank, questions=questions, interviews={"product-operations": {"growth": 2}})


def _differently(asked: Question, lang: Lang) -> QuestionText:
    text = asked.texts[lang]
    return replace(text, rephrased=REPHRASED[lang].format(text.title))
