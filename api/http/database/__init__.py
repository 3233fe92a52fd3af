"""One transaction for a request, and reads on a copy"""
