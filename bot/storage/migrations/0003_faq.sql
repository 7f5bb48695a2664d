CREATE TABLE faq (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    reply_id      INTEGER NOT NULL REFERENCES replies (id),
    place         TEXT,
    language      TEXT    NOT NULL,
    question_ky   TEXT    NOT NULL DEFAULT '',
    answer_ky     TEXT    NOT NULL DEFAULT '',
    question_ru   TEXT    NOT NULL DEFAULT '',
    answer_ru     TEXT    NOT NULL DEFAULT '',
    basis         TEXT,
    citation      TEXT    NOT NULL DEFAULT '',
    everywhere    INTEGER NOT NULL DEFAULT 0,
    status        TEXT    NOT NULL,
    author        INTEGER NOT NULL,
    signed        TEXT    NOT NULL,
    answered_at   INTEGER NOT NULL,
    approved_by   INTEGER,
    approved_hash TEXT    NOT NULL DEFAULT '',
    changed_at    INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX faq_reply ON faq (reply_id) WHERE status <> 'withdrawn';
CREATE INDEX faq_published ON faq (id) WHERE status = 'published';
