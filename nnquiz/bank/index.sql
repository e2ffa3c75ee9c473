-- The compiled banks: disposable, read-only once written, made again when a file changes.

CREATE TABLE meta (
  key   TEXT PRIMARY KEY,
  value TEXT NOT NULL           -- JSON
) WITHOUT ROWID;

CREATE TABLE topic (
  position INTEGER PRIMARY KEY,
  bank     TEXT NOT NULL,
  id       TEXT NOT NULL,
  title    TEXT NOT NULL
);

CREATE TABLE question (
  position INTEGER PRIMARY KEY, -- the order of banks, and of questions within them
  bank     TEXT NOT NULL,
  id       TEXT NOT NULL,
  number   INTEGER,
  text     TEXT NOT NULL,       -- in plain words, for lists
  source   TEXT NOT NULL,       -- in Markdown, as it was written
  topic    TEXT NOT NULL,
  level    TEXT NOT NULL,
  tags     TEXT NOT NULL,       -- JSON list
  cards    TEXT NOT NULL,       -- JSON object: kind to count
  file     TEXT NOT NULL,
  body     TEXT NOT NULL,       -- JSON of everything, read for one question at a time
  UNIQUE (bank, id),
  UNIQUE (bank, number)
);
CREATE INDEX question_by_id ON question (id);
CREATE INDEX question_by_number ON question (number);
CREATE INDEX question_by_topic ON question (topic);

CREATE TABLE tag (
  tag      TEXT NOT NULL,
  question INTEGER NOT NULL REFERENCES question (position),
  PRIMARY KEY (tag, question)
) WITHOUT ROWID;

CREATE TABLE card (
  position INTEGER PRIMARY KEY,
  id       TEXT NOT NULL UNIQUE,
  question TEXT NOT NULL,       -- bank/question
  place    INTEGER NOT NULL REFERENCES question (position),
  kind     TEXT NOT NULL,
  family   TEXT NOT NULL,       -- the group of variants; empty where there is none
  content  TEXT NOT NULL
);
CREATE INDEX card_by_place ON card (place);

-- In which order new cards are begun, worked out once: a drill reads the first few of them.
CREATE TABLE introduction (
  rank INTEGER PRIMARY KEY,
  card INTEGER NOT NULL REFERENCES card (position)
);

-- Beside the cards, because a drill reads all of those and only some of these.
CREATE TABLE body (
  card INTEGER PRIMARY KEY REFERENCES card (position),
  body TEXT NOT NULL            -- JSON of what is asked on a written card
);

CREATE TABLE answer (
  bank TEXT NOT NULL,
  text TEXT NOT NULL,           -- an accepted answer or a tag, as answers are compared
  PRIMARY KEY (bank, text)
) WITHOUT ROWID;

CREATE VIRTUAL TABLE words USING fts5 (
  question, tags, answer, points,
  tokenize = 'porter unicode61 remove_diacritics 2'
);
