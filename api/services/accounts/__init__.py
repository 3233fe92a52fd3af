"""Use cases of who signs in, partners’ systems, and the audit"""
