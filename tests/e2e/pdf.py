"""As much of PDF as the browser writes: how many pages, and what stands on them."""

import re
import zlib

_OBJECT = re.compile(rb"(\d+) 0 obj\s(.*?)endobj", re.DOTALL)
_PAGE = re.compile(rb"/Type\s*/Page\b")
_FONTS = re.compile(rb"/Font <<(.*?)>>", re.DOTALL)
_SHOWN = re.compile(rb"/(F\d+) [\d.]+ Tf|<([0-9A-F]+)> Tj|\[(.*?)\] TJ|(\bET\b)", re.DOTALL)
_HEX = re.compile(rb"<([0-9A-F]+)>")
_ONE = re.compile(rb"^<([0-9A-F]{4})> <([0-9A-F]+)>$", re.MULTILINE)
_RANGE = re.compile(rb"^<([0-9A-F]{4})> <([0-9A-F]{4})> <([0-9A-F]{4})>$", re.MULTILINE)


def pages_of(document: bytes) -> list[str]:
    """The text of each page, in the order it was drawn."""
    objects = {int(found[1]): found[2] for found in _OBJECT.finditer(document)}
    return [_text(objects, page) for page in objects.values() if _PAGE.search(page)]


def _text(objects: dict[int, bytes], page: bytes) -> str:
    fonts = {name: _letters(objects, objects[number]) for name, number in _fonts(objects, page)}
    said: list[str] = []
    letters: dict[int, str] = {}
    for font, shown, several, end in _SHOWN.findall(_stream(objects[_link(page, b"Contents")])):
        if font:
            letters = fonts[font]
        elif end:
            said.append("\n")
        else:
            codes = shown or b"".join(_HEX.findall(several))
            said += [letters.get(int(codes[at : at + 4], 16), "?") for at in range(0, len(codes), 4)]
    return "".join(said)


def _link(where: bytes, name: bytes) -> int:
    found = re.search(rb"/" + name + rb" (\d+) 0 R", where)
    assert found, name
    return int(found[1])


def _fonts(objects: dict[int, bytes], page: bytes) -> list[tuple[bytes, int]]:
    resources = page if b"/Resources <<" in page else objects[_link(page, b"Resources")]
    found = _FONTS.search(resources)
    return [(name, int(number)) for name, number in re.findall(rb"/(F\d+) (\d+) 0 R", found[1])] if found else []


def _letters(objects: dict[int, bytes], font: bytes) -> dict[int, str]:
    """Glyph number to letter."""
    if b"/ToUnicode" not in font:
        return {}
    table = _stream(objects[_link(font, b"ToUnicode")])
    letters = {int(code, 16): bytes.fromhex(text.decode()).decode("utf-16-be") for code, text in _ONE.findall(table)}
    for first, last, start in _RANGE.findall(table):
        for code in range(int(first, 16), int(last, 16) + 1):
            letters[code] = chr(int(start, 16) + code - int(first, 16))
    return letters


def _stream(body: bytes) -> bytes:
    return zlib.decompressobj().decompress(body.split(b"stream", 1)[1].lstrip(b"\r\n"))
