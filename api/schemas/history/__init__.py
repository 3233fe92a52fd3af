"""Bodies and answers of what was changed, when and by whom; undo"""
