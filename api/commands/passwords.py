"""plan passwords: make the file of breached passwords that BREACHED_PASSWORDS names, from lists that were downloaded."""

import argparse
from pathlib import Path

from api.environment import SettingsError
from api.services.accounts.breached import read_list, write_list


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """From where, to where, and how common one has to be."""
    parser.add_argument(
        "source", type=Path, help="a file of lines SHA-1:COUNT ordered by hash, or a folder of range files"
    )
    parser.add_argument("target", type=Path, help="the file to write")
    parser.add_argument("--seen", type=int, default=1, metavar="TIMES", help="only those seen so often (default: 1)")


def run(arguments: argparse.Namespace) -> int:
    """Write it, and say how many are in it. No database is needed."""
    try:
        count = write_list(read_list(arguments.source, arguments.seen), arguments.target)
    except (OSError, ValueError) as error:
        raise SettingsError(f"The list cannot be made: {error}.") from error
    size = arguments.target.stat().st_size
    print(f"{count:,} passwords, {size / 2**20:,.1f} MiB, in {arguments.target}")
    return 0
