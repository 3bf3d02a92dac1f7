"""Makes the helpers of this folder and the docs generator importable."""

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
for folder in (HERE, HERE.parents[1] / "tools" / "docs"):
    if str(folder) not in sys.path:
        sys.path.insert(0, str(folder))
