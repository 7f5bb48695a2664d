"""Pasted announcements: what they say, field by field, and how sure that is. Kyrgyz and Russian, words and numbers."""
