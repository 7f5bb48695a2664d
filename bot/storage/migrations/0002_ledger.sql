ALTER TABLE sources ADD COLUMN state INTEGER NOT NULL DEFAULT 0;
ALTER TABLE sources ADD COLUMN held_until INTEGER;
ALTER TABLE sources ADD COLUMN latest_only INTEGER NOT NULL DEFAULT 0;
ALTER TABLE sources ADD COLUMN frozen_to INTEGER;
ALTER TABLE sources ADD COLUMN freezing_to INTEGER;
CREATE INDEX sources_held_back ON sources (id) WHERE state IN (1, 2);
CREATE INDEX sources_freezing ON sources (id) WHERE freezing_to IS NOT NULL;

CREATE TABLE tallies (
    source_id    INTEGER NOT NULL REFERENCES sources (id),
    status       INTEGER NOT NULL,
    n            INTEGER NOT NULL,
    PRIMARY KEY (source_id, status)
) STRICT, WITHOUT ROWID;
INSERT INTO tallies SELECT source_id, status, count(*) FROM deliveries GROUP BY source_id, status;
CREATE INDEX tallies_owed ON tallies (source_id) WHERE status = 0 AND n > 0;
CREATE INDEX tallies_in_flight ON tallies (source_id) WHERE status = 1 AND n > 0;

ALTER TABLE parts ADD COLUMN album TEXT NOT NULL DEFAULT '';
CREATE INDEX parts_album ON parts (album) WHERE album <> '';

DROP INDEX deliveries_due;
CREATE INDEX deliveries_due ON deliveries (urgency, due_at, id) WHERE status = 0 AND urgency < 2;
CREATE INDEX deliveries_campaign ON deliveries (source_id, due_at, id) WHERE status = 0 AND urgency = 2;
