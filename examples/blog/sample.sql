-- A little data to look at; scripts/demo puts it into the embedded database once.
INSERT INTO users (id, email, name, age, bio) VALUES
    (1, 'ada@example.com', 'Ada Lovelace', 36, 'Wrote the first program.'),
    (2, 'grace@example.com', 'Grace Hopper', 85, 'Found the first bug.'),
    (3, 'edsger@example.com', 'Edsger Dijkstra', 72, NULL);
INSERT INTO posts (id, author_id, title, content, status, rating, published_at) VALUES
    (1, 1, 'Notes on the Analytical Engine', 'It weaves algebraic patterns.', 'published', 9.5, '2026-01-10 09:00:00'),
    (2, 1, 'On repetition', 'A cycle of operations, and cycles of cycles.', 'draft', NULL, NULL),
    (3, 2, 'The compiler', 'Nobody believed that it could be done.', 'published', 9.0, '2026-02-14 12:30:00'),
    (4, 3, 'Go to', 'Considered harmful.', 'published', 8.5, '2026-03-01 08:15:00');
INSERT INTO comments (id, post_id, author_id, body) VALUES
    (1, 1, 2, 'Still the best introduction.'),
    (2, 3, 1, 'I believed it.'),
    (3, 4, 2, 'Agreed, but for error handling.');
INSERT INTO tags (id, name) VALUES (1, 'history'), (2, 'compilers'), (3, 'style');
INSERT INTO post_tags (post_id, tag_id) VALUES (1, 1), (3, 1), (3, 2), (4, 3);
