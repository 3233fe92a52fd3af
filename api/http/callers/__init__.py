"""Who is asking: addresses, cookies, tokens, devices, and what proves it"""
