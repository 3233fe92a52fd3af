"""The commands of `plan`, one file each: `add_arguments(parser)` and `run(arguments)`, the exit code."""
