"""What is answered about people, agencies and groups, shared by all plans"""
