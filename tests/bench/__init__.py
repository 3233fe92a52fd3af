"""`make bench`: what the hot paths cost, each beside the least that the same server could spend on the same bytes."""
