-- Every type that a column can have, in one place: what each looks like in JSON, in C++ and on disk.

CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');
CREATE DOMAIN positive AS INTEGER CHECK (VALUE > 0);
CREATE DOMAIN postal_code AS VARCHAR(10) NOT NULL CHECK (length(VALUE) >= 3);

-- Numbers, exact and not.
CREATE TABLE numbers (
    id        SERIAL PRIMARY KEY,
    small     SMALLINT,
    whole     INTEGER NOT NULL DEFAULT 0,
    big       BIGINT,
    money     NUMERIC(12, 2) CHECK (money >= 0),
    exact     NUMERIC(30, 10),
    any_size  NUMERIC,
    single    REAL,
    twice     DOUBLE PRECISION,
    yes_no    BOOLEAN NOT NULL DEFAULT false,
    domained  positive
);

-- Texts and bytes.
CREATE TABLE texts (
    id       BIGSERIAL PRIMARY KEY,
    free     TEXT,
    bounded  VARCHAR(20) NOT NULL DEFAULT '',
    fixed    CHAR(4),
    feeling  mood DEFAULT 'ok',
    postal   postal_code,
    raw      BYTEA,
    document JSON,
    binary_document JSONB NOT NULL DEFAULT '{}',
    unique_id UUID DEFAULT gen_random_uuid()
);

-- Dates and times.
CREATE TABLE moments (
    id          INTEGER GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    day         DATE DEFAULT CURRENT_DATE,
    clock       TIME,
    clock_zone  TIME WITH TIME ZONE,
    local       TIMESTAMP,
    instant     TIMESTAMPTZ DEFAULT CURRENT_TIMESTAMP,
    precise     TIMESTAMP(3),
    span        INTERVAL
);

-- What only PostgreSQL has; SQLite keeps them as text.
CREATE TABLE others (
    code      VARCHAR(8) PRIMARY KEY,
    numbers   INTEGER[] NOT NULL DEFAULT '{}',
    words     TEXT[],
    network   INET,
    address   MACADDR,
    period    TSTZRANGE,
    flags     BIT(8)
);

-- A key of two columns, and a column that the database computes.
CREATE TABLE cells (
    row_number    INTEGER NOT NULL,
    column_number INTEGER NOT NULL,
    width         INTEGER NOT NULL CHECK (width > 0),
    height        INTEGER NOT NULL CHECK (height > 0),
    area          INTEGER GENERATED ALWAYS AS (width * height) STORED,
    parent_row    INTEGER,
    parent_column INTEGER,
    PRIMARY KEY (row_number, column_number),
    FOREIGN KEY (parent_row, parent_column) REFERENCES cells (row_number, column_number)
);
