"""Partnership Plan: the API. Nothing is imported here, so that `import api.domain` stays free of Flask."""
