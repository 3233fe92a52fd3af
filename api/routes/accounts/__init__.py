"""The routes of who signs in, partners’ systems, and the audit"""
