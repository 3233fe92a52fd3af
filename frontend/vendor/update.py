"""Copy the pinned libraries from npm into this folder.

Run it by hand, from anywhere, when a pin below changes:

    python frontend/vendor/update.py

It needs `npm` (only `npm pack` is used, nothing is installed), the standard library and nothing else. Each file is
taken as published; the one change made is that bare import names ("preact/hooks") become files beside it
("./hooks.js"), because an import map would have to be inline and the content security policy refuses that.
MANIFEST.txt lists what was written, so that a test can see whether anybody edited a file by hand.
"""

import hashlib
import re
import subprocess
import tarfile
import tempfile
from pathlib import Path

HERE = Path(__file__).parent

# package, version, licence, {file in the package: file here}
PINS = (
    ("preact", "11.2.0", "MIT", {"dist/preact.mjs": "preact.js", "hooks/dist/hooks.mjs": "hooks.js"}),
    ("@preact/signals-core", "1.14.5", "MIT", {"dist/signals-core.mjs": "signals-core.js"}),
    ("@preact/signals", "2.11.4", "MIT", {"dist/signals.mjs": "signals.js"}),
    ("htm", "3.1.1", "Apache-2.0", {"dist/htm.mjs": "htm.js"}),
    (
        "@fontsource-variable/public-sans",
        "5.3.0",
        "OFL-1.1",
        {"files/public-sans-latin-wght-normal.woff2": "public-sans.woff2"},
    ),
)

IMPORTS = {
    "preact": "./preact.js",
    "preact/hooks": "./hooks.js",
    "@preact/signals-core": "./signals-core.js",
}

# Anchored on from"…": libraries use the same bare words elsewhere (a policy name, an error text), and
# replacing those would change what they do.
FROM = re.compile(r'\bfrom\s*"(?P<name>[^"./][^"]*)"')


def rewrite_imports(text: str) -> str:
    """Point every bare import at the file beside it; an unknown name is an error, not a surprise at run time."""
    return FROM.sub(lambda found: f'from"{IMPORTS[found["name"]]}"', text)


def drop_source_map(text: str) -> str:
    """Source maps are not shipped, so the comment naming one would only make the browser ask for a missing file."""
    return re.sub(r"//# sourceMappingURL=\S+", "", text)


def read_package(name: str, version: str, folder: Path) -> dict[str, bytes]:
    """Fetch one package and answer its files by their path inside it."""
    command = ["npm", "pack", "--silent", f"{name}@{version}"]
    packed = subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True)
    with tarfile.open(folder / packed.stdout.strip().splitlines()[-1]) as archive:
        members = [member for member in archive.getmembers() if member.isfile()]
        return {member.name.removeprefix("package/"): archive.extractfile(member).read() for member in members}


def main() -> None:
    """Write every pinned file, its licence and the manifest."""
    lines = ["# file  sha256  bytes  package@version  licence", ""]
    (HERE / "LICENCES").mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        for name, version, licence, files in PINS:
            package = read_package(name, version, Path(folder))
            title = name.replace("@", "").replace("/", "-")
            (HERE / "LICENCES" / f"{title}.txt").write_bytes(package["LICENSE"])
            for source, target in files.items():
                body = package[source]
                if target.endswith(".js"):
                    body = drop_source_map(rewrite_imports(body.decode())).encode()
                (HERE / target).write_bytes(body)
                digest = hashlib.sha256(body).hexdigest()
                lines.append(f"{target}  {digest}  {len(body)}  {name}@{version}  {licence}")
    (HERE / "MANIFEST.txt").write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
