"""Use cases, one function a verb. They flush and never commit; they know neither Flask nor the request."""
