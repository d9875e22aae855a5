"""Reads a bank folder into a `Bank`, or says everything that is wrong with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
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
    RolesFile,
    ScoringFile,
    TextFile,
)
from bot.bank.source import Source
from bot.core.questions import Bank, Lang, Lexicon, Question, QuestionText, Rule

SHARES = frozenset({"content", "evidence", "form"})
ROUNDING = 1e-6  # by which shares that add up to 1 may miss it


def load_bank(root: Path) -> Bank:
    """The bank in the folder `root`, all of it; raises `BankError` with all problems found."""
    source = Source(root)
    reading = Reading(source)
    reading.check_places()
    bank = reading.bank()
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
        self.paths: dict[str, str] = {}  # question id -> its file
        self.files = self._question_files()

    def bank(self, later: Callable[[str], bool] = lambda _: False) -> Bank:
        """The bank, as far as it can be read; to be called once.

        The texts of questions, by id, that come `later` are read when they are asked for.
        """
        asked = [id for id in self.files if id not in self.source.hidden]
        questions = {id: self._question(id, later(id)) for id in asked}
        return Bank(
            version=self.header.version,
            languages=self.complete,
            questions=questions,
            lexicons=self._lexicons(),
            weights=self._weights(),
            names={lang: self._names(lang, questions) for lang in self.complete},
            interviews=self._interviews(questions),
            related=tuple(map(frozenset, self.header.related)),
            digest=self.source.digest(),  # last: it covers what was read
        )

    def text_files(self, question_id: str) -> dict[str, str]:
        """Where the texts of a question lie, by language: all there must be and may be."""
        paths = {lang: _text_path(lang, self.paths[question_id]) for lang in self.languages}
        return {
            lang: path
            for lang, path in paths.items()
            if path in self.source.files or self._must_speak(question_id, lang)
        }

    def text(
        self, question_id: str, lang: str, source: Source | None = None
    ) -> QuestionText | None:
        """A question's text, read now; None, problems noted in `source`, where it cannot be."""
        source = source or self.source
        file, path = self.files[question_id], self.text_files(question_id)[lang]
        if path not in source.files:
            source.report(path, "", "is missing, expected the text of the question")
        text = source.read(path, TextFile)
        if text is None:
            return None
        criteria = merging.rubric(file, self.rules, self.files, lambda *_: None)
        origins = sorted({one.origin for one in criteria} - {""})
        taken = {origin: self._text_file(origin, lang, source) for origin in origins}
        return merging.question_text(
            text,
            file,
            criteria,
            merging.Elsewhere(self.common[lang], {id: one for id, one in taken.items() if one}),
            partial(source.report, path),
        )

    def _text_file(self, question_id: str, lang: str, source: Source) -> TextFile | None:
        """The text of another question; what is wrong with it is told where it is its own."""
        path = _text_path(lang, self.paths[question_id])
        # A replacement may speak fewer languages than those that take words from it.
        there = source if path in source.files else source.below()
        return there.aside().read(path, TextFile)

    def _must_speak(self, question_id: str, lang: str) -> bool:
        """Whether there has to be a text: an own question needs one in any one language."""
        return lang in self.complete and self.paths[question_id] not in self.source.own

    def _speaks(self, question_id: str, lang: str) -> bool:
        """Whether names are asked for in a language: of an own question, if it has a text."""
        own = self.paths[question_id] in self.source.own
        return not own or _text_path(lang, self.paths[question_id]) in self.source.files

    def _header(self) -> BankFile:
        if "bank.toml" not in self.source.files and self.source.root.is_dir():
            self.source.report("bank.toml", "", "is missing, expected version and languages")
        header = self.source.read("bank.toml", BankFile)
        # Without a header, the languages that have a folder are checked all the same.
        return header or BankFile.model_construct(
            version="", languages=self._text_folders(), partial=[], least={}, related=[]
        )

    def _text_folders(self) -> list[str]:
        paths = self.source.under("texts")
        return sorted({path.split("/")[1] for path in paths if path.count("/") > 1})

    def check_places(self) -> None:
        """Notes the files that are none of a bank; with an own folder, those of it."""
        for file in sorted(self.source.own or self.source.files):
            match file.split("/"):
                case ["bank.toml" | "criteria.toml" | "scoring.toml" | "roles.toml"] | [
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

    def _question_files(self) -> dict[str, QuestionFile]:
        found: dict[str, QuestionFile] = {}
        for path in self.source.under("questions"):
            file = self.source.read(path, QuestionFile) if path.count("/") == 2 else None
            if file is not None:
                self._check_identity(path, file)
                found[file.id] = file
                self.paths[file.id] = path
            elif path.count("/") == 2:
                self._check_texts(path)
        return found

    def _check_texts(self, path: str) -> None:
        """Reads the texts of a question that cannot be read: all problems are told at once."""
        for lang in self.languages:
            if _text_path(lang, path) in self.source.files:
                self.source.read(_text_path(lang, path), TextFile)

    def _question(self, question_id: str, later: bool) -> Question:
        path, file = self.paths[question_id], self.files[question_id]
        report = partial(self.source.report, path)
        criteria = merging.rubric(file, self.rules, self.files, report)
        if later:
            return merging.question(file, criteria, LaterTexts(self, question_id), report)
        texts = {lang: self.text(question_id, lang) for lang in self.text_files(question_id)}
        if not texts:
            expected = f"expected texts/{self.complete[0]}/{file.topic}/{file.id}.toml"
            report("", f"has no text, {expected}")
        spoken = {lang: text for lang, text in texts.items() if text}
        return merging.question(file, criteria, spoken, report)

    def _check_identity(self, path: str, file: QuestionFile) -> None:
        _, topic, name = path.removesuffix(".toml").split("/")
        report = partial(self.source.report, path)
        if file.id != name:
            report("id", f"is {shown(file.id)}, expected the name of the file, {shown(name)}")
        if file.topic != topic:
            report("topic", f"is {shown(file.topic)}, expected that of the folder, {shown(topic)}")
        if file.id in self.paths:
            first = self.paths[file.id]
            if first in self.source.own:
                path, first = first, path
            message = f"is {shown(file.id)} as in {first}, expected every id once"
            self.source.report(path, "id", message)

    def _interviews(self, questions: Mapping[str, Question]) -> dict[str, Mapping[str, int]]:
        """By role and topic, as many as `roles.toml` says, or as there are.

        Whether there are enough is asked of whoever wrote that file: with an own bank laid over
        the built-in one, questions may be missing.
        """
        file = self.source.read("roles.toml", RolesFile) or RolesFile()
        there = {
            role: Counter(one.topic for one in questions.values() if role in one.roles)
            for role in file.roles
        }
        if not self.source.own or "roles.toml" in self.source.own:
            for role, topics in file.roles.items():
                merging.check_interview(topics, there[role], partial(self._report_role, role))
        return {
            str(role): {topic: min(count, there[role][topic]) for topic, count in topics.items()}
            for role, topics in file.roles.items()
        }

    def _report_role(self, role: str, key: str, message: str) -> None:
        place = ".".join(filter(None, ("roles", role, key)))
        self.source.report("roles.toml", place, message)

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
        spoken = [one for one in questions.values() if self._speaks(one.id, lang)]
        for key, question_id in merging.names_needed(spoken).items():
            if key in names:
                continue
            if self.paths[question_id] in self.source.own:
                group, _, name = key.partition(".")
                message = f"has no name for {shown(name)}, expected {key} in {path}"
                self.source.report(self.paths[question_id], group, message)
            else:
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


class LaterTexts(Mapping[Lang, QuestionText]):
    """The texts of a question, each read when it is first asked for.

    Asking raises `BankError` for a text that is wrong: `bank check` finds it beforehand.
    """

    def __init__(self, reading: Reading, question_id: str) -> None:
        self._reading, self._id = reading, question_id
        self._read: dict[Lang, QuestionText] = {}

    def __getitem__(self, lang: Lang) -> QuestionText:
        """The text; raises `KeyError` for a language the question does not speak."""
        if lang not in self._read:
            if lang not in self._reading.text_files(self._id):
                raise KeyError(lang)
            source = self._reading.source.aside()
            text = self._reading.text(self._id, lang, source)
            if text is None or source.problems:
                raise BankError(source.problems)
            self._read[lang] = text
        return self._read[lang]

    def __contains__(self, lang: object) -> bool:
        """Whether the question speaks a language; nothing is read for that."""
        return lang in self._reading.text_files(self._id)

    def __iter__(self) -> Iterator[Lang]:
        """The languages the question speaks."""
        return iter(self._reading.text_files(self._id))

    def __len__(self) -> int:
        """How many they are."""
        return len(self._reading.text_files(self._id))


def _number(name: str) -> float | None:
    try:
        value = float(name)
    except ValueError:
        return None
    return value if isfinite(value) else None


def _text_path(lang: str, question_path: str) -> str:
    return question_path.replace("questions/", f"texts/{lang}/", 1)
