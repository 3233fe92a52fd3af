"""What is answered about who signs in, partners’ systems, and the audit"""
