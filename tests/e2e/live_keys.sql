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
