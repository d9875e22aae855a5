"""Reads a bank folder into a `Bank`, or says everything that is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from math import fsum, isfinite
from pathlib import Path

from bot.bank import merging
from bot.bank.problems import BankError, shown
from bot.bank.schema import (
    BankFile,
    CommonTextFile,
    CriteriaFile,
    CriterionWords,
    LexiconFile,
    NamesFile,
    QuestionFile,
    ScoringFile,
    TextFile,
)
from bot.bank.source import Source
from bot.core.models import Bank, Criterion, Lexicon, Question, QuestionText, Rule

SHARES = frozenset({"content", "evidence", "form"})
ROUNDING = 1e-6  # by which shares that add up to 1 may miss it


def load_bank(root: Path) -> Bank:
    """The bank in the folder `root`; raises `BankError` with all problems found."""
    source = Source(root)
    bank = Reading(source).bank()
    if source.problems:
        raise BankError(source.problems)
    return bank


class Reading:
    """One pass over a source; keeps what the files of several questions share.

    `complete` are the languages `bank.toml` declares and `more_languages`, which are held to the
    same rules; `languages` are these and the partial ones, in which a text may be missing. What
    cannot be read is left out and told in `source.problems`.
    """

    def __init__(self, source: Source, *more_languages: str) -> None:
        self.source = source
        self.header = self._header()
        self.complete = tuple(dict.fromkeys((*self.header.languages, *more_languages)))
        self.languages = tuple(dict.fromkeys((*self.complete, *self.header.partial)))
        common = source.read("criteria.toml", CriteriaFile) or CriteriaFile()
        self.rules: Mapping[str, Rule] = {id: one.rule for id, one in common.criteria.items()}
        self.common = {lang: self._common_words(lang) for lang in self.languages}
        self.seen: dict[str, str] = {}  # question id -> its file

    def bank(self) -> Bank:
        """The bank, as far as it can be read; to be called once."""
        self._check_places()
        questions = self._questions()
        return Bank(
            version=self.header.version,
            languages=self.complete,
            questions=questions,
            lexicons=self._lexicons(),
            weights=self._weights(),
            names={lang: self._names(lang, questions) for lang in self.complete},
            digest=self.source.digest(),  # last: it covers what was read
        )

    def _header(self) -> BankFile:
        if "bank.toml" not in self.source.files and self.source.root.is_dir():
            self.source.report("bank.toml", "", "is missing, expected version and languages")
        header = self.source.read("bank.toml", BankFile)
        # Without a header, the languages that have a folder are checked all the same.
        return header or BankFile.model_construct(
            version="", languages=self._text_folders(), partial=[]
        )

    def _text_folders(self) -> list[str]:
        paths = self.source.under("texts")
        return sorted({path.split("/")[1] for path in paths if path.count("/") > 1})

    def _check_places(self) -> None:
        for file in sorted(self.source.files):
            match file.split("/"):
                case ["bank.toml" | "criteria.toml" | "scoring.toml"] | [
                    "lexicons" | "substance" | "attacks",
                    _,
                ]:
                    continue
                case ["questions" | "samples", _, _] | ["texts", _, "names.toml"]:
                    continue
                case ["texts", _, "criteria.toml"]:
                    continue
                case ["texts", lang, topic, name]:
                    if lang in self.languages:
                        self._check_question_of(file, f"questions/{topic}/{name}")
                case _:
                    self.source.report(file, "", "is no file of a bank, expected none here")

    def _check_question_of(self, file: str, question: str) -> None:
        if question not in self.source.files:
            self.source.report(file, "", f"has no question, expected {question}")

    def _questions(self) -> dict[str, Question]:
        paths = [path for path in self.source.under("questions") if path.count("/") == 2]
        found = [question for path in paths if (question := self._question(path))]
        return {question.id: question for question in found}

    def _question(self, path: str) -> Question | None:
        file = self.source.read(path, QuestionFile)
        texts = self._text_files(path)
        if file is None:
            return None
        self._check_identity(path, file)
        criteria = merging.rubric(file, self.rules, partial(self.source.report, path))
        return merging.question(file, criteria, self._texts(path, file, criteria, texts))

    def _check_identity(self, path: str, file: QuestionFile) -> None:
        _, topic, name = path.removesuffix(".toml").split("/")
        report = partial(self.source.report, path)
        if file.id != name:
            report("id", f"is {shown(file.id)}, expected the name of the file, {shown(name)}")
        if file.topic != topic:
            report("topic", f"is {shown(file.topic)}, expected that of the folder, {shown(topic)}")
        first = self.seen.setdefault(file.id, path)
        if first != path:
            report("id", f"is {shown(file.id)} as in {first}, expected every id once")

    def _text_files(self, path: str) -> dict[str, TextFile]:
        wanted = [
            lang
            for lang in self.languages
            if lang in self.complete or _text_path(lang, path) in self.source.files
        ]
        texts = {lang: self._text_file(_text_path(lang, path)) for lang in wanted}
        return {lang: text for lang, text in texts.items() if text}

    def _text_file(self, path: str) -> TextFile | None:
        if path not in self.source.files:
            self.source.report(path, "", "is missing, expected the text of the question")
        return self.source.read(path, TextFile)

    def _texts(
        self,
        path: str,
        file: QuestionFile,
        criteria: tuple[Criterion, ...],
        texts: Mapping[str, TextFile],
    ) -> dict[str, QuestionText]:
        return {
            lang: merging.question_text(
                text,
                criteria,
                file.interviewers,
                self.common[lang],
                partial(self.source.report, _text_path(lang, path)),
            )
            for lang, text in texts.items()
        }

    def _common_words(self, lang: str) -> Mapping[str, CriterionWords]:
        path = f"texts/{lang}/criteria.toml"
        file = self.source.read(path, CommonTextFile) or CommonTextFile()
        report = partial(self.source.report, path)
        merging.check_common(file.criteria, self.rules, report)
        return file.criteria

    def _names(self, lang: str, questions: Mapping[str, Question]) -> Mapping[str, str]:
        path = f"texts/{lang}/names.toml"
        file = self.source.read(path, NamesFile) or NamesFile()
        names = {f"{group}.{id}": name for group, ids in file for id, name in ids.items()}
        for key in merging.names_needed(questions.values()):
            if key not in names:
                self.source.report(path, key, "is missing, expected what it is called")
        return names

    def _lexicons(self) -> dict[str, Lexicon]:
        lexicons = {}
        for path in self.source.under("lexicons"):
            file = self.source.read(path, LexiconFile)
            lists = {name: tuple(words) for name, words in file.root.items()} if file else {}
            lang = path.removesuffix(".toml").split("/")[1]
            lexicons[lang] = Lexicon(lists, self._substance(f"substance/{lang}.toml"))
        return lexicons

    def _substance(self, path: str) -> dict[str, float]:
        """Words by how much they say, from lists named by a number."""
        file = self.source.read(path, LexiconFile)
        weights: dict[str, float] = {}
        for name, words in file.root.items() if file else ():
            weight = _number(name)
            if weight is None:
                self.source.report(path, name, "is no number, expected how much its words say")
                continue
            for word in words:
                if word in weights:
                    self.source.report(
                        path, name, f"has {shown(word)} as another list, expected it once"
                    )
                weights[word] = weight
        return weights

    def _weights(self) -> dict[str, Mapping[str, float]]:
        file = self.source.read("scoring.toml", ScoringFile) or ScoringFile()
        tables: dict[str, Mapping[str, float]] = dict(file.model_extra or {})
        for kind, shares in file.kinds.items():
            if kind in tables:
                self.source.report(
                    "scoring.toml", kind, f"is there twice, expected [kinds.{kind}]"
                )
            for name in shares.keys() - SHARES:
                self.source.report(
                    "scoring.toml",
                    f"kinds.{kind}.{name}",
                    "is unknown, expected content, evidence or form",
                )
            whole = fsum(shares.values())
            if abs(whole - 1) > ROUNDING:
                self.source.report(
                    "scoring.toml", f"kinds.{kind}", f"adds up to {whole:g}, expected 1"
                )
            tables[kind] = shares
        return tables


def _number(name: str) -> float | None:
    try:
        value = float(name)
    except ValueError:
        return None
    return value if isfinite(value) else None


def _text_path(lang: str, question_path: str) -> str:
    return question_path.replace("questions/", f"texts/{lang}/", 1)
