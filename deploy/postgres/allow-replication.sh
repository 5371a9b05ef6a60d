#!/bin/bash
# Runs once, when the primary's database is made: a replica may follow it.
set -euo pipefail
echo "host replication odoo samenet scram-sha-256" >>"$PGDATA/pg_hba.conf"
