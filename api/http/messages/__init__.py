"""What a request and an answer are made of: headers, JSON, ETags, problems"""
