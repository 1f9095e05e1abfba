#!/bin/bash
# Measures a compiled service on PostgreSQL against a hand-written spike on the same server, in short interleaved
# rounds, and compares with the last committed results. Options: see service_pg.py --help.
exec python3 "$(dirname "$0")/service_pg.py" "$@"
