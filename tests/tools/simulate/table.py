"""What came of the interviews, as tables, and what was missed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from statistics import mean

from bot.scoring.attacks import PASS
from tests.tools.simulate.interview import Outcome
from tests.tools.simulate.setups import Kind

MET: Mapping[Kind, tuple[str, Callable[[float], bool]]] = {
    Kind.STRONG: ("> 75", lambda score: score > 75),
    Kind.WEAK: ("< 40", lambda score: score < 40),
    Kind.GAMING: ("< 25", lambda score: score < 25),
}


def missed(outcomes: Sequence[Outcome]) -> list[str]:
    """The targets that were not met: the mean of a kind, and what should never happen."""
    found = []
    for kind, (target, met) in MET.items():
        scores = [one.score for one in outcomes if one.kind is kind]
        if scores and not met(mean(scores)):
            found.append(f"{kind} ends at {mean(scores):.1f}, wanted {target}")
    return [*found, *(f"{o.kind} {what}" for o in outcomes for what in o.problems)]


def table(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """The lines of all tables."""
    yield (
        f"{'':<12}{'n':>4}{'mean':>7}{'min':>5}{'max':>5}{'target':>8}{'met by':>8}"
        f"{'follow-ups':>12}{'recovered':>11}{'answered well':>15}{'raised':>8}{'held':>6}"
    )
    for kind in Kind:
        if some := [one for one in outcomes if one.kind is kind]:
            yield f"{kind:<12}{_row(kind, some)}"
    yield "follow-ups a question; points recovered; of follow-ups answered well, raised: the score"
    yield "went up; held: the whole would have scored less, so that the score was kept"
    for name, of in _VIEWS.items():
        values = sorted({of(one) for one in outcomes}, key=str)
        yield ""
        yield f"{'mean by ' + name:<20}" + "".join(f"{value!s:>14}" for value in values)
        for kind in Kind:
            means = (
                _mean(o.score for o in outcomes if (o.kind, of(o)) == (kind, v)) for v in values
            )
            yield f"{kind:<20}" + "".join(f"{one:>14}" for one in means)


def remarks(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """What is no target, but worth knowing."""
    tricks = [
        (one, *answer[:2]) for one in outcomes if one.kind is Kind.GAMING for answer in one.answers
    ]
    passed = [(one, question) for one, question, score in tricks if score >= PASS]
    later = [
        probe.question
        for one, question in passed
        for probe in one.follow_ups
        if probe.question == question and probe.before < PASS <= probe.after
    ]
    yield (
        f"gaming answers that reached {PASS}: {len(passed)} of {len(tricks)}, "
        f"{len(later)} of them by what was added to a follow-up"
    )
    probes = [probe for one in outcomes for probe in one.follow_ups]
    again = sum(len(one.follow_ups) - len({p.put for p in one.follow_ups}) for one in outcomes)
    yield f"follow-ups in words heard before in the same interview: {again} of {len(probes)}"
    strong = [probe for one in outcomes if one.kind is Kind.STRONG for probe in one.follow_ups]
    lost = sum(not probe.well for probe in strong)
    yield f"follow-ups to the strong that no text of the bank answers: {lost} of {len(strong)}"


_VIEWS: Mapping[str, Callable[[Outcome], object]] = {
    "language": lambda one: one.setup.lang,
    "manner": lambda one: one.setup.manner.value,
    "interviewer": lambda one: one.setup.interviewer.value,
    "length": lambda one: one.setup.length,
    "target": lambda one: "told" if one.setup.targeted else "not told",
    "trouble": lambda one: one.setup.trouble.value,
}


def _row(kind: Kind, some: Sequence[Outcome]) -> str:
    scores = [one.score for one in some]
    target, met = MET.get(kind, ("", None))
    share = f"{mean(met(score) for score in scores):.0%}" if met else ""
    asked = sum(len(one.results) for one in some)
    probes = [probe for one in some for probe in one.follow_ups]
    well = [probe for probe in probes if probe.well and probe.raw is not None]
    raised = sum(probe.after > probe.before for probe in well)
    held = sum((probe.raw or 0) < probe.before for probe in well)
    return (
        f"{len(some):>4}{mean(scores):>7.1f}{min(scores):>5}{max(scores):>5}{target:>8}{share:>8}"
        f"{len(probes) / asked:>12.2f}{mean(one.score - one.first for one in some):>+11.1f}"
        f"{len(well):>15}{_share(raised, len(well)):>8}{_share(held, len(well)):>6}"
    )


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.0%}" if whole else ""


def _mean(scores: Iterable[int]) -> str:
    found = list(scores)
    return f"{mean(found):.1f}" if found else ""
