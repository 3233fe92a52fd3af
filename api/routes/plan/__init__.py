"""The routes of a plan, its objectives, actions and updates"""
