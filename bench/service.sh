#!/bin/bash
# Measures a compiled service against a bare epoll server and a hand-written spike on the same database, in short
# interleaved rounds, and compares with the last committed results. Options: see service.py --help.
exec python3 "$(dirname "$0")/service.py" "$@"
