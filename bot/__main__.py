"""`python -m bot`: the verbs of bot.cli."""

from bot.cli import app

if __name__ == "__main__":
    app()
