# The message server. Sourced by ./chat.

# Earlier ones crash before authentication on WebSockets and let deny rules be passed by: 2.12.12 or 2.14.3 at least.
is_new_enough() {
    local version major minor patch
    version=$("$1" --version 2>/dev/null) || return 1
    [[ $version =~ v?([0-9]+)\.([0-9]+)\.([0-9]+) ]] || return 1
    major=${BASH_REMATCH[1]} minor=${BASH_REMATCH[2]} patch=${BASH_REMATCH[3]}
    ((major > 2 || (major == 2 && (minor > 14 || (minor == 14 && patch >= 3) || (minor == 12 && patch >= 12)))))
}

need_nats() {
    local there
    for there in "${CHAT_NATS_SERVER:-}" "$(command -v nats-server || true)" "$tools/nats/usr/sbin/nats-server"; do
        if [[ -n $there ]] && is_new_enough "$there"; then
            export CHAT_NATS_SERVER=$there
            return
        fi
    done
    fetch_nats
    export CHAT_NATS_SERVER=$tools/nats/usr/sbin/nats-server
    is_new_enough "$CHAT_NATS_SERVER" || die "the fetched nats-server does not run or is too old"
}

fetch_nats() {
    say "fetching nats-server from Debian's testing"
    local apt=$tools/apt-testing
    apt_folder "$apt"
    testing_sources "$apt/sources"
    private_apt "$apt" update
    (cd "$apt/packages" && rm -f nats-server_*.deb && private_apt "$apt" download nats-server)
    mkdir -p "$tools/nats"
    dpkg -x "$apt"/packages/nats-server_*.deb "$tools/nats" || die "the package of nats-server cannot be unpacked"
    rm -rf "$apt"
}

# The machine's own Debian sources, with the suite set to testing; what is not the main archive is left out.
testing_sources() {
    local file
    for file in /etc/apt/sources.list.d/*.sources; do
        [[ -f $file ]] && grep -qi 'debian' "$file" || continue
        awk 'BEGIN { RS = ""; ORS = "\n\n" } tolower($0) ~ /\ndeb-src|types: *deb-src *\n|-security/ { next }
            { gsub(/\nSuites:[^\n]*/, "\nSuites: testing"); sub(/^Suites:[^\n]*/, "Suites: testing"); print }' \
            "$file" >"$1/$(basename "$file")"
    done
    if [[ -f /etc/apt/sources.list ]]; then
        sed -nE '/^deb .*-security/d; s/^(deb +(\[[^]]*\] +)?[^ ]*debian[^ ]*) +[^ ]+( .*)$/\1 testing\3/p' \
            /etc/apt/sources.list | sort -u >"$1/testing.list"
    fi
}

apt_folder() {
    command -v apt-get >/dev/null ||
        die "apt-get is missing: put nats-server 2.14.3 on the PATH and PostgreSQL under /usr/lib/postgresql yourself"
    rm -rf "$1"
    mkdir -p "$1/sources" "$1/lists/partial" "$1/cache/archives/partial" "$1/packages"
}

# apt-get on folders of its own, so that the system's state stays as it is and no rights are needed.
private_apt() {
    local apt=$1
    shift
    local options=(-qq -oDir::Etc::SourceList=/dev/null "-oDir::Etc::SourceParts=$apt/sources"
        "-oDir::State::Lists=$apt/lists" "-oDir::Cache=$apt/cache" -oAPT::Sandbox::User=root
        -oDebug::NoLocking=true -oAPT::Get::List-Cleanup=false -oAPT::Update::Post-Invoke-Success::=)
    apt-get "${options[@]}" "$@" >"$tools/apt.log" 2>&1 || die "apt-get $* failed: $(tail -n 3 "$tools/apt.log")"
}
