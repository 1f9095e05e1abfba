#!/bin/bash
# Measures the HTTP server with a fixed reply against bare epoll, in short interleaved rounds, and compares with the
# last committed results. Options: see http.py --help.
exec python3 "$(dirname "$0")/http.py" "$@"
