"""`loci test`, as far as it can be told without running all tests."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]


def _loci(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "app.cli", *arguments],
        cwd=ROOT,
        env=os.environ | variables,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_arguments_after_test_go_to_pytest():
    done = _loci("test", "--version")
    assert done.returncode == 0
    assert done.stdout.startswith("pytest ")


def test_an_environment_that_cannot_be_made_ends_the_trial_of_others_packages_with_a_reason():
    done = _loci("test", "--third-party", UV="/bin/false")
    assert done.returncode == 1
    assert "The environment 'langchain' could not be made" in done.stderr
    assert "check the connection and run this again" in done.stderr
