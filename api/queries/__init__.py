"""Reads. Each says what it loads and how many SELECTs it costs."""
