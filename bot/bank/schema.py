"""The files of a bank as pydantic models: what each may hold.

Strict and closed: no `"3"` for 3, no unknown keys. The description of a type ends the sentence
"is wrong, expected …". Checks that need more than one value are in `merging.py`.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    PlainValidator,
    RootModel,
    StringConstraints,
)

from bot.core.questions import Rule

Kind = Literal["operations", "experiment", "case", "knowledge", "personal", "self-intro"]
Level = Literal["graduate", "experienced"]
Asker = Literal["experience", "on-the-spot"]
Role = Literal[
    "user-operations",
    "content-operations",
    "community-operations",
    "product-operations",
    "new-media-operations",
    "product-assistant",
    "product-manager",
]

# Control characters break terminals and messages, NUL also databases.
_ONE_LINE = r"^[^\x00-\x1f\x7f]*$"
_LINES = r"^[^\x00-\x08\x0b-\x1f\x7f]*$"


def _line(longest: int) -> Any:
    what = f"one line of at most {longest} characters"
    return Field(min_length=1, max_length=longest, pattern=_ONE_LINE, description=what)


def _text(longest: int) -> Any:
    what = f"text of at most {longest} characters"
    return Field(min_length=1, max_length=longest, pattern=_LINES, description=what)


def _whole(low: int, high: int) -> Any:
    return Field(ge=low, le=high, description=f"a whole number from {low} to {high}")


def _some(what: str, most: int = 500) -> Any:
    return Field(min_length=1, max_length=most, description=f"a list of 1 to {most} {what}")


_HIGHEST = 10**9
_FIGURE = f"a whole number from 0 to {_HIGHEST}"
_ID = "an id of at most 40 small letters, digits and single hyphens"
Id = Annotated[
    str, Field(max_length=40, pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", description=_ID)
]
Switch = Annotated[
    str,
    Field(
        max_length=40,
        pattern=r"^([a-z][a-z0-9]*(-[a-z0-9]+)*|\*)$",
        description='the id of a question, or "*" for all that are built in',
    ),
]
Lang = Annotated[str, Field(pattern=r"^[a-z]{2}$", description="a language of two small letters")]
Label = Annotated[str, _line(40)]
# A space that is stripped would be none.
Separator = Annotated[
    str,
    StringConstraints(strip_whitespace=False),
    Field(max_length=1, description="one character, or none"),
]
Sentence = Annotated[str, _line(400)]
Telling = Annotated[str, _line(300)]
Phrase = Annotated[str, _line(500)]
Paragraph = Annotated[str, _text(1000)]
Speech = Annotated[str, _text(3500)]  # shown in one message, and Telegram takes 4,096 characters
Answer = Annotated[str, _text(20_000)]
Percent = Annotated[int, _whole(0, 100)]
Proportion = Annotated[
    float, Field(ge=0, le=1, allow_inf_nan=False, description="a number from 0 to 1")
]
Number = Annotated[float, Field(allow_inf_nan=False, description="a number")]
# Strictness would ask for a Rule, which TOML cannot hold.
RuleName = Annotated[Rule, Field(strict=False)]


class Strict(BaseModel):
    """A table: nothing converted, nothing unknown; white space around text is dropped."""

    model_config = ConfigDict(extra="forbid", strict=True, str_strip_whitespace=True)


class Least(Strict):
    """What `bank check` asks of every question in a language, at least.

    `concepts` (of which so many `colloquial`) and `explanations` of a criterion; `samples`.
    """

    concepts: Annotated[int, _whole(0, 500)] = 1
    colloquial: Annotated[int, _whole(0, 500)] = 0
    explanations: Annotated[int, _whole(0, 500)] = 0
    samples: Annotated[int, _whole(0, 500)] = 0


class BankFile(Strict):
    """`bank.toml`; a question has a text in every one of `languages`, the first is the default.

    In those of `partial` it may have one. `related` are topics of which one answer may rightly
    be told to a question of another.
    """

    version: Label
    languages: Annotated[list[Lang], _some("languages", 50)]
    partial: Annotated[list[Lang], _some("languages", 50)] = []
    least: dict[Lang, Least] = {}
    related: Annotated[list[list[Id]], _some("groups of topics", 50)] = []


class OwnBankFile(Strict):
    """`bank.toml` of a folder laid over the built-in bank: the questions it switches off."""

    off: Annotated[list[Switch], _some("ids", 5000)] = []


class CommonCriterion(Strict):
    """A cross-cutting criterion."""

    rule: RuleName


class CriteriaFile(Strict):
    """`criteria.toml`: the cross-cutting criteria by id."""

    criteria: dict[Id, CommonCriterion] = {}


class CriterionEntry(Strict):
    """A line of a rubric; without a rule it has that of `criteria.toml`, else `content`.

    With `from`, its words and its rule are those of that question's criterion of the same id.
    """

    id: Id
    weight: Annotated[int, _whole(1, 100)]
    rule: RuleName | None = None
    origin: Annotated[Id | None, Field(alias="from")] = None


class FigureEntry(Strict):
    """The numbers that may stand in a slot of the prompt: `from`, `from + step`, ... to `to`."""

    low: Annotated[int, Field(alias="from", ge=0, le=_HIGHEST, description=_FIGURE)]
    high: Annotated[int, Field(alias="to", ge=0, le=_HIGHEST, description=_FIGURE)]
    step: Annotated[int, _whole(1, _HIGHEST)] = 1


Slot = Annotated[
    str,
    Field(max_length=40, pattern=r"^[a-z][a-z0-9_]*$", description="a name of small letters"),
]


def _operand(value: object) -> str | int:
    # A union of types would tell of one slip twice, once for each of them.
    whole = isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= _HIGHEST
    if not whole and not isinstance(value, str):
        raise ValueError
    return value  # type: ignore[return-value]


Operand = Annotated[
    str | int,
    PlainValidator(_operand, json_schema_input_type=Slot | Annotated[int, _whole(0, _HIGHEST)]),
    Field(description=f"{_FIGURE}, or the name of one that is drawn or derived before"),
]


class DerivedEntry(Strict):
    """A number that follows from a figure or an earlier derived one, `of`.

    By exactly one of: `percent` of it, `minus`, `plus`, `over` (divided by, rounded down).
    """

    of: Slot
    percent: Operand | None = None
    minus: Operand | None = None
    plus: Operand | None = None
    over: Operand | None = None


class FactEntry(Strict):
    """Something more about the case, told when asked for; `criterion` is the one it belongs to."""

    id: Id
    criterion: Id = ""


class QuestionFile(Strict):
    """`questions/<topic>/<id>.toml`."""

    id: Id
    topic: Id
    kind: Kind
    roles: Annotated[list[Role], _some("roles", 50)]
    levels: Annotated[list[Level], _some("levels", 50)]
    interviewers: Annotated[list[Asker], _some("interviewers", 50)]
    seconds: Annotated[int, _whole(15, 900)]
    criteria: Annotated[list[CriterionEntry], _some("[[criteria]] tables", 50)]
    figures: Annotated[dict[Slot, FigureEntry], Field(default_factory=dict)]
    derived: Annotated[
        dict[Slot, DerivedEntry],
        Field(default_factory=dict, max_length=50, description="at most 50 tables"),
    ]
    facts: Annotated[list[FactEntry], Field(max_length=50, description="at most 50 tables")] = []


class CriterionWords(Strict):
    """A criterion in a text. All may be absent here: a cross-cutting one has them elsewhere."""

    name: Label = ""
    looks_for: Sentence = ""
    advice: Sentence = ""
    concepts: Annotated[list[Phrase], _some("phrases")] = []
    colloquial: Annotated[list[Phrase], _some("phrases")] = []
    explanations: Annotated[list[Phrase], _some("phrases")] = []
    follow_up: dict[Asker, Sentence] = {}


class MisconceptionWords(Strict):
    """A known error of a question."""

    id: Id
    phrases: Annotated[list[Phrase], _some("phrases")]
    says: Sentence
    criterion: Id = ""


class FactWords(Strict):
    """A fact in a text: `asks` are phrases by which it is asked for, `says` is what is told."""

    asks: Annotated[list[Phrase], _some("phrases")]
    says: Telling


class TextFile(Strict):
    """`texts/<lang>/<topic>/<id>.toml`; `rephrased` puts the prompt differently."""

    title: Label
    prompt: Paragraph
    target_prompt: Paragraph | None = None
    rephrased: Paragraph = ""
    hint: Paragraph
    model_answer: Speech
    criteria: dict[str, CriterionWords] = {}
    facts: dict[str, FactWords] = {}
    misconceptions: list[MisconceptionWords] = []


class CommonTextFile(Strict):
    """`texts/<lang>/criteria.toml`: the cross-cutting criteria in one language."""

    criteria: dict[str, CriterionWords] = {}


class NamesFile(Strict):
    """`texts/<lang>/names.toml`: what topics, roles, levels, interviewers and kinds are called.

    `number.thousands` is what stands between the thousands of a figure.
    """

    topic: dict[str, Label] = {}
    role: dict[str, Label] = {}
    level: dict[str, Label] = {}
    interviewer: dict[str, Label] = {}
    kind: dict[str, Label] = {}
    number: dict[Literal["thousands"], Separator] = {}


class RolesFile(Strict):
    """`roles.toml`: by role, how many questions of each topic make an interview of eight."""

    roles: dict[Role, dict[Id, Annotated[int, _whole(1, 8)]]] = {}


class ScoringFile(Strict):
    """`scoring.toml`: `[kinds.<kind>]` and any other tables of numbers."""

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, dict[str, Number]] = Field(init=False)
    kinds: dict[Kind, dict[str, Proportion]] = {}


class LexiconFile(RootModel[dict[str, Annotated[list[Phrase], _some("words", 5000)]]]):
    """`lexicons/<lang>.toml`: lists of words; `substance/<lang>.toml`: lists named by a number."""

    model_config = ConfigDict(strict=True)


class SampleEntry(Strict):
    """A sample answer, the band its score must lie in and the criteria it must earn.

    `gap` admits that the scorer does not get there yet, and says why; it is told as a note.
    """

    name: Label
    style: Sentence
    min: Percent
    max: Percent
    earns: list[Id] = []
    gap: Sentence = ""
    text: Answer


class SamplesFile(Strict):
    """`samples/<lang>/<id>.toml`."""

    samples: Annotated[list[SampleEntry], _some("[[samples]] tables")]


Texts = Annotated[list[Paragraph], _some("texts")]


class AttacksFile(Strict):
    """`attacks/<lang>.toml`: what `simulacro attack` makes tricks with."""

    connectors: Texts
    padding: Texts
    empty: Texts
    contradictions: Texts
    denials: Texts
    negators: Texts
    instructions: Texts
    synonyms: Texts
    claims: Texts
    foreign: Texts
