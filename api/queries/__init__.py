"""Reads. Each says what it loads and how many SELECTs it costs."""

from typing import Any

from sqlalchemy import Select

AnySelect = Select[*tuple[Any, ...]]
"""A SELECT built once at import: its rows are read by name, so their types are not repeated here."""
