"""What is answered about what was changed, when and by whom; undo"""
