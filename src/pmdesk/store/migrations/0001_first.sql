-- The first schema: the entities of DOMAIN §2, and the history of every change to them.
--
-- Instants are UTC text ("2025-06-13T07:30:00Z") beside the zone they were entered in,
-- days are ISO dates, weeks ISO weeks ("2025-W24") in the user's zone, spans are minutes.
-- Nothing cascades: children are removed through the session, so that history sees them.
-- `settings`, `answers`, `attachments` and the values of the history hold JSON.
-- Ids are never used twice (AUTOINCREMENT), so an undone row can always come back.

-- What the desk is about -------------------------------------------------------------

CREATE TABLE desk (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  name TEXT NOT NULL CHECK (name <> ''),
  zone TEXT NOT NULL,
  vision TEXT,
  vision_revised TEXT CHECK (vision_revised IS date(vision_revised, '+0 days')),
  old_function TEXT CHECK (old_function IN ('customers', 'sales', 'support', 'marketing', 'development', 'design', 'executives', 'operations', 'partners')),
  contracted_minutes INTEGER NOT NULL CHECK (contracted_minutes BETWEEN 0 AND 10080),
  settings TEXT NOT NULL
) STRICT;

-- Codes (G1, N4, R2) and request numbers (#12) are given once and never used again, so
-- the last one given is kept apart and no undo takes it back.
CREATE TABLE counter (
  letter TEXT PRIMARY KEY,
  last INTEGER NOT NULL CHECK (last >= 0)
) STRICT;

-- The customer hierarchy: markets on top ----------------------------------------------

CREATE TABLE market (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL COLLATE NOCASE UNIQUE CHECK (name <> ''),
  position INTEGER NOT NULL
) STRICT;

CREATE TABLE account (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  market_id INTEGER NOT NULL REFERENCES market (id),
  name TEXT NOT NULL COLLATE NOCASE UNIQUE CHECK (name <> ''),
  status TEXT NOT NULL CHECK (status IN ('customer', 'prospect', 'lost')),
  revenue_share REAL CHECK (revenue_share BETWEEN 0 AND 100)
) STRICT;
CREATE INDEX account_market ON account (market_id);

CREATE TABLE account_alias (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  account_id INTEGER NOT NULL REFERENCES account (id),
  alias TEXT NOT NULL COLLATE NOCASE UNIQUE CHECK (alias <> '')
) STRICT;
CREATE INDEX account_alias_account ON account_alias (account_id);

CREATE TABLE account_domain (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  account_id INTEGER NOT NULL REFERENCES account (id),
  domain TEXT NOT NULL COLLATE NOCASE UNIQUE CHECK (domain LIKE '%_._%')
) STRICT;
CREATE INDEX account_domain_account ON account_domain (account_id);

-- goal → obstacle → initiative → tactic → need; only goals are roots, and a need without
-- a parent is a gap, not an error.
CREATE TABLE node (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  code TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL CHECK (kind IN ('goal', 'obstacle', 'initiative', 'tactic', 'need')),
  market_id INTEGER REFERENCES market (id),
  parent_id INTEGER REFERENCES node (id),
  statement TEXT NOT NULL CHECK (statement <> ''),
  layer TEXT CHECK (layer IN ('executive', 'manager', 'user')),
  status TEXT NOT NULL CHECK (status IN ('active', 'reached', 'dropped')),
  weight INTEGER CHECK (weight BETWEEN 1 AND 3),
  position INTEGER NOT NULL,
  CHECK ((kind = 'need') = (layer IS NOT NULL)),
  CHECK ((kind = 'goal') = (weight IS NOT NULL)),
  CHECK (kind <> 'goal' OR parent_id IS NULL),
  CHECK (kind IN ('goal', 'need') OR parent_id IS NOT NULL),
  CHECK (market_id IS NOT NULL OR (kind = 'need' AND parent_id IS NULL)),
  CHECK (parent_id IS NOT id)
) STRICT;
CREATE INDEX node_parent ON node (parent_id, position);
CREATE INDEX node_market ON node (market_id, kind, status, position);

CREATE TABLE product (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL COLLATE NOCASE UNIQUE CHECK (name <> ''),
  vision TEXT,
  vision_revised TEXT CHECK (vision_revised IS date(vision_revised, '+0 days')),
  position INTEGER NOT NULL
) STRICT;

CREATE TABLE solution (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  code TEXT NOT NULL UNIQUE,
  goal_id INTEGER NOT NULL REFERENCES node (id),
  name TEXT NOT NULL CHECK (name <> ''),
  value_statement TEXT
) STRICT;
CREATE INDEX solution_goal ON solution (goal_id);

CREATE TABLE requirement (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  code TEXT NOT NULL UNIQUE,
  need_id INTEGER REFERENCES node (id),
  product_id INTEGER NOT NULL REFERENCES product (id),
  solution_id INTEGER REFERENCES solution (id),
  statement TEXT NOT NULL CHECK (statement <> ''),
  status TEXT NOT NULL CHECK (status IN ('candidate', 'committed', 'shipped', 'dropped')),
  effort_weeks REAL CHECK (effort_weeks > 0),
  horizon TEXT CHECK (horizon IN ('short', 'long')),
  shipped_on TEXT CHECK (shipped_on IS date(shipped_on, '+0 days')),
  CHECK (status = 'shipped' OR shipped_on IS NULL)
) STRICT;
CREATE INDEX requirement_need ON requirement (need_id);
CREATE INDEX requirement_product ON requirement (product_id, status);
CREATE INDEX requirement_solution ON requirement (solution_id);

-- Measures of a goal (theirs) or a product (ours).
CREATE TABLE metric (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  node_id INTEGER REFERENCES node (id),
  product_id INTEGER REFERENCES product (id),
  name TEXT NOT NULL CHECK (name <> ''),
  unit TEXT,
  baseline REAL,
  target REAL,
  CHECK ((node_id IS NULL) <> (product_id IS NULL))
) STRICT;
CREATE INDEX metric_node ON metric (node_id);
CREATE INDEX metric_product ON metric (product_id);

CREATE TABLE reading (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  metric_id INTEGER NOT NULL REFERENCES metric (id),
  taken_on TEXT NOT NULL CHECK (taken_on IS date(taken_on, '+0 days')),
  value REAL NOT NULL,
  note TEXT
) STRICT;
CREATE INDEX reading_metric ON reading (metric_id, taken_on);

-- Requests -----------------------------------------------------------------------------

CREATE TABLE owner (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL COLLATE NOCASE UNIQUE CHECK (name <> ''),
  function TEXT NOT NULL CHECK (function IN ('customers', 'sales', 'support', 'marketing', 'development', 'design', 'executives', 'operations', 'partners')),
  person TEXT
) STRICT;

-- One active owner for each kind of request (from-function × topic).
CREATE TABLE rule (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  from_function TEXT NOT NULL CHECK (from_function IN ('customers', 'sales', 'support', 'marketing', 'development', 'design', 'executives', 'operations', 'partners')),
  topic TEXT NOT NULL COLLATE NOCASE CHECK (topic <> ''),
  owner_id INTEGER NOT NULL REFERENCES owner (id),
  reply TEXT,
  active INTEGER NOT NULL CHECK (active IN (0, 1)),
  trained_on TEXT CHECK (trained_on IS date(trained_on, '+0 days'))
) STRICT;
CREATE UNIQUE INDEX rule_kind ON rule (from_function, topic) WHERE active = 1;
CREATE INDEX rule_owner ON rule (owner_id);

-- `body` is the first message without quotes and signature; `message` keeps all as it came.
-- `arrived_on` is the day of `arrived_at` in the user's zone. `date_note` says why a date
-- that should be there could not be read.
CREATE TABLE request (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  number INTEGER NOT NULL UNIQUE,
  title TEXT NOT NULL CHECK (title <> ''),
  body TEXT NOT NULL,
  arrived_at TEXT NOT NULL CHECK (arrived_at GLOB '[0-9]*T*Z'),
  arrived_on TEXT NOT NULL CHECK (arrived_on IS date(arrived_on, '+0 days')),
  zone TEXT NOT NULL,
  date_note TEXT,
  source TEXT NOT NULL CHECK (source <> ''),
  source_id TEXT,
  state TEXT NOT NULL CHECK (state IN ('new', 'kept', 'delegated', 'parked', 'declined', 'merged', 'done')),
  parked_until TEXT CHECK (parked_until IS date(parked_until, '+0 days')),
  from_function TEXT CHECK (from_function IN ('customers', 'sales', 'support', 'marketing', 'development', 'design', 'executives', 'operations', 'partners')),
  requester TEXT,
  address TEXT,
  account_id INTEGER REFERENCES account (id),
  topic TEXT COLLATE NOCASE CHECK (topic <> ''),
  due TEXT CHECK (due IS date(due, '+0 days')),
  reason TEXT CHECK (reason IN ('not-mapped-yet', 'promised', 'obligation', 'too-small', 'other', 'no-sight', 'one-account', 'other-way-served', 'cost', 'not-our-market')),
  reason_text TEXT,
  reply TEXT,
  estimate_minutes INTEGER CHECK (estimate_minutes BETWEEN 1 AND 60000),
  merged_into_id INTEGER REFERENCES request (id),
  node_id INTEGER REFERENCES node (id),
  requirement_id INTEGER REFERENCES requirement (id),
  decided_at TEXT CHECK (decided_at GLOB '[0-9]*T*Z'),
  CHECK ((state = 'merged') = (merged_into_id IS NOT NULL)),
  CHECK (merged_into_id IS NOT id),
  CHECK ((state = 'parked') = (parked_until IS NOT NULL)),
  CHECK (state <> 'declined' OR reason IN ('no-sight', 'one-account', 'other-way-served', 'cost', 'not-our-market')),
  CHECK (reason <> 'other' OR reason_text <> '')
) STRICT;
CREATE UNIQUE INDEX request_source ON request (source, source_id) WHERE source_id IS NOT NULL;
CREATE INDEX request_state ON request (state, arrived_at, id);
CREATE INDEX request_arrived ON request (arrived_at, id);
CREATE INDEX request_parked ON request (parked_until) WHERE parked_until IS NOT NULL;
CREATE INDEX request_due ON request (due, state) WHERE due IS NOT NULL;
CREATE INDEX request_kind ON request (from_function, topic, arrived_on) WHERE topic IS NOT NULL;
CREATE INDEX request_account ON request (account_id, arrived_on) WHERE account_id IS NOT NULL;
CREATE INDEX request_node ON request (node_id) WHERE node_id IS NOT NULL;
CREATE INDEX request_requirement ON request (requirement_id) WHERE requirement_id IS NOT NULL;
CREATE INDEX request_merged ON request (merged_into_id) WHERE merged_into_id IS NOT NULL;

-- `sent_at` is null where the message carries no readable date.
CREATE TABLE message (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  request_id INTEGER NOT NULL REFERENCES request (id),
  source TEXT NOT NULL,
  source_id TEXT NOT NULL,
  sender TEXT,
  address TEXT,
  sent_at TEXT CHECK (sent_at GLOB '[0-9]*T*Z'),
  zone TEXT,
  body TEXT NOT NULL,
  attachments TEXT,
  UNIQUE (source, source_id)
) STRICT;
CREATE INDEX message_request ON message (request_id, sent_at);

-- One accountable owner at a time.
CREATE TABLE handoff (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  request_id INTEGER NOT NULL REFERENCES request (id),
  owner_id INTEGER NOT NULL REFERENCES owner (id),
  authority TEXT NOT NULL CHECK (authority IN ('propose', 'act', 'own')),
  handed_at TEXT NOT NULL CHECK (handed_at GLOB '[0-9]*T*Z'),
  zone TEXT NOT NULL,
  follow_up TEXT NOT NULL CHECK (follow_up IS date(follow_up, '+0 days')),
  nudges INTEGER NOT NULL CHECK (nudges >= 0),
  outcome TEXT NOT NULL CHECK (outcome IN ('open', 'closed', 'returned')),
  ended_at TEXT CHECK (ended_at GLOB '[0-9]*T*Z'),
  returned_why TEXT CHECK (returned_why IN ('wrong-owner', 'not-trained', 'no-capacity', 'really-mine')),
  CHECK ((outcome = 'open') = (ended_at IS NULL)),
  CHECK (outcome = 'returned' OR returned_why IS NULL)
) STRICT;
CREATE UNIQUE INDEX handoff_open ON handoff (request_id) WHERE outcome = 'open';
CREATE INDEX handoff_request ON handoff (request_id);
CREATE INDEX handoff_follow_up ON handoff (follow_up, request_id) WHERE outcome = 'open';
CREATE INDEX handoff_owner ON handoff (owner_id, outcome);

CREATE TABLE evidence (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  node_id INTEGER NOT NULL REFERENCES node (id),
  account_id INTEGER NOT NULL REFERENCES account (id),
  request_id INTEGER REFERENCES request (id),
  layer TEXT NOT NULL CHECK (layer IN ('executive', 'manager', 'user')),
  person TEXT,
  quote TEXT,
  heard_on TEXT NOT NULL CHECK (heard_on IS date(heard_on, '+0 days')),
  importance INTEGER CHECK (importance BETWEEN 0 AND 3)
) STRICT;
CREATE INDEX evidence_node ON evidence (node_id);
CREATE INDEX evidence_account ON evidence (account_id, layer, heard_on);
CREATE INDEX evidence_request ON evidence (request_id) WHERE request_id IS NOT NULL;

-- A file of the drop box that has been collected; unique, so that a crash between commit
-- and removal makes no second request.
CREATE TABLE collected (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  source TEXT NOT NULL,
  file_name TEXT NOT NULL,
  UNIQUE (source, file_name)
) STRICT;

-- Hours ----------------------------------------------------------------------------------

CREATE TABLE category (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL COLLATE NOCASE UNIQUE CHECK (name <> ''),
  kind TEXT NOT NULL CHECK (kind IN ('strategic', 'tactical', 'overhead')),
  position INTEGER NOT NULL
) STRICT;

-- `day` and `week` are in the user's zone; `started_at` is null where only a sum is known.
CREATE TABLE entry (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  day TEXT NOT NULL CHECK (day IS date(day, '+0 days')),
  week TEXT NOT NULL CHECK (week GLOB '[0-9][0-9][0-9][0-9]-W[0-5][0-9]'),
  started_at TEXT CHECK (started_at GLOB '[0-9]*T*Z'),
  minutes INTEGER NOT NULL CHECK (minutes BETWEEN 0 AND 1500),
  zone TEXT NOT NULL,
  running INTEGER NOT NULL CHECK (running IN (0, 1)),
  category_id INTEGER NOT NULL REFERENCES category (id),
  with_function TEXT CHECK (with_function IN ('customers', 'sales', 'support', 'marketing', 'development', 'design', 'executives', 'operations', 'partners')),
  reactive INTEGER NOT NULL CHECK (reactive IN (0, 1)),
  note TEXT,
  verdict TEXT CHECK (verdict IN ('keep', 'stop', 'streamline', 'hand-over')),
  hand_to_id INTEGER REFERENCES owner (id),
  request_id INTEGER REFERENCES request (id),
  node_id INTEGER REFERENCES node (id),
  market_id INTEGER REFERENCES market (id),
  source TEXT,
  source_id TEXT,
  CHECK (node_id IS NULL OR market_id IS NULL),
  CHECK (running = 0 OR started_at IS NOT NULL)
) STRICT;
CREATE UNIQUE INDEX entry_running ON entry (running) WHERE running = 1;
CREATE UNIQUE INDEX entry_source ON entry (source, source_id) WHERE source_id IS NOT NULL;
CREATE INDEX entry_week ON entry (week, day, started_at, minutes, category_id, with_function, reactive, verdict, request_id, node_id, market_id);
CREATE INDEX entry_day ON entry (day, started_at);
CREATE INDEX entry_category ON entry (category_id);
CREATE INDEX entry_request ON entry (request_id) WHERE request_id IS NOT NULL;
CREATE INDEX entry_node ON entry (node_id) WHERE node_id IS NOT NULL;
CREATE INDEX entry_market ON entry (market_id) WHERE market_id IS NOT NULL;

CREATE TABLE target (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  from_week TEXT NOT NULL UNIQUE CHECK (from_week GLOB '[0-9][0-9][0-9][0-9]-W[0-5][0-9]'),
  share REAL NOT NULL CHECK (share BETWEEN 0 AND 1)
) STRICT;

CREATE TABLE block (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  week TEXT NOT NULL CHECK (week GLOB '[0-9][0-9][0-9][0-9]-W[0-5][0-9]'),
  starts_at TEXT NOT NULL CHECK (starts_at GLOB '[0-9]*T*Z'),
  ends_at TEXT NOT NULL CHECK (ends_at GLOB '[0-9]*T*Z'),
  zone TEXT NOT NULL,
  CHECK (starts_at < ends_at)
) STRICT;
CREATE INDEX block_week ON block (week, starts_at);

CREATE TABLE day_off (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  day TEXT NOT NULL UNIQUE CHECK (day IS date(day, '+0 days')),
  note TEXT
) STRICT;

-- Gaps and reviews -----------------------------------------------------------------------

CREATE TABLE gap_snooze (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  rule TEXT NOT NULL CHECK (rule <> ''),
  subject TEXT NOT NULL CHECK (subject <> ''),
  until TEXT NOT NULL CHECK (until IS date(until, '+0 days')),
  reason TEXT NOT NULL CHECK (reason <> ''),
  UNIQUE (rule, subject)
) STRICT;

CREATE TABLE review (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  week TEXT NOT NULL UNIQUE CHECK (week GLOB '[0-9][0-9][0-9][0-9]-W[0-5][0-9]'),
  started_at TEXT NOT NULL CHECK (started_at GLOB '[0-9]*T*Z'),
  finished_at TEXT CHECK (finished_at GLOB '[0-9]*T*Z'),
  zone TEXT NOT NULL,
  answers TEXT NOT NULL,
  report TEXT
) STRICT;

CREATE TABLE commitment (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  review_id INTEGER NOT NULL REFERENCES review (id),
  kind TEXT NOT NULL CHECK (kind IN ('stop', 'streamline', 'hand-over', 'conversation', 'other')),
  text TEXT NOT NULL CHECK (text <> ''),
  due TEXT CHECK (due IS date(due, '+0 days')),
  kept INTEGER CHECK (kept IN (0, 1))
) STRICT;
CREATE INDEX commitment_review ON commitment (review_id);

-- History: what undo, redo and `pmdesk history` read --------------------------------------

-- 'abandoned': undone, and then something else was done, so redo can't reach it any more.
CREATE TABLE step (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  made_at TEXT NOT NULL CHECK (made_at GLOB '[0-9]*T*Z'),
  zone TEXT NOT NULL,
  made_by TEXT NOT NULL CHECK (made_by IN ('person', 'desk')),
  words TEXT NOT NULL CHECK (words <> ''),
  kinds TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('done', 'undone', 'abandoned'))
) STRICT;
CREATE INDEX step_stack ON step (made_by, state, id);

