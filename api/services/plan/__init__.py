"""Use cases of a plan, its objectives, actions and updates"""
