"""Find a Chromium for the browser tests, or bring one: `make browser` runs this before pytest.

The path in BROWSER_PATH wins; then a browser on the PATH; then the one that playwright keeps. Where there is none it is
installed: from Debian's packages as root, else by playwright. Without a browser the tests fail, they are never skipped.
Chromium's headless shell goes first: the same pages, without the toolbar of a window that nobody sees, which costs each
window a process more (a fifth of the browser tests' time).
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
HELP = """No browser for the tests, and none could be installed. Do one of these, then try again:
  - as root on Debian:            apt-get install chromium-headless-shell
  - as anybody:                   .venv/bin/playwright install --with-deps chromium
  - or name the one you have:     BROWSER_PATH=/path/to/chromium make test"""


def find() -> str | None:
    """The path of a browser that is there now."""
    named = os.environ.get("BROWSER_PATH")
    if named:
        return named if os.access(named, os.X_OK) else None
    for name in NAMES:
        found = shutil.which(name)
        if found:
            return found
    return _of_playwright()


def _of_playwright() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def install() -> None:
    """Bring a browser by the first way that this machine has; what goes wrong is shown, not raised."""
    if os.geteuid() == 0 and shutil.which("apt-get"):
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(("apt-get", "update", "--quiet"), env=quiet, check=False)
        for package in NAMES[:2]:
            command = ("apt-get", "install", "--yes", "--quiet", "--no-install-recommends", package)
            if subprocess.run(command, env=quiet, check=False).returncode == 0 and find():
                return
    subprocess.run((sys.executable, "-m", "playwright", "install", "chromium"), check=False)


def main() -> int:
    """Say which browser the tests will use; 1 when there is none."""
    if os.environ.get("BROWSER_PATH") and not find():
        print(f"BROWSER_PATH names {os.environ['BROWSER_PATH']}, which cannot be run.", file=sys.stderr)
        return 1
    if not find():
        print("No browser for the tests yet; installing one ...", flush=True)
        install()
    found = find()
    if not found:
        print(HELP, file=sys.stderr)
        return 1
    print(f"The browser of the tests: {found}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
