"""Copy the pinned libraries from npm into this folder.

Run it by hand, from anywhere, when a pin below changes:

    python frontend/vendor/update.py

It needs `npm` (only `npm pack` is used, nothing is installed), the standard library and nothing else. Each file is
taken as published; the one change made is that bare import names ("preact/hooks") become files beside it
("./hooks.js"), because an import map would have to be inline and the content security policy refuses that.
MANIFEST.txt lists what was written, so that a test can see whether anybody edited a file by hand.

The browser fetches none of these libraries alone: they are joined into ../js/core.js, because five requests cost a phone
more than one. `--join` only does that, from the files that are here. Each library stays as it is, inside a function of its
own; what it imported becomes a constant, what it exported becomes what the function gives back.
"""

import hashlib
import re
import subprocess
import sys
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


# The joined file.
CORE = HERE.parent / "js" / "core.js"
ORDER = ("preact.js", "hooks.js", "signals-core.js", "signals.js", "htm.js")
IMPORT = re.compile(r'import\s*\{(?P<names>[^}]*)\}\s*from\s*"\./(?P<file>[^"]+)";?')
EXPORT = re.compile(r'export\s*\{(?P<names>[^}]*)\}(?:\s*from\s*"\./(?P<file>[^"]+)")?;?')
HEAD = """\
/**
 * The libraries, joined by vendor/update.py from the pinned files there (licences in vendor/LICENCES). Never edited by hand.
 */"""
TAIL = """\
/** Tagged template that makes Preact nodes: text is always text, never markup. */
export const html = lib_htm.bind(lib_preact.h);

export const { Fragment, render } = lib_preact;
export const { useEffect, useLayoutEffect, useRef, useState } = lib_hooks;
export const { batch, computed, effect, signal } = lib_signals;
"""


def rewrite_imports(text: str) -> str:
    """Point every bare import at the file beside it; an unknown name is an error, not a surprise at run time."""
    return FROM.sub(lambda found: f'from"{IMPORTS[found["name"]]}"', text)


def drop_source_map(text: str) -> str:
    """Source maps are not shipped, so the comment naming one would only make the browser ask for a missing file."""
    return re.sub(r"//# sourceMappingURL=\S+", "", text)


def exports_of(text: str, name: str) -> str:
    """`a as b, c` of an export clause as the members of an object: `b:a,c:c`; of a library named, its members."""
    pairs = [part.split(" as ") for part in text.split(",")]
    return ",".join(f"{pair[-1]}:{name and name + '.'}{pair[0]}" for pair in pairs)


def joined_name(file: str) -> str:
    """The constant that stands for a library in the joined file."""
    return "lib_" + Path(file).stem.replace("-", "_")


def wrap(file: str, text: str) -> str:
    """One library as a constant: its own names stay inside a function."""
    given: list[str] = []

    def note(found: re.Match[str]) -> str:
        given.append(exports_of(found["names"], joined_name(found["file"]) if found["file"] else ""))
        return ""

    text = IMPORT.sub(lambda found: f"const{{{exports_in(found['names'])}}}={joined_name(found['file'])};", text.strip())
    text = EXPORT.sub(note, text).replace("export default", "return ")
    if re.search(r"\b(?:import|export)\b[^(.]{0,3}[{*\"]", text):
        raise SystemExit(f"{file} imports or exports in a way that this script does not know")
    back = f"\nreturn{{{','.join(given)}}};" if given else ""
    return f"const {joined_name(file)}=(()=>{{{text}{back}\n}})();\n"


def exports_in(names: str) -> str:
    """`a as b, c` of an import clause as a pattern: `a:b,c`."""
    return ",".join(part.strip().replace(" as ", ":") for part in names.split(","))


def join() -> str:
    """The text of js/core.js: the libraries in the order they need each other, and the names that the client uses."""
    libraries = "".join(wrap(file, (HERE / file).read_text("utf-8")) for file in ORDER)
    return f"{HEAD}\n{libraries}\n{TAIL}"


def read_package(name: str, version: str, folder: Path) -> dict[str, bytes]:
    """Fetch one package and answer its files by their path inside it."""
    command = ["npm", "pack", "--silent", f"{name}@{version}"]
    packed = subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True)
    with tarfile.open(folder / packed.stdout.strip().splitlines()[-1]) as archive:
        members = [member for member in archive.getmembers() if member.isfile()]
        return {member.name.removeprefix("package/"): archive.extractfile(member).read() for member in members}


def fetch() -> None:
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


def main() -> None:
    """Fetch, unless told only to join; then join."""
    if "--join" not in sys.argv:
        fetch()
    CORE.write_text(join(), "utf-8")


if __name__ == "__main__":
    main()
