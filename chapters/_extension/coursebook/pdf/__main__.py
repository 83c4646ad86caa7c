from __future__ import annotations

import sys
from pathlib import Path

from .printing import print_book

if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("python -m coursebook.pdf HTML FILE, where HTML is the folder of the built book")
    print_book(Path(sys.argv[1]), Path(sys.argv[2]))
