"""The only glue of Flask, JWT, schema and session."""
