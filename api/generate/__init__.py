"""An invented country: many plans with people, agencies and years of progress updates, the same for the same seed.

For trying out how the software behaves at the size of a country. Everything in it says that it is invented.
"""

from api.generate.country import Country, Size
from api.generate.loading import generate

__all__ = ["Country", "Size", "generate"]
