CREATE TABLE hearings (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    place        TEXT    NOT NULL,
    kind         TEXT    NOT NULL,
    topic        TEXT    NOT NULL,
    starts_at    INTEGER NOT NULL,
    terms        TEXT    NOT NULL,
    status       TEXT    NOT NULL,
    revision     INTEGER NOT NULL,
    reason       TEXT    NOT NULL DEFAULT '',
    made_by      INTEGER NOT NULL,
    announced_at INTEGER NOT NULL,
    cause        INTEGER NOT NULL UNIQUE
) STRICT;
CREATE INDEX hearings_start ON hearings (starts_at);
CREATE INDEX hearings_place ON hearings (place, starts_at);

CREATE TABLE hearing_revisions (
    hearing_id   INTEGER NOT NULL REFERENCES hearings (id),
    revision     INTEGER NOT NULL,
    terms        TEXT    NOT NULL,
    status       TEXT    NOT NULL,
    made_by      INTEGER NOT NULL,
    at           INTEGER NOT NULL,
    cause        INTEGER NOT NULL UNIQUE,
    PRIMARY KEY (hearing_id, revision)
) STRICT, WITHOUT ROWID;

CREATE TABLE hearing_drafts (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    author       INTEGER NOT NULL,
    hearing_id   INTEGER,
    base         INTEGER NOT NULL DEFAULT 0,
    terms        TEXT    NOT NULL,
    updated_at   INTEGER NOT NULL,
    cause        INTEGER NOT NULL UNIQUE
) STRICT;
CREATE INDEX hearing_drafts_author ON hearing_drafts (author, updated_at);

CREATE TABLE listeners (
    chat_id      INTEGER PRIMARY KEY,
    kinds        TEXT    NOT NULL DEFAULT '',
    cadence      TEXT    NOT NULL DEFAULT 'now',
    leads        TEXT    NOT NULL DEFAULT '3d 1d 2h',
    both         INTEGER NOT NULL DEFAULT 0,
    thread       INTEGER,
    muted        INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE follows (
    chat_id      INTEGER NOT NULL,
    place        TEXT    NOT NULL,
    at           INTEGER NOT NULL,
    PRIMARY KEY (chat_id, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX follows_place ON follows (place);

CREATE TABLE hearing_keepers (
    hearing_id   INTEGER NOT NULL,
    chat_id      INTEGER NOT NULL,
    revision     INTEGER NOT NULL,
    PRIMARY KEY (hearing_id, chat_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX hearing_keepers_chat ON hearing_keepers (chat_id);

CREATE TABLE comings (
    hearing_id   INTEGER NOT NULL,
    person       INTEGER NOT NULL,
    chat_id      INTEGER NOT NULL,
    extra        INTEGER NOT NULL DEFAULT 0,
    name         TEXT    NOT NULL DEFAULT '',
    at           INTEGER NOT NULL,
    cause        INTEGER NOT NULL,
    PRIMARY KEY (hearing_id, person)
) STRICT, WITHOUT ROWID;
CREATE INDEX comings_person ON comings (person);

CREATE TABLE attendances (
    hearing_id   INTEGER NOT NULL,
    person       INTEGER NOT NULL,
    came         INTEGER NOT NULL,
    materials    INTEGER,
    spoke        INTEGER,
    answered     INTEGER,
    at           INTEGER NOT NULL,
    PRIMARY KEY (hearing_id, person)
) STRICT, WITHOUT ROWID;
CREATE INDEX attendances_person ON attendances (person);

CREATE TABLE contributions (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    hearing_id   INTEGER NOT NULL REFERENCES hearings (id),
    chat_id      INTEGER NOT NULL,
    asker        INTEGER NOT NULL,
    language     TEXT    NOT NULL,
    kind         TEXT    NOT NULL,
    text         TEXT    NOT NULL,
    message_id   INTEGER NOT NULL,
    at           INTEGER NOT NULL,
    status       TEXT    NOT NULL DEFAULT 'waiting',
    merged_into  INTEGER,
    reason       TEXT    NOT NULL DEFAULT '',
    answer       TEXT    NOT NULL DEFAULT '',
    signed       TEXT    NOT NULL DEFAULT '',
    answered_by  INTEGER,
    cause        INTEGER NOT NULL UNIQUE
) STRICT;
CREATE INDEX contributions_hearing ON contributions (hearing_id, status);
CREATE INDEX contributions_asker ON contributions (asker, at);

CREATE TABLE supports (
    contribution INTEGER NOT NULL REFERENCES contributions (id),
    person       INTEGER NOT NULL,
    stands       INTEGER NOT NULL DEFAULT 1,
    cause        INTEGER NOT NULL,
    PRIMARY KEY (contribution, person)
) STRICT, WITHOUT ROWID;
CREATE INDEX supports_person ON supports (person);

CREATE TABLE hearing_outcomes (
    hearing_id   INTEGER PRIMARY KEY REFERENCES hearings (id),
    proposed     TEXT    NOT NULL DEFAULT '',
    taken        TEXT    NOT NULL DEFAULT '',
    rest         TEXT    NOT NULL DEFAULT '',
    minutes      TEXT    NOT NULL DEFAULT '',
    file         TEXT    NOT NULL DEFAULT '',
    present      INTEGER,
    women        INTEGER,
    made_by      INTEGER NOT NULL,
    at           INTEGER NOT NULL
) STRICT;

CREATE TABLE arrivals (
    hearing_id   INTEGER NOT NULL,
    person       INTEGER NOT NULL,
    at           INTEGER NOT NULL,
    PRIMARY KEY (hearing_id, person)
) STRICT, WITHOUT ROWID;
CREATE INDEX arrivals_person ON arrivals (person);
