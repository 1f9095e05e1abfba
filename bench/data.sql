-- The rows that bench/service.sh measures with: 100,000 users; 500,000 posts, 25 for each of the users 1 to 20,000;
-- 500,000 comments, 5 for each post of the users 1 to 4,000. The tables exist already.
PRAGMA synchronous = OFF;
BEGIN;
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000)
INSERT INTO users (id, email, name, age, created_at)
SELECT i, 'user' || i || '@example.com', 'User Number ' || i, 18 + (i * 7919) % 60,
       datetime('2024-01-01', i || ' seconds')
FROM n;
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500000)
INSERT INTO posts (id, title, content, user_id, published, created_at)
SELECT i, 'Title of post ' || i,
       printf('%032d%s%032d%s%032d%s%08d', i * 2654435761, ' some words, ', i * 40503,
              ' and more of them, ', i, ' until it is long enough to look like a text. Then it ends',
              i),
       1 + (i * 7919) % 20000, ((i / 20000) + i * 31) % 10 < 7,
       datetime('2024-01-01', ((i * 48271) % 31536000) || ' seconds')
FROM n;
CREATE TEMP TABLE commented AS
SELECT id AS post_id, row_number() OVER (ORDER BY id) - 1 AS k FROM posts WHERE user_id <= 4000;
CREATE UNIQUE INDEX temp.commented_k ON commented (k);
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500000)
INSERT INTO comments (id, post_id, user_id, body)
SELECT i, post_id, 1 + (i * 7919) % 100000, 'Comment body ' || i || printf(' %032d', i * 2654435761)
FROM n JOIN commented ON k = (i * 104729) % 100000;
COMMIT;
ANALYZE;
