-- Full text of what is asked for and of what was heard, and quick ways to what hangs on
-- nothing: the customers' pane lists and counts it.

CREATE VIRTUAL TABLE requirement_text USING fts5 (
  code, statement, content = 'requirement', content_rowid = 'id', tokenize = "unicode61 remove_diacritics 2", prefix = '2 3'
);
INSERT INTO requirement_text (requirement_text) VALUES ('rebuild');

CREATE VIRTUAL TABLE evidence_text USING fts5 (
  person, quote, content = 'evidence', content_rowid = 'id', tokenize = "unicode61 remove_diacritics 2", prefix = '2 3'
);
INSERT INTO evidence_text (evidence_text) VALUES ('rebuild');

CREATE INDEX node_adrift ON node (position, status) WHERE kind = 'need' AND parent_id IS NULL;
CREATE INDEX requirement_adrift ON requirement (status) WHERE need_id IS NULL;
CREATE INDEX requirement_alone ON requirement (status) WHERE solution_id IS NULL;
