"""Bodies and answers of a plan, its objectives, actions and updates"""
