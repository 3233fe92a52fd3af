"""Bodies and answers of people, agencies and groups, shared by all plans"""
