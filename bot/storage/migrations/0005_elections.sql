CREATE TABLE elections (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    kenesh       TEXT    NOT NULL,
    kind         TEXT    NOT NULL,
    voting_day   TEXT    NOT NULL,
    act          TEXT    NOT NULL,
    status       TEXT    NOT NULL,
    plan_name    TEXT    NOT NULL DEFAULT '',
    revision     INTEGER NOT NULL DEFAULT 0,
    reminded     INTEGER NOT NULL DEFAULT 0,
    created_by   INTEGER NOT NULL,
    created_at   INTEGER NOT NULL,
    cause        INTEGER NOT NULL UNIQUE
) STRICT;

CREATE TABLE election_places (
    election_id  INTEGER NOT NULL REFERENCES elections (id),
    place        TEXT    NOT NULL,
    PRIMARY KEY (election_id, place)
) STRICT, WITHOUT ROWID;

CREATE TABLE plans (
    election_id  INTEGER NOT NULL REFERENCES elections (id),
    revision     INTEGER NOT NULL,
    at           INTEGER NOT NULL,
    cause        INTEGER NOT NULL UNIQUE,
    PRIMARY KEY (election_id, revision)
) STRICT;

CREATE TABLE deadlines (
    election_id  INTEGER NOT NULL REFERENCES elections (id),
    revision     INTEGER NOT NULL,
    key          TEXT    NOT NULL,
    title_ky     TEXT    NOT NULL,
    title_ru     TEXT    NOT NULL,
    day          TEXT    NOT NULL,
    hour         TEXT    NOT NULL,
    whom         TEXT    NOT NULL,
    ends         INTEGER NOT NULL,
    article      TEXT    NOT NULL,
    basis        TEXT    NOT NULL,
    calendar     TEXT    NOT NULL,
    PRIMARY KEY (election_id, revision, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE candidacies (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    chat_id      INTEGER NOT NULL UNIQUE,
    place        TEXT    NOT NULL,
    way          TEXT    NOT NULL,
    election_id  INTEGER REFERENCES elections (id),
    outcome      TEXT    NOT NULL DEFAULT '',
    woman        INTEGER NOT NULL DEFAULT 0,
    name         TEXT    NOT NULL DEFAULT '',
    link_hash    TEXT    UNIQUE,
    began_at     INTEGER NOT NULL
) STRICT;
CREATE INDEX candidacies_election ON candidacies (election_id);

CREATE TABLE companions (
    candidacy_id INTEGER NOT NULL REFERENCES candidacies (id),
    chat_id      INTEGER NOT NULL,
    muted        INTEGER NOT NULL DEFAULT 0,
    seen         INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (candidacy_id, chat_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX companions_chat ON companions (chat_id);

CREATE TABLE steps_done (
    candidacy_id INTEGER NOT NULL REFERENCES candidacies (id),
    step         TEXT    NOT NULL,
    done_at      INTEGER,
    note         TEXT    NOT NULL DEFAULT '',
    PRIMARY KEY (candidacy_id, step)
) STRICT, WITHOUT ROWID;

CREATE TABLE candidate_letters (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    author       INTEGER NOT NULL,
    signed       TEXT    NOT NULL,
    place        TEXT    NOT NULL,
    step         TEXT    NOT NULL,
    text         TEXT    NOT NULL,
    at           INTEGER NOT NULL,
    cause        INTEGER NOT NULL UNIQUE
) STRICT;
