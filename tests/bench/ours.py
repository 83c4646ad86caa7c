"""`python -m grader`, which also knows the bench's own assignment."""

import sys

from grader.__main__ import main

if "classifier" in sys.argv:  # whoever grades another pays nothing for it
    from tests.bench import classifier

    classifier.register()
sys.exit(main())
