"""The files of the client: found, stamped, sent"""
