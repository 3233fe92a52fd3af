"""How a request is taken, guarded and answered; knows no feature"""
