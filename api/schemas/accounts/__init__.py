"""Bodies and answers of who signs in, partners’ systems, and the audit"""
