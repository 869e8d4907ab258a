#!/usr/bin/env bash
# Run once by the image, when the primary's data folder has been made. The last setting counts from the next start on:
# then nothing is committed before the standby has it.
set -euo pipefail

psql --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres \
    --set chat="$CHAT_POSTGRES_PASSWORD" --set standby="$CHAT_POSTGRES_STANDBY_PASSWORD" <<'SQL'
create role chat login password :'chat';
create role chat_standby replication login password :'standby';
create database chat owner chat;
select pg_create_physical_replication_slot('chat_standby', true);
alter system set synchronous_standby_names = 'chat_standby';
SQL

echo 'host replication chat_standby all scram-sha-256' >>"$PGDATA/pg_hba.conf"
