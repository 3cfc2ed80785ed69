"""Generated requests against the real command: no 5xx, and no answer that the document does not name."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.e2e.command import LociProcess

_CHECKS = (
    "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance,"
    "response_headers_conformance,allow_header_conformance,unsupported_method"
)
_CASES_PER_OPERATION = 5


def test_every_answer_to_a_generated_request_is_a_documented_one(loci: LociProcess, tmp_path: Path) -> None:
    command = [
        Path(sys.executable).with_name("schemathesis"), "run", f"{loci.base_url}/openapi.json",
        "--header", f"Authorization: Bearer {loci.api_key}",
        "--phases", "examples,coverage,fuzzing,stateful", "--checks", _CHECKS,
        "--max-examples", str(_CASES_PER_OPERATION), "--seed", "1", "--no-shrink", "--continue-on-failure",
    ]  # fmt: skip
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    if run.returncode:
        pytest.fail(run.stdout[-8000:] + run.stderr[-2000:])
    assert "Fuzzing" in run.stdout
    assert "Stateful" in run.stdout
