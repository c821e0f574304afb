-- Full text of what is asked of our products and of what was heard: the customers' pane is
-- filtered by both.

CREATE VIRTUAL TABLE requirement_text USING fts5 (
  code, statement, content = 'requirement', content_rowid = 'id', tokenize = "unicode61 remove_diacritics 2", prefix = '2 3'
);
INSERT INTO requirement_text (requirement_text) VALUES ('rebuild');

CREATE VIRTUAL TABLE evidence_text USING fts5 (
  person, quote, content = 'evidence', content_rowid = 'id', tokenize = "unicode61 remove_diacritics 2", prefix = '2 3'
);
INSERT INTO evidence_text (evidence_text) VALUES ('rebuild');
