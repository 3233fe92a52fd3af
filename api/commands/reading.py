"""Not a command: a name that is typed at the command line, read as the API reads it."""

from api.domain.text import clean_line, is_blank
from api.environment import SettingsError


def read_line(text: str, most: int = 200) -> str:
    """A name. Raises SettingsError, for what the API would refuse."""
    try:
        line = clean_line(text)
    except ValueError as error:
        raise SettingsError(str(error)) from error
    if is_blank(line) or len(line) > most:
        raise SettingsError(f"Write a name of 1 to {most} characters.")
    return line
