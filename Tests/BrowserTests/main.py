"""Reports in a real browser: Tests/BrowserTests/run test [CLASS[.test]…]"""

import sys
import unittest

from test_compare import ComparePage
from test_hostile import HostileText
from test_pages import EveryPage, IndexPage
from test_run import RunPage


class Result(unittest.TextTestResult):
    """Counts what passed, so that the last line can say it."""

    passed = 0

    def addSuccess(self, test):
        super().addSuccess(test)
        self.passed += 1


def main():
    loader = unittest.TestLoader()
    names = sys.argv[1:]
    here = sys.modules[__name__]
    suite = loader.loadTestsFromNames(names, here) if names else loader.loadTestsFromModule(here)
    result = unittest.TextTestRunner(resultclass=Result, verbosity=2).run(suite)
    # A subtest that fails has its own entry, so tests are counted by their identity.
    broken = len({getattr(test, "test_case", test).id() for test, _ in result.failures + result.errors})
    skipped = f", {len(result.skipped)} skipped" if result.skipped else ""
    print(f"{result.passed} passed, {broken} failed{skipped}", flush=True)
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
