-- What bench/nested.py measures GraphQL against: the same answer by SQL that is written by hand, as a named query of the same service.

/*@ query nested_json(reader bigint):
  SELECT json_build_object('name', u.name, 'posts', (
    SELECT coalesce(json_agg(json_build_object('title', p.title, 'comments', (
      SELECT coalesce(json_agg(json_build_object('body', c.body)), '[]')
      FROM (SELECT body FROM comments WHERE post_id = p.id ORDER BY id LIMIT 5) c))), '[]')
    FROM (SELECT id, title FROM posts WHERE user_id = u.id ORDER BY id LIMIT 10) p)) AS data
  FROM users u WHERE u.id = reader */

/*@ query nested_rows(reader bigint):
  SELECT u.name, p.id, p.title, c.body
  FROM users u
  LEFT JOIN LATERAL (SELECT id, title FROM posts WHERE user_id = u.id ORDER BY id LIMIT 10) p ON true
  LEFT JOIN LATERAL (SELECT id, body FROM comments WHERE post_id = p.id ORDER BY id LIMIT 5) c ON true
  WHERE u.id = reader */
