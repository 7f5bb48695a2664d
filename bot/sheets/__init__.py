"""Tables that people send and receive: CSV and Excel read into text, Excel written; no words of ours."""

from bot.sheets.reading import read
from bot.sheets.sheet import Column, Fault, Record, Row, Sheet, Table, WrongSheet
from bot.sheets.writing import write

__all__ = ["Column", "Fault", "Record", "Row", "Sheet", "Table", "WrongSheet", "read", "write"]
