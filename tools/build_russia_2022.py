"""Make the flagship case folder from the published figures; a second run gives the same bytes.

    python tools/build_russia_2022.py --data DIR --seed-evidence DIR [--out DIR]

case.yaml and the README files are written by hand and are not touched.
"""

import argparse
from pathlib import Path

from russia_2022 import check, elite, evidence, series

CASE = Path(__file__).parent.parent / "src" / "fronde" / "cases" / "russia-2022"


def main() -> None:
    """Read the two source folders, write elite/, series/ and evidence/."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder of the source tables")
    parser.add_argument("--seed-evidence", type=Path, required=True, help="folder of the hand-coded claims")
    parser.add_argument("--out", type=Path, default=CASE, help="case folder to fill")
    arguments = parser.parse_args()
    elite.build(arguments.data, arguments.out / "elite")
    series.build(arguments.data, arguments.out / "series")
    evidence.build(arguments.data, arguments.seed_evidence, arguments.out / "evidence")
    check.sizes(CASE / "case.yaml", arguments.out / "elite")


if __name__ == "__main__":
    main()
