#!/bin/bash
# Makes the database with all addons, once. `b2b-init upgrade` updates the addons.
# B2B_DEMO=1 adds the demo business.
set -euo pipefail

database=prod
addons=/mnt/extra-addons
export PGHOST=$HOST PGPORT=$PORT PGUSER=$USER PGPASSWORD
PGPASSWORD=$(<"$PASSWORD_FILE")

# Bridges install themselves; the demo business only on request.
modules=$(grep -L '"auto_install": True' "$addons"/*/__manifest__.py |
  xargs -n1 dirname | xargs -n1 basename)
if [ "${B2B_DEMO:-}" != 1 ]; then
  modules=$(grep -vx b2b_demo <<<"$modules")
fi
modules=$(paste -sd, <<<"$modules")

installed() {
  [ "$(psql -tA -d "$database" -c \
    "SELECT 1 FROM ir_module_module WHERE name = 'b2b_party' AND state = 'installed'" \
    2>/dev/null)" = 1 ]
}

odoo() {
  /usr/bin/odoo -d "$database" --no-http --stop-after-init "$@"
}

if ! installed; then
  odoo -i "$modules"
elif [ "${1:-}" = upgrade ]; then
  odoo -u "$modules"
else
  echo "The database $database is there; 'upgrade' would update its addons."
fi
