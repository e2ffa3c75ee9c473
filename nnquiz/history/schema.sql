-- The review log, and the state of every card as a cache of it.

-- What happened, for ever: a record is never changed and never taken out. To take an answer back
-- is one more record, of kind undo, that names the one it takes back.
CREATE TABLE IF NOT EXISTS events (
  arrival   INTEGER PRIMARY KEY,   -- order in which records came into this file
  id        TEXT    NOT NULL UNIQUE,
  kind      TEXT    NOT NULL,      -- also kinds that only newer versions know
  card      TEXT    NOT NULL,      -- bank/question/name
  time      INTEGER NOT NULL,      -- UTC, ms; later than all earlier records of the card
  clock     INTEGER NOT NULL,      -- UTC, ms, as the clock had it
  offset    INTEGER NOT NULL,      -- minutes that local time was ahead of UTC
  day       INTEGER NOT NULL,      -- study day, proleptic ordinal, frozen when the card was shown
  device    TEXT    NOT NULL,
  model     TEXT    NOT NULL,      -- of the memory, name/version
  content   TEXT    NOT NULL,      -- hash of the card's text
  grade     INTEGER,               -- 1 Again, 2 Hard, 3 Good, 4 Easy
  seconds   REAL,                  -- from the card shown to the grade given
  typed     TEXT,
  problem   TEXT,                  -- name@version:seed
  retention REAL,                  -- desired, in force
  due       INTEGER,               -- study day that the button promised
  target    TEXT,                  -- undo: the record taken back; move: the new card
  extra     TEXT    NOT NULL,      -- what newer versions wrote, JSON, passed on untouched
  CHECK (kind <> 'review' OR (grade BETWEEN 1 AND 4 AND retention > 0 AND retention < 1)),
  CHECK (kind NOT IN ('undo', 'move') OR target IS NOT NULL)
) STRICT;

CREATE INDEX IF NOT EXISTS events_by_card ON events (card, time, id);
CREATE INDEX IF NOT EXISTS events_by_device ON events (device, day);
CREATE INDEX IF NOT EXISTS moves_from ON events (card, target) WHERE kind = 'move';
CREATE INDEX IF NOT EXISTS moves_to ON events (target, card) WHERE kind = 'move';

CREATE TRIGGER IF NOT EXISTS events_never_change BEFORE UPDATE ON events
BEGIN SELECT raise(ABORT, 'the log is never changed'); END;
CREATE TRIGGER IF NOT EXISTS events_never_go BEFORE DELETE ON events
BEGIN SELECT raise(ABORT, 'the log is never shortened'); END;

-- What replaying the events gives, card by card: may be dropped and computed again.
CREATE TABLE IF NOT EXISTS states (
  card       TEXT    PRIMARY KEY,
  stability  REAL,                 -- days
  difficulty REAL,                 -- 1 to 10
  day        INTEGER,              -- study day of the last review
  due        INTEGER,              -- study day
  grade      INTEGER,              -- of the last review
  reviews    INTEGER NOT NULL,
  lapses     INTEGER NOT NULL,
  first_day  INTEGER,              -- study day of the first review
  time       INTEGER NOT NULL,     -- of the newest standing event, ms
  event      TEXT    NOT NULL REFERENCES events (id),
  buried_on  INTEGER,              -- study day
  suspended  INTEGER NOT NULL,     -- 0 or 1
  leech      INTEGER NOT NULL      -- 0 or 1
) STRICT, WITHOUT ROWID;

-- What a study day asks, from the index alone: who is due and how weak, who waits at Again, who
-- was met, how many were begun.
CREATE INDEX IF NOT EXISTS states_by_due
  ON states (due, day, stability, grade, suspended, buried_on);
CREATE INDEX IF NOT EXISTS states_again
  ON states (due, day, stability, grade, suspended, buried_on) WHERE grade = 1 AND due = day;
CREATE INDEX IF NOT EXISTS states_met ON states (day);
CREATE INDEX IF NOT EXISTS states_begun ON states (first_day);

-- How far new cards have been begun: all before this rank in the order of these compiled banks. It
-- spares a start from looking at them, and goes as soon as a card is no longer begun.
CREATE TABLE IF NOT EXISTS introduced (
  banks TEXT    PRIMARY KEY,
  rank  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TRIGGER IF NOT EXISTS states_unbegun AFTER INSERT ON states WHEN NEW.due IS NULL
BEGIN DELETE FROM introduced; END;
CREATE TRIGGER IF NOT EXISTS states_gone AFTER DELETE ON states
BEGIN DELETE FROM introduced; END;

-- Under which id each machine that had this file writes: a copied folder gets an id of its own.
CREATE TABLE IF NOT EXISTS devices (
  machine TEXT PRIMARY KEY,
  device  TEXT NOT NULL UNIQUE
) STRICT, WITHOUT ROWID;
