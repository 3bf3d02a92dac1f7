"""Make the case folders of history from the published event tables; a second run gives the same bytes.

    python tools/build_history.py --data DIR [--out DIR] [CASE...]

What the tables do not say (groups, sizes, dates of a forecast) is in tools/history/plans.yaml, each number with its
source or marked as an assumption. Nothing in a folder is written by hand.
"""

import argparse
from pathlib import Path

from history import case_file, elite, evidence, plans, record

OUT = Path(__file__).parent.parent / "src" / "fronde" / "cases"


def main() -> None:
    """Read the tables and the plans, write one folder a case."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder of the source tables")
    parser.add_argument("--out", type=Path, default=OUT, help="where the case folders go")
    parser.add_argument("cases", nargs="*", help="only these")
    arguments = parser.parse_args()
    for plan in plans.read():
        if arguments.cases and plan.name not in arguments.cases:
            continue
        departures, others = record.read_record(plan, arguments.data)
        folder = arguments.out / plan.name
        elite.build(plan, departures, arguments.data, folder / "elite")
        evidence.build(plan, departures, others, folder)
        case_file.build(plan, departures, arguments.data, folder)


if __name__ == "__main__":
    main()
