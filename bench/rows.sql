-- 100,000 users, 500,000 posts (25 for each of users 1 to 20,000), 500,000 comments; the same in every run.
PRAGMA journal_mode = WAL;
PRAGMA synchronous = OFF;
BEGIN;
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000)
INSERT INTO users (id, email, name, age, created_at)
SELECT i, 'user' || i || '@example.com', 'User Number ' || i, 18 + (i * 7919) % 60,
       datetime(1704067200 + i, 'unixepoch')
FROM n;
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500000)
INSERT INTO posts (id, title, content, user_id, published, created_at)
SELECT i, 'Title of post ' || i, replace(hex(zeroblob(90)), '00', printf('%02x', i % 256)) || printf('%020d', i),
       1 + (i * 7919) % 20000, (i / 20000 + i * 31) % 10 < 7,
       datetime(1704067200 + (i * 48271) % 31536000, 'unixepoch')
FROM n;
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500000)
INSERT INTO comments (id, post_id, user_id, body)
SELECT i, 1 + (i * 104729) % 500000, 1 + (i * 7919) % 100000,
       'Comment body ' || i || ' of about forty characters'
FROM n;
COMMIT;
ANALYZE;
PRAGMA wal_checkpoint(TRUNCATE);
