#!/bin/sh
# Dumps the database that PGHOST, PGUSER, PGPASSWORD and PGDATABASE name into a new file, then removes all but the
# newest BACKUPS_KEPT (14). They lie in BACKUP_DIR (/backups). A dump that fails removes nothing.
set -eu
folder=${BACKUP_DIR:-/backups}
kept=${BACKUPS_KEPT:-14}
case $kept in
  *[!0-9]* | 0*) echo "BACKUPS_KEPT is “$kept”; it should be a whole number, 1 or more" >&2; exit 1 ;;
esac

# For its owner alone: a dump holds everything that sellers have told.
umask 077
file=$folder/vitrine-$(date -u +%Y-%m-%dT%H%M%SZ).dump
# Until it is whole it does not have the name of a backup.
trap 'rm -f "$file.part"' EXIT
trap 'exit 1' INT TERM
pg_dump --format=custom --file="$file.part"
pg_restore --list "$file.part" >/dev/null
mv "$file.part" "$file"
echo "backed up to $file"

# The names sort as their times do.
ls "$folder"/vitrine-*.dump | sort -r | tail -n "+$((kept + 1))" | while read -r old; do rm "$old"; done
