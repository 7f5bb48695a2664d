"""Quota arithmetic: reserved seats, party lists, who would get the seats. Integers, pure, every step shown."""
