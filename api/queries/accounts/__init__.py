"""Reads of who signs in, partners’ systems, and the audit"""
