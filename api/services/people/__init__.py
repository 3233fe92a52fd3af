"""Use cases of people, agencies and groups, shared by all plans"""
