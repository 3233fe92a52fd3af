"""What is answered about a plan, its objectives, actions and updates"""
