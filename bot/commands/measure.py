"""`simulacro evaluate` and `simulacro attack`: how good the scorer is."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Sequence

from bot import bootstrap
from bot.bank.problems import printable
from bot.cli import FAILED, Failed, WrongUse
from bot.commands import read_settings, the_bank
from bot.commands.lines import json_lines, judge_line
from bot.core.questions import Bank
from bot.scoring.ablation import ABLATIONS
from bot.scoring.attacks import KINDS, MAY_PASS, PASS, Attack, Text, attacks
from bot.scoring.batch import pair_line
from bot.scoring.evaluate import Agreement, Pair, confusion, evaluate_pairs, styles

LIMIT = 0.02  # share of each attack that may reach PASS
HEADING = ("question", "n", "Pearson", "Spearman", "RMSE", "false accepts", "false rejects")
GOOD = 65  # what a sample must be worth to count as a good answer
LONGEST = 700  # characters shown of a trick


def evaluate(options: argparse.Namespace) -> int:
    """Print how well the scores agree with a panel's."""
    bank = the_bank(read_settings(options), options)
    lines = list(json_lines(options.file))
    if not lines:
        raise Failed(f"{options.file}: there are no graded answers in it")
    pairs = _pairs(bank, lines)
    found = evaluate_pairs(pairs)
    _print_table(
        HEADING,
        [_figures(name, row) for name, row in {**found.questions, "all": found.overall}.items()],
    )
    for kind, ids in (
        ("false accepts", found.overall.false_accepts),
        ("false rejects", found.overall.false_rejects),
    ):
        print(f"{kind}: {', '.join(map(printable, ids)) or 'none'}")
    _print_styles(pairs)
    _print_bands(bank, pairs)
    if options.ablate:
        _print_ablation(bank, lines, found.overall)
    return 0


def _pairs(bank: Bank, lines: Iterable[tuple[int, object]]) -> list[Pair]:
    scorer = bootstrap.scorer(bank)
    return [judge_line(pair_line, scorer, number, line) for number, line in lines]


def _print_styles(pairs: Sequence[Pair]) -> None:
    """By question and style: mean of the panel and of the scores, both of 10."""
    print("\nmean of the panel / of the scores, of 10, by style")
    table = styles(pairs)
    names = sorted({style for row in table.values() for style in row})
    rows = [
        (printable(style), *(_means(row.get(style)) for row in table.values())) for style in names
    ]
    _print_table(("style", *table), rows)


def _means(found: tuple[float, float] | None) -> str:
    return "" if found is None else f"{found[0]:.1f}/{found[1]:.1f}"


def _print_bands(bank: Bank, pairs: Sequence[Pair]) -> None:
    """How often an answer in a band of the panel's comes into each of ours."""
    print("\nanswers by band: the panel's down, ours across")
    rows = [
        (f"panel {band}", *map(str, row)) for band, row in enumerate(confusion(bank, pairs), 1)
    ]
    _print_table(("", *(f"band {band}" for band in range(1, 6))), rows)


def _print_ablation(bank: Bank, lines: Sequence[tuple[int, object]], whole: Agreement) -> None:
    """The agreement without each part of the scorer in turn."""
    print("\nwithout each part in turn")
    rows = [_figures("(whole)", whole)]
    for part, without in ABLATIONS.items():
        rows.append(_figures(part, evaluate_pairs(_pairs(without(bank), lines)).overall))
    _print_table(("part", *HEADING[1:]), rows)


def attack(options: argparse.Namespace) -> int:
    """Print how many tricks of each kind reach 50; exit code 1 if more than 2 % of one do."""
    from bot.bank.samples import load_attack_words, load_samples

    settings = read_settings(options)
    bank, folders = the_bank(settings, options), bootstrap.bank_folders(settings)
    words = load_attack_words(*folders)
    if options.only:
        words = {lang: lists for lang, lists in words.items() if lang == options.only}
    if not words:
        raise WrongUse("there is nothing to attack with: question_bank/attacks has no such file")
    if options.show and options.show not in KINDS:
        raise WrongUse(f"--show is {options.show!r}, expected one of {', '.join(KINDS)}")
    texts = [
        Text(question, lang, one.text, good=one.min >= GOOD)
        for (lang, question), entries in load_samples(*folders).items()
        if question in bank.questions
        for one in entries
    ]
    texts += [
        Text(question.id, lang, text.model_answer, model=True)
        for question in bank.questions.values()
        for lang, text in question.texts.items()
    ]
    scorer = bootstrap.scorer(bank)
    tried = [
        (one, scorer.score(one.question, one.text, one.lang).score)
        for one in attacks(bank, texts, words, options.seed)
    ]
    if options.show:
        _print_passing(one for one in tried if one[0].kind == options.show)
        return 0
    return _print_attacks(tried, list(words))


def _print_passing(tried: Iterable[tuple[Attack, int]]) -> None:
    for one, score in tried:
        if score >= PASS:
            shown = json.dumps(one.text[:LONGEST], ensure_ascii=False)
            print(f"{score}  {one.lang}  {one.question}\n{shown}\n")


def _print_attacks(tried: Sequence[tuple[Attack, int]], langs: Sequence[str]) -> int:
    """A row for each kind, in each language: how many of how many pass; the worst score."""
    rows, failed = [], False
    for kind in KINDS:
        row = [kind]
        for lang in langs:
            scores = [score for one, score in tried if one.kind == kind and one.lang == lang]
            passing = sum([score >= PASS for score in scores])
            share = passing / (len(scores) or 1)
            bad = share > LIMIT and kind not in MAY_PASS
            failed = failed or bad
            row.append(f"{passing}/{len(scores)} {100 * share:.1f} %{' !' if bad else ''}")
            row.append(str(max(scores, default=0)))
        rows.append(tuple(row))
    _print_table(("attack", *(name for lang in langs for name in (lang, "worst"))), rows)
    may = ", ".join(sorted(MAY_PASS))
    print(f"reached {PASS} of 100; ! more than {LIMIT:.0%} ({may} may)")
    return FAILED if failed else 0


def _figures(name: str, row: Agreement) -> tuple[str, ...]:
    return (
        name,
        str(row.count),
        *(_number(value) for value in (row.pearson, row.spearman)),
        f"{row.rmse:.2f}",
        str(len(row.false_accepts)),
        str(len(row.false_rejects)),
    )


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"


def _print_table(heading: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    widths = [max(map(len, column)) for column in zip(heading, *rows, strict=True)]
    for row in (heading, *rows):
        first, *others = (
            cell.rjust(width) if place else cell.ljust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        print("  ".join((first, *others)).rstrip())
