# noqa: INP001 -- a script, not a package
"""Makes the PNGs of frontend/icons from the SVGs, with the browser of the tests; run by hand when the icon changes."""

import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parents[1]
FRONTEND = ROOT / "frontend"
# file, drawn from, side in pixels, see-through corners
PICTURES = (
    ("icons/192.png", "icon.svg", 192, True),
    ("icons/512.png", "icon.svg", 512, True),
    ("icons/maskable-512.png", "icons/maskable.svg", 512, False),
    ("icons/apple-180.png", "icons/maskable.svg", 180, False),
)

sys.path.insert(0, str(ROOT))
from tests.e2e.find_browser import find  # noqa: E402 -- found beside the tests


def main() -> None:
    """Draw each picture at its size."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find(), args=["--no-sandbox"])
        for name, source, side, clear in PICTURES:
            page = browser.new_page(viewport={"width": side, "height": side})
            drawing = (
                (FRONTEND / source).read_text("utf-8").replace("<svg ", f'<svg width="{side}" height="{side}" ', 1)
            )
            page.set_content(f'<body style="margin:0;line-height:0">{drawing}')
            page.screenshot(path=FRONTEND / name, omit_background=clear)
        browser.close()


if __name__ == "__main__":
    main()
