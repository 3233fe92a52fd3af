"""The one exception of this package."""


class EmbeddedError(RuntimeError):
    """The embedded server cannot be made, started or stopped; the text says why and what to do."""
