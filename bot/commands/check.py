"""`simulacro bank check`: reads all of a bank, lints it and proves its rubrics on samples."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path

from bot import bootstrap
from bot.bank import is_whole
from bot.bank.coverage import coverage, gaps, printed
from bot.bank.lint import Checked, check_bank
from bot.bank.problems import Problem
from bot.cli import FAILED, WrongUse
from bot.commands import read_settings
from bot.core.questions import Bank, Question
from bot.scoring.phrase_lint import Finding, lint_phrases
from bot.scoring.proof import prove_model, prove_samples


def check(options: argparse.Namespace) -> int:
    """Print every problem of the bank's files, and what it covers."""
    root, own = _folders(options)
    checked = check_bank(root, options.only, own)
    problems = [*checked.problems, *_proven(checked, options.only, own)]
    problems.sort(key=lambda problem: (problem.note, problem.file))
    errors = [one for one in problems if not one.note]
    if options.json:
        print(json.dumps(_data(checked.bank, problems), ensure_ascii=False, indent=1))
    else:
        _print(checked.bank, problems, notes=options.notes)
    return FAILED if errors else 0


def _folders(options: argparse.Namespace) -> tuple[Path, Path | None]:
    folder: Path | None = options.folder
    if folder is None:
        return bootstrap.bank_folders(read_settings(options))
    if not folder.is_dir():
        raise WrongUse(f"{folder}: is no folder, expected that of a bank")
    if is_whole(folder):
        return folder, None
    return bootstrap.bank_folders(read_settings(options))[0], folder


def _proven(checked: Checked, only: str | None, own: Path | None) -> Iterator[Problem]:
    """What scoring shows, of the questions whose files are sound."""
    wanted = _sound(checked)
    if not wanted:
        return
    # All questions are there to compare with, as in use; those looked at are `wanted`.
    bank = replace(checked.bank, questions=_readable(checked))
    languages = [lang for lang in bank.lexicons if only in (None, lang)]
    scorer = bootstrap.scorer(bank)
    samples = {
        key: entries
        for key, entries in checked.samples.items()
        if key[0] in languages and key[1] in wanted
    }
    prefix = f"{own.name}/" if own else ""
    for proof, faults in prove_samples(scorer, samples, bank):
        for fault in faults:
            file = f"{prefix}samples/{proof.lang}/{proof.question}.toml"
            known = f" (a known gap: {proof.sample.gap})" if proof.sample.gap else ""
            yield Problem(file, f"samples[{proof.sample.name}]", fault + known, note=bool(known))
    for lang in languages:
        answers = [
            (question, one.text)
            for (spoken, question), entries in checked.samples.items()
            if spoken == lang
            for one in entries
        ]
        findings = [
            found
            for id in wanted
            if lang in bank.questions[id].texts
            and (found := prove_model(scorer, bank.questions[id], lang))
        ]
        findings += lint_phrases(bank, lang, answers, wanted)
        for one in findings:
            if one.question in wanted:
                yield _problem(one, bank, prefix)


def _readable(checked: Checked) -> dict[str, Question]:
    return {id: one for id, one in checked.bank.questions.items() if one.texts}


def _sound(checked: Checked) -> list[str]:
    faulty = [one.file for one in checked.problems]
    return [
        id
        for id in checked.bank.questions
        if (checked.own is None or id in checked.own)
        and not any(file.endswith(f"/{id}.toml") for file in faulty)
    ]


def _problem(found: Finding, bank: Bank, prefix: str) -> Problem:
    topic = bank.questions[found.question].topic
    file = f"{prefix}texts/{found.lang}/{topic}/{found.question}.toml"
    return Problem(file, found.at, found.message, found.note)


def _data(bank: Bank, problems: list[Problem]) -> dict[str, object]:
    return {
        "problems": [asdict(one) for one in problems],
        "questions": len(bank.questions),
        "coverage": coverage(bank),
        "gaps": gaps(bank),
    }


def _print(bank: Bank, problems: list[Problem], *, notes: bool) -> None:
    errors = [one for one in problems if not one.note]
    noted = [one for one in problems if one.note]
    for problem in [*errors, *(noted if notes else [])]:
        print(f"note: {problem}" if problem.note else problem)
    if problems:
        print()
    print("\n".join([f"{len(bank.questions)} questions by topic:", *printed(coverage(bank))]))
    for gap in gaps(bank):
        print(f"nothing for {gap}")
    if noted and not notes:
        print(f"\n{len(noted)} notes about phrases; `bank check --notes` shows them")
    print(f"\n{len(errors)} problems found" if errors else "\nThe bank is sound.")
