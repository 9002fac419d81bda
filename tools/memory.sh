# To be read in by a script: lets what tests write for a moment be written to memory where there is enough of it, as on a
# disk, files and databases cost several times as much. Who reads it in removes $scratch at the end, if it names a folder.
# The folder is open to pass through, as the server of PostgreSQL runs under its own account.
memory=/dev/shm
scratch=""
if [ -z "${TMPDIR:-}" ] && [ "$(df -Pk "$memory" 2>/dev/null | awk 'NR == 2 {print $4}')" -ge 4000000 ] 2>/dev/null; then
    scratch=$(mktemp -d "$memory/adaldyq-tests-XXXXXX")
    chmod 711 "$scratch"
    export TMPDIR="$scratch"
fi
# Some machines say that Python shall keep no compiled files: here every process would compile all of ours again.
unset PYTHONDONTWRITEBYTECODE
