#!/bin/sh
# Run once by PostgreSQL's image, when its volume is new: two users, each with a database of its own.
set -eu
for name in hub gradebook; do
  password=$(cat "${SECRETS:-/run/secrets}/${name}_database_password")
  psql --set=ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres \
    --set=name="$name" --set=password="$password" <<'SQL'
CREATE USER :"name" PASSWORD :'password';
CREATE DATABASE :"name" OWNER :"name";
REVOKE CONNECT ON DATABASE :"name" FROM PUBLIC;
SQL
done
