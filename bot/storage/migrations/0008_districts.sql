CREATE TABLE districts (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    place        TEXT    NOT NULL,
    seats        TEXT,
    act          TEXT    NOT NULL DEFAULT '',
    as_of        TEXT    NOT NULL DEFAULT '',
    link         TEXT    NOT NULL DEFAULT '',
    entered_by   INTEGER NOT NULL,
    entered_at   INTEGER NOT NULL,
    cause        INTEGER NOT NULL UNIQUE
) STRICT;
CREATE INDEX districts_place ON districts (place, id);
