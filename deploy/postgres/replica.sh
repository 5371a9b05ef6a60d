#!/bin/bash
# Copies the primary at the first start, then follows it.
set -euo pipefail

if [ ! -s "$PGDATA/PG_VERSION" ]; then
  PGPASSWORD=$(</run/secrets/db_password)
  export PGPASSWORD
  # Half a copy of an interrupted start would never become a whole one.
  find "$PGDATA" -mindepth 1 -delete
  pg_basebackup -h db -U odoo -D "$PGDATA" -X stream -R
  chmod 0700 "$PGDATA"
  unset PGPASSWORD
fi
exec postgres -c config_file=/etc/postgresql/postgresql.conf