-- Append-only. Rows a bulk import made stand as one range (row_id to last_row_id).
CREATE TABLE change (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  step_id INTEGER NOT NULL REFERENCES step (id),
  table_name TEXT NOT NULL,
  row_id INTEGER NOT NULL,
  last_row_id INTEGER NOT NULL CHECK (last_row_id >= row_id),
  operation TEXT NOT NULL CHECK (operation IN ('insert', 'update', 'delete', 'bulk')),
  old_values TEXT,
  new_values TEXT
) STRICT;
CREATE INDEX change_step ON change (step_id);
CREATE INDEX change_row ON change (table_name, row_id, last_row_id);

-- The rows of an undone bulk import, kept so that redo can bring them back.
CREATE TABLE kept_row (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  step_id INTEGER NOT NULL REFERENCES step (id),
  table_name TEXT NOT NULL,
  row_values TEXT NOT NULL
) STRICT;
CREATE INDEX kept_row_step ON kept_row (step_id, table_name);

-- Full text, fed by store/search.py -------------------------------------------------------

CREATE VIRTUAL TABLE request_text USING fts5 (
  title, body, requester, content = 'request', content_rowid = 'id', tokenize = "unicode61 remove_diacritics 2", prefix = '2 3'
);
CREATE VIRTUAL TABLE message_text USING fts5 (
  sender, body, content = 'message', content_rowid = 'id', tokenize = "unicode61 remove_diacritics 2", prefix = '2 3'
);
CREATE VIRTUAL TABLE node_text USING fts5 (
  code, statement, content = 'node', content_rowid = 'id', tokenize = "unicode61 remove_diacritics 2", prefix = '2 3'
);

-- The given categories (DOMAIN §3) and the default target (DOMAIN §5) ---------------------

INSERT INTO category (name, kind, position) VALUES
  ('vision', 'strategic', 1), ('research', 'strategic', 2),
  ('performance', 'strategic', 3), ('priorities', 'strategic', 4),
  ('delivery', 'tactical', 5), ('support', 'tactical', 6),
  ('sales', 'tactical', 7), ('launch', 'tactical', 8),
  ('admin', 'overhead', 9);
INSERT INTO target (from_week, share) VALUES ('0001-W01', 0.5);
