"""The Python of docs/api.md runs as it stands there."""

import os
import re
import subprocess
import sys
from pathlib import Path

from tests.conftest import PASSWORD, email_of
from tests.integration.contract import test_generated_client
from tests.integration.serving import Server

DOCS = Path(__file__).resolve().parents[3] / "docs" / "api.md"
server = test_generated_client.server


def test_the_python_of_the_first_hour(server: Server) -> None:
    _, _, section = DOCS.read_text("utf-8").partition("## The same in Python\n")
    found = re.search(r"```python\n(.*?)```", section, re.DOTALL)
    assert found is not None
    who = {"PLAN_EMAIL": email_of("lucy"), "PLAN_PASSWORD": PASSWORD}
    environment = {**os.environ, **who, "PLAN_URL": f"http://127.0.0.1:{server.port}"}
    done = subprocess.run(
        [sys.executable, "-c", found[1]], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    first, second = done.stdout.splitlines()
    assert first == "42 actions; past their date: 2.4, 3.6, 5.1"
    assert re.fullmatch(r"Posted /api/v1/updates/[0-9a-f-]{36} in_progress", second)
