"""Mail: what is written, and how it leaves. The standard library only; it knows neither the database nor the request."""
