"""The OpenAPI document, its page and the pages of problems: made from what the routes declare"""
