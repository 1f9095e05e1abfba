"""One schema asked through its two faces, REST and GraphQL: the same question must have the same answer, the same write the same
rows or the same errors. What is asked is random, of the schema and a seed; see test_faces.py."""
