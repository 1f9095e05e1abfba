-- What test_timeouts.py asks for: reads and writes that take as long as `rounds` says.
CREATE TABLE jobs (
    id      BIGINT PRIMARY KEY,
    rounds  BIGINT NOT NULL
);

CREATE VIEW work AS
SELECT id, rounds, (
    WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < jobs.rounds)
    SELECT max(i) FROM n
) AS reached
FROM jobs;
