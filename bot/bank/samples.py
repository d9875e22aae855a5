"""Sample answers, which the scorer has to judge right, and what tricks are made of."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from bot.bank.layers import Layers
from bot.bank.problems import BankError
from bot.bank.schema import AttacksFile, SampleEntry, SamplesFile
from bot.bank.source import Source
from bot.core.questions import Lang, Sample

Samples = Mapping[tuple[str, str], tuple[Sample, ...]]
"""By language and question id."""


def load_samples(root: Path, own: Path | None = None) -> Samples:
    """All samples of a bank folder, those of `own` laid over it.

    Raises `BankError` with the problems of their files.
    """
    source = Layers(root, own) if own else Source(root)
    samples = read_samples(source)
    if source.problems:
        raise BankError(source.problems)
    return samples


def load_attack_words(
    root: Path, own: Path | None = None
) -> Mapping[Lang, Mapping[str, tuple[str, ...]]]:
    """The lists attacks are made with, by language; raises `BankError` with all problems."""
    source = Layers(root, own) if own else Source(root)
    words = read_attack_words(source)
    if source.problems:
        raise BankError(source.problems)
    return words


def read_attack_words(source: Source) -> Mapping[Lang, Mapping[str, tuple[str, ...]]]:
    """The lists that can be read; `source.problems` tells which cannot."""
    return {
        path.removesuffix(".toml").split("/")[1]: _lists(file)
        for path in source.under("attacks")
        if (file := source.read(path, AttacksFile))
    }


def _lists(file: AttacksFile) -> Mapping[str, tuple[str, ...]]:
    return {name: tuple(entries) for name, entries in file.model_dump().items()}


def read_samples(source: Source) -> Samples:
    """The samples that can be read; `source.problems` tells which cannot."""
    return {
        (lang, name.removesuffix(".toml")): tuple(map(_sample, file.samples))
        for path in source.under("samples")
        if path.count("/") == 2 and (file := source.read(path, SamplesFile))
        for _, lang, name in [path.split("/")]
    }


def _sample(entry: SampleEntry) -> Sample:
    return Sample(
        name=entry.name,
        style=entry.style,
        min=entry.min,
        max=entry.max,
        earns=tuple(entry.earns),
        text=entry.text,
        gap=entry.gap,
    )
