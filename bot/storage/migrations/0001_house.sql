CREATE TABLE chats (
    chat_id      INTEGER PRIMARY KEY,
    kind         TEXT    NOT NULL,
    language     TEXT,
    place        TEXT,
    village      TEXT    NOT NULL DEFAULT '',
    readers      TEXT    NOT NULL DEFAULT '',
    topics       TEXT    NOT NULL DEFAULT '',
    name         TEXT    NOT NULL DEFAULT '',
    reachable    INTEGER NOT NULL DEFAULT 1,
    started_at   INTEGER NOT NULL,
    seen_at      INTEGER NOT NULL
) STRICT;

CREATE TABLE inbox (
    update_id    INTEGER PRIMARY KEY,
    chat_id      INTEGER NOT NULL,
    body         TEXT    NOT NULL,
    received_at  INTEGER NOT NULL,
    done_at      INTEGER,
    attempts     INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX inbox_waiting ON inbox (update_id) WHERE done_at IS NULL;

CREATE TABLE forms (
    key          TEXT    PRIMARY KEY,
    chat_id      INTEGER NOT NULL,
    state        TEXT,
    fields       TEXT    NOT NULL DEFAULT '{}',
    updated_at   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX forms_chat ON forms (chat_id);

CREATE TABLE questions (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    chat_id      INTEGER NOT NULL,
    language     TEXT    NOT NULL,
    place        TEXT,
    asked_at     INTEGER NOT NULL,
    status       TEXT    NOT NULL,
    taken_by     INTEGER,
    cause        INTEGER NOT NULL UNIQUE
) STRICT;
CREATE INDEX questions_chat ON questions (chat_id, id);
CREATE INDEX questions_waiting ON questions (id) WHERE status IN ('waiting', 'taken');

CREATE TABLE parts (
    id           INTEGER PRIMARY KEY,
    question_id  INTEGER NOT NULL REFERENCES questions (id),
    message_id   INTEGER NOT NULL,
    text         TEXT    NOT NULL,
    file_kind    TEXT    NOT NULL DEFAULT '',
    file_id      TEXT    NOT NULL DEFAULT '',
    at           INTEGER NOT NULL,
    cause        INTEGER NOT NULL UNIQUE,
    asker        INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX parts_question ON parts (question_id);
CREATE INDEX parts_asker ON parts (asker);

CREATE TABLE replies (
    id           INTEGER PRIMARY KEY,
    question_id  INTEGER NOT NULL REFERENCES questions (id),
    coordinator  INTEGER NOT NULL,
    signed       TEXT    NOT NULL,
    message_id   INTEGER NOT NULL,
    text         TEXT    NOT NULL,
    file_kind    TEXT    NOT NULL DEFAULT '',
    file_id      TEXT    NOT NULL DEFAULT '',
    declines     INTEGER NOT NULL DEFAULT 0,
    at           INTEGER NOT NULL,
    cause        INTEGER NOT NULL UNIQUE
) STRICT;
CREATE INDEX replies_question ON replies (question_id);

CREATE TABLE asks (
    cause        INTEGER PRIMARY KEY,
    chat_id      INTEGER NOT NULL,
    at           INTEGER NOT NULL,
    nth          INTEGER NOT NULL
) STRICT;
CREATE INDEX asks_chat ON asks (chat_id, at);

CREATE TABLE sources (
    id           INTEGER PRIMARY KEY,
    kind         TEXT    NOT NULL,
    subject      INTEGER NOT NULL,
    occasion     TEXT    NOT NULL,
    urgency      INTEGER NOT NULL,
    not_after    INTEGER,
    owed_at      INTEGER NOT NULL,
    UNIQUE (kind, subject, occasion)
) STRICT;

CREATE TABLE deliveries (
    id           INTEGER PRIMARY KEY,
    source_id    INTEGER NOT NULL REFERENCES sources (id),
    chat_id      INTEGER,
    urgency      INTEGER NOT NULL,
    status       INTEGER NOT NULL DEFAULT 0,
    reason       INTEGER NOT NULL DEFAULT 0,
    due_at       INTEGER NOT NULL,
    not_after    INTEGER,
    attempt      INTEGER NOT NULL DEFAULT 0,
    settled_at   INTEGER,
    message_id   INTEGER,
    UNIQUE (source_id, chat_id)
) STRICT;
CREATE INDEX deliveries_due ON deliveries (urgency, due_at, id) WHERE status = 0;
CREATE INDEX deliveries_in_flight ON deliveries (id) WHERE status = 1;
CREATE INDEX deliveries_letter ON deliveries (chat_id, message_id) WHERE message_id IS NOT NULL;

CREATE TABLE roles (
    id           INTEGER PRIMARY KEY,
    chat_id      INTEGER NOT NULL,
    role         TEXT    NOT NULL,
    place        TEXT    NOT NULL,
    granted_by   INTEGER,
    granted_at   INTEGER NOT NULL,
    revoked_by   INTEGER,
    revoked_at   INTEGER
) STRICT;
CREATE INDEX roles_standing ON roles (chat_id) WHERE revoked_at IS NULL;

CREATE TABLE invites (
    id           INTEGER PRIMARY KEY,
    token_hash   TEXT    NOT NULL UNIQUE,
    role         TEXT    NOT NULL,
    place        TEXT    NOT NULL,
    created_by   INTEGER NOT NULL,
    created_at   INTEGER NOT NULL,
    expires_at   INTEGER NOT NULL,
    accepted_by  INTEGER,
    accepted_at  INTEGER,
    revoked_at   INTEGER,
    cause        INTEGER NOT NULL UNIQUE
) STRICT;

CREATE TABLE audit (
    id           INTEGER PRIMARY KEY,
    at           INTEGER NOT NULL,
    actor        INTEGER NOT NULL,
    act          TEXT    NOT NULL,
    subject      TEXT    NOT NULL DEFAULT '',
    allowed      INTEGER NOT NULL DEFAULT 1,
    cause        INTEGER NOT NULL,
    UNIQUE (cause, act, subject)
) STRICT;
CREATE TRIGGER audit_is_never_updated BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
CREATE TRIGGER audit_is_never_deleted BEFORE DELETE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;

CREATE TABLE opinions (
    chat_id      INTEGER NOT NULL,
    slug         TEXT    NOT NULL,
    language     TEXT    NOT NULL,
    useful       INTEGER NOT NULL,
    at           INTEGER NOT NULL,
    PRIMARY KEY (chat_id, slug)
) STRICT, WITHOUT ROWID;

CREATE TABLE place_aliases (
    alias        TEXT    NOT NULL,
    place        TEXT    NOT NULL,
    added_by     INTEGER NOT NULL,
    added_at     INTEGER NOT NULL,
    PRIMARY KEY (alias, place)
) STRICT, WITHOUT ROWID;

CREATE TABLE place_names_confirmed (
    place        TEXT    PRIMARY KEY,
    confirmed_by INTEGER NOT NULL,
    confirmed_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
