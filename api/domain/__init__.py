"""The rules of a partnership's plan: standard library only, no clock, no I/O."""
