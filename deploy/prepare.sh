#!/usr/bin/env bash
# Makes what only this installation knows, in deploy/data, and what the compose file is to know of it, in deploy/.env.
# Safe to repeat: what is there stays.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
umask 077

data=deploy/data
mkdir -p "$data"
for name in nats-1 nats-2 nats-3; do
    CHAT_FOLDER=$PWD ./chat nats-config --data "$data" --listen 0.0.0.0 --name "$name" \
        --route nats-1:4725 --route nats-2:4725 --route nats-3:4725 >"$data/$name.conf"
done
{
    echo "CHAT_USER=$(id -u):$(id -g)"
    for secret in postgres postgres-admin postgres-standby; do
        name=${secret^^}
        echo "CHAT_${name//-/_}_PASSWORD=$(<"$data/secrets/$secret.password")"
    done
} >deploy/.env
