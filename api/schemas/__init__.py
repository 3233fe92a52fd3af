"""marshmallow shapes, in and out: fields listed by hand, unknown fields refused. No database, no request."""
