CREATE TABLE campaigns (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    author        INTEGER NOT NULL,
    draft         TEXT    NOT NULL,
    version       INTEGER NOT NULL DEFAULT 1,
    status        TEXT    NOT NULL DEFAULT 'draft',
    halt          TEXT    NOT NULL DEFAULT '',
    approved_by   INTEGER,
    approved_hash TEXT    NOT NULL DEFAULT '',
    waived        INTEGER NOT NULL DEFAULT 0,
    text_hash     TEXT    NOT NULL DEFAULT '',
    made_at       INTEGER NOT NULL,
    launched_at   INTEGER,
    ended_at      INTEGER,
    progress_chat INTEGER,
    progress_id   INTEGER,
    cause         INTEGER NOT NULL UNIQUE
) STRICT;
CREATE INDEX campaigns_live ON campaigns (id) WHERE status IN ('approved', 'running', 'paused');

CREATE TABLE campaign_versions (
    campaign_id   INTEGER NOT NULL REFERENCES campaigns (id),
    version       INTEGER NOT NULL,
    draft         TEXT    NOT NULL,
    by            INTEGER NOT NULL,
    at            INTEGER NOT NULL,
    PRIMARY KEY (campaign_id, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE campaign_releases (
    campaign_id   INTEGER NOT NULL REFERENCES campaigns (id),
    chat_id       INTEGER NOT NULL,
    at            INTEGER NOT NULL,
    PRIMARY KEY (campaign_id, chat_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE campaign_taps (
    campaign_id   INTEGER NOT NULL REFERENCES campaigns (id),
    button        INTEGER NOT NULL,
    cause         INTEGER NOT NULL,
    PRIMARY KEY (campaign_id, button, cause)
) STRICT, WITHOUT ROWID;

CREATE TABLE opt_outs (
    chat_id       INTEGER PRIMARY KEY,
    everything    INTEGER NOT NULL,
    topics        TEXT    NOT NULL DEFAULT '',
    at            INTEGER NOT NULL
) STRICT;

CREATE TABLE campaign_receipts (
    chat_id       INTEGER PRIMARY KEY,
    recent        TEXT    NOT NULL
) STRICT;
CREATE TRIGGER campaign_letter_counts AFTER UPDATE OF status ON deliveries
WHEN OLD.status = 1 AND NEW.status IN (2, 5) AND NEW.urgency = 2 AND NEW.chat_id IS NOT NULL
BEGIN
    INSERT INTO campaign_receipts (chat_id, recent) VALUES (NEW.chat_id, coalesce(NEW.settled_at, NEW.due_at))
    ON CONFLICT (chat_id) DO UPDATE SET recent = excluded.recent || ' ' || substr(recent, 1, 98);
END;

CREATE TABLE home (
    id            INTEGER PRIMARY KEY CHECK (id = 1),
    mark          TEXT    NOT NULL,
    confirmed     INTEGER NOT NULL DEFAULT 1,
    since         INTEGER NOT NULL
) STRICT;

ALTER TABLE questions ADD COLUMN campaign INTEGER;
