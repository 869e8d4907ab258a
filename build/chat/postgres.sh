# The database server. Sourced by ./chat.

# Prints the bin folder of the newest server under a root, if there is one.
postgres_bin() {
    local bin
    for bin in $(printf '%s\n' "$1"/usr/lib/postgresql/*/bin | sort -rV); do
        [[ -x $bin/postgres && -x $bin/initdb ]] && echo "$bin" && return
    done
    return 1
}

need_postgres() {
    # The database refuses to run as root, and whom root runs it as cannot look into root's home.
    local fetched=$tools/postgres
    [[ $EUID -ne 0 || -n ${CHAT_TOOLS:-} ]] || fetched=/var/cache/chat/postgres
    if [[ -n ${CHAT_POSTGRES_BIN:-} && -x $CHAT_POSTGRES_BIN/postgres ]]; then
        return
    fi
    if ! CHAT_POSTGRES_BIN=$(postgres_bin ""); then
        CHAT_POSTGRES_BIN=$(postgres_bin "$fetched") || fetch_postgres "$fetched"
        CHAT_POSTGRES_BIN=$(postgres_bin "$fetched") || die "the fetched PostgreSQL holds no server"
        local libraries
        libraries=$(printf '%s:' "$fetched"/usr/lib/*-linux-gnu*)
        export LD_LIBRARY_PATH=${libraries%:}${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}
    fi
    "$CHAT_POSTGRES_BIN/postgres" --version >/dev/null || die "PostgreSQL in $CHAT_POSTGRES_BIN does not run"
    export CHAT_POSTGRES_BIN
}

# The distribution's server with whatever libraries the system lacks, unpacked into a folder and not installed.
fetch_postgres() {
    say "fetching PostgreSQL"
    local apt=$tools/apt-postgres deb
    apt_folder "$apt"
    mkdir -p "$1"
    cp /etc/apt/sources.list.d/*.sources /etc/apt/sources.list.d/*.list "$apt/sources" 2>/dev/null || true
    [[ ! -f /etc/apt/sources.list ]] || cp /etc/apt/sources.list "$apt/sources/system.list"
    private_apt "$apt" update
    private_apt "$apt" install -y --download-only --no-install-recommends postgresql
    for deb in "$apt"/cache/archives/*.deb; do
        dpkg -x "$deb" "$1" || die "$deb cannot be unpacked"
    done
    rm -rf "$apt"
}
