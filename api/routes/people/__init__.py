"""The routes of people, agencies and groups, shared by all plans"""
