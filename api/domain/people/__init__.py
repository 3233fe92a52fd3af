"""The rules of people, agencies and groups, shared by all plans"""
