#!/usr/bin/env bash
# Makes a copy of the primary where there is none yet, and starts it: as a standby, until it is promoted.
set -euo pipefail

export PGPASSWORD=$CHAT_POSTGRES_STANDBY_PASSWORD
conninfo="host=$CHAT_POSTGRES_PRIMARY user=chat_standby application_name=chat_standby"

# A copy that was cut short has no such file, and is made anew.
if [[ ! -f $PGDATA/copied ]]; then
    find "$PGDATA" -mindepth 1 -delete
    until pg_basebackup --pgdata="$PGDATA" --dbname="$conninfo" --slot=chat_standby --wal-method=stream \
        --checkpoint=fast; do
        sleep 1
    done
    touch "$PGDATA/standby.signal" "$PGDATA/copied"
fi

exec docker-entrypoint.sh postgres -c primary_conninfo="$conninfo" -c primary_slot_name=chat_standby \
    -c wal_retrieve_retry_interval=500ms
