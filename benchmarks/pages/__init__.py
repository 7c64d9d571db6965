"""Pages drawn from known text and read by the real Tesseract; ``make.py`` says how."""

import sys
from pathlib import Path

# what draws is shared with the typescripts of ``examples/``, which is a folder of scripts
sys.path.append(str(Path(__file__).parent.parent.parent / "examples"))
