-- What test_streaming.py reads: rows of about a kilobyte, with all that a format has to quote.
CREATE TABLE lines (
    id      BIGINT PRIMARY KEY,
    label   TEXT NOT NULL,
    note    TEXT,
    amount  NUMERIC(12, 2) NOT NULL,
    data    JSON NOT NULL,
    filler  TEXT NOT NULL
);
