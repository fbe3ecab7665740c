"""What `make` runs lies in scripts/, whose files import each other by bare names, as Python starts them."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[3] / "scripts"))
