-- Keys that are no integers, for what live queries are told by: texts, UUIDs, several columns.

CREATE TABLE documents (
    id    UUID PRIMARY KEY,
    title TEXT NOT NULL
);

CREATE TABLE shelves (
    code  VARCHAR(20) PRIMARY KEY,
    place TEXT NOT NULL
);

CREATE TABLE copies (
    shelf_code  VARCHAR(20) NOT NULL REFERENCES shelves (code) ON UPDATE CASCADE,
    document_id UUID NOT NULL REFERENCES documents (id),
    note        TEXT NOT NULL,
    PRIMARY KEY (shelf_code, document_id)
);

-- What a live query of views and named queries is run again by: the tables in their texts.
CREATE VIEW shelf_sizes AS
SELECT s.code, (SELECT count(*) FROM copies c WHERE c.shelf_code = s.code) AS size FROM shelves s;

CREATE VIEW full_shelves AS SELECT code FROM shelf_sizes WHERE size > 0;

--@ query notes_on(shelf varchar): SELECT note FROM copies WHERE shelf_code = shelf
