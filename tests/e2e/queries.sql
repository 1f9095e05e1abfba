-- What test_queries.py calls.
CREATE TABLE users (
    id    BIGINT PRIMARY KEY,
    name  TEXT NOT NULL,
    token TEXT  --@ secret
);

CREATE TABLE posts (
    id         BIGINT PRIMARY KEY,
    author_id  BIGINT NOT NULL REFERENCES users (id),
    title      TEXT NOT NULL,
    likes      INTEGER NOT NULL DEFAULT 0,
    rating     NUMERIC(4, 2),
    is_open    BOOLEAN NOT NULL DEFAULT true,
    created_at TIMESTAMPTZ NOT NULL
);

--@ query everybody: SELECT * FROM users ORDER BY id
--@ query by_ids(ids bigint[]): SELECT * FROM posts WHERE id = ANY(ids) ORDER BY id DESC
--@ query newest(most integer = 2, skipped integer = 0): SELECT id, title, created_at FROM posts ORDER BY created_at DESC, id LIMIT most OFFSET skipped
--@ query same(title text): SELECT p.id, p.title FROM posts p WHERE p.title = :title OR p.title || '$1' = :title
--@ query "Said ""so"""("a b" text): SELECT "a b" AS "x y", upper("a b") AS z

/*@ query top_authors(min_posts integer, since timestamptz = null):
  SELECT u.id, u.name, count(*) AS posts, sum(p.likes) AS likes, max(p.created_at) AS last_at
  FROM users u JOIN posts p ON p.author_id = u.id
  WHERE since IS NULL OR p.created_at >= since
  GROUP BY u.id, u.name
  HAVING count(*) >= min_posts
  ORDER BY count(*) DESC, u.name */

/*@ query ranked(floor_ integer = 0):
  WITH chosen AS (SELECT * FROM posts WHERE likes >= floor_)
  SELECT id, author_id, is_open, rating,
         row_number() OVER (PARTITION BY author_id ORDER BY likes DESC, id) AS place
  FROM chosen
  ORDER BY author_id, place */

/*@ query names(part text):
  SELECT 'user' AS kind, id, name AS label FROM users WHERE name LIKE part
  UNION ALL
  SELECT 'post', id, title FROM posts WHERE title LIKE part
  ORDER BY kind, id */
