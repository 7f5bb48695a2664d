CREATE TABLE quiz_sittings (
    chat_id      INTEGER PRIMARY KEY,
    began        INTEGER NOT NULL,
    at           INTEGER NOT NULL
) STRICT;

CREATE TABLE quiz_polls (
    poll_id      TEXT    PRIMARY KEY,
    chat_id      INTEGER NOT NULL,
    began        INTEGER NOT NULL,
    number       INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX quiz_polls_chat ON quiz_polls (chat_id);

CREATE TABLE quiz_answers (
    chat_id      INTEGER NOT NULL,
    number       INTEGER NOT NULL,
    is_right     INTEGER NOT NULL,
    cause        INTEGER NOT NULL,
    PRIMARY KEY (chat_id, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE quiz_runs (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    chat_id      INTEGER NOT NULL,
    started_by   INTEGER NOT NULL,
    started_at   INTEGER NOT NULL,
    cause        INTEGER NOT NULL UNIQUE
) STRICT;
CREATE INDEX quiz_runs_chat ON quiz_runs (chat_id);
