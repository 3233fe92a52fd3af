"""The routes of what was changed, when and by whom; undo"""
