"""Has simulated candidates sit through whole interviews: `make simulate`.

Forty interviews each for five kinds of candidate, played through the bare machine with the real
bank and the real scorer. Nothing is drawn anew: the same code and bank give the same table.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator

from tests.tools.simulate import material
from tests.tools.simulate.interview import Outcome, hold
from tests.tools.simulate.setups import Kind, setups
from tests.tools.simulate.table import missed, remarks, table

INTERVIEWS = 200
SHOWN = 20  # of what was missed


def outcomes(known: material.Material, count: int = INTERVIEWS) -> Iterator[Outcome]:
    """So many interviews, the same ones for every kind of candidate."""
    for setup in setups(known.bank, count // len(Kind)):
        for kind in Kind:
            yield hold(known, setup, kind)


def main() -> int:
    """Print the tables and what was missed; returns the exit code."""
    parser = argparse.ArgumentParser(prog="make simulate", description=__doc__)
    parser.add_argument("--interviews", type=int, default=INTERVIEWS)
    held = list(outcomes(material.load(), parser.parse_args().interviews))
    print("\n".join([*table(held), "", *remarks(held)]))
    problems = missed(held)
    print(f"\n{len(held)} interviews, {sum(one.events for one in held):,} events; ", end="")
    print(f"missed: {len(problems)}" if problems else "all targets met")
    print("\n".join(problems[:SHOWN]))
    return bool(problems)


if __name__ == "__main__":
    sys.exit(main())
