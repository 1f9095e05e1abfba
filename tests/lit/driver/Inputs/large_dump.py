"""Writes a dump as pg_dump does, with 50 MB of COPY data between two tables."""
import sys

with open(sys.argv[1], "w") as out:
    out.write("SET client_encoding = 'UTF8';\n\nCREATE TABLE first (\n    id bigint NOT NULL,\n    body text\n);\n\n")
    out.write("COPY first (id, body) FROM stdin;\n")
    line = "\t" + "it's a row; with -- marks and $$ (" * 8 + "\n"
    size = number = 0
    while size < 50_000_000:
        number += 1
        size += out.write(f"{number}{line}")
    out.write("\\.\n\n\nCREATE TABLE last (\n    id bigint NOT NULL\n);\n")
