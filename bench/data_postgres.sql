-- The rows that bench/service_pg.sh measures with: 100,000 users; 500,000 posts, 25 for each of the users 1 to 20,000;
-- 500,000 comments, 5 for each post of the users 1 to 4,000. The tables exist already.
INSERT INTO users (id, email, name, age, created_at)
SELECT i, 'user' || i || '@example.com', 'User Number ' || i, 18 + (i * 7919) % 60,
       '2024-01-01'::timestamptz + (i || ' seconds')::interval
FROM generate_series(1, 100000) i;
INSERT INTO posts (id, title, content, user_id, published, created_at)
SELECT i, 'Title of post ' || i, substr(repeat(md5(i::text), 7), 1, 200), 1 + (i::bigint * 7919) % 20000,
       ((i / 20000) + i * 31) % 10 < 7,
       '2024-01-01'::timestamptz + ((i::bigint * 48271) % 31536000 || ' seconds')::interval
FROM generate_series(1, 500000) i;
INSERT INTO comments (id, post_id, user_id, body)
SELECT i, p.id, 1 + (i::bigint * 7919) % 100000, 'Comment body ' || i || ' ' || md5(i::text)
FROM generate_series(1, 500000) i
JOIN (SELECT id, row_number() OVER (ORDER BY id) - 1 AS k FROM posts WHERE user_id <= 4000) p
  ON p.k = (i::bigint * 104729) % 100000;
SELECT setval(pg_get_serial_sequence('users', 'id'), 100000),
       setval(pg_get_serial_sequence('posts', 'id'), 500000),
       setval(pg_get_serial_sequence('comments', 'id'), 500000);
VACUUM ANALYZE;
CHECKPOINT;
