#!/bin/sh
# Makes the secrets that are not there yet. The folder is closed to the server's other users; the files in it
# are open, since each is shown to containers that run as different users.
#   hub/server/secrets.sh                     all that are missing
#   hub/server/secrets.sh proxy_token ...     these anew: rotate, then restart what uses them
set -eu
umask 077
folder=$(cd "$(dirname "$0")" && pwd)/secrets
mkdir -p "$folder"
chmod 700 "$folder"
make() {
  od -An -N32 -tx1 /dev/urandom | tr -d ' \n' >"$folder/.$1"
  chmod 444 "$folder/.$1"
  mv -f "$folder/.$1" "$folder/$1"
  echo "made $1"
}
if [ $# -gt 0 ]; then
  for name in "$@"; do
    [ -e "$folder/$name" ] || { echo "there is no secret $name in $folder" >&2; exit 1; }
    make "$name"
  done
  exit
fi
for name in proxy_token cookie_secret teaching_token database_password hub_database_password gradebook_database_password; do
  [ -e "$folder/$name" ] || make "$name"
done
