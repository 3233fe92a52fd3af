"""The rules of what is held about somebody, and what is removed for good"""
