"""The client's own modules, asked in Node."""

import json
import subprocess
from pathlib import Path
from typing import Any

JS = Path(__file__).resolve().parents[1] / "frontend" / "js"


def ask(module: str, name: str, wanted: str, given: Any = None) -> Any:
    """What `wanted`, an expression over `name` of a module and `given`, is there; both go over as JSON."""
    script = f"""
        import {{ {name} }} from {json.dumps(str(JS / module))};
        import {{ readFileSync }} from 'node:fs';
        const given = JSON.parse(readFileSync(0, 'utf8'));
        console.log(JSON.stringify({wanted}));
    """
    command = ["node", "--input-type=module", "--eval", script]
    done = subprocess.run(command, input=json.dumps(given), capture_output=True, text=True, check=True, timeout=60)
    return json.loads(done.stdout)
