# The .NET side: tools and packages. Sourced by ./chat.

cache=${NUGET_PACKAGES:-$HOME/.nuget/packages}

need_dotnet() {
    local version
    version=$(dotnet --version 2>/dev/null) || die "the .NET SDK is missing: install version 10 or later"
    [[ ${version%%.*} -ge 10 ]] || die "the .NET SDK is $version: version 10 or later is needed"
}

restore_tools() {
    local stamp=$tools/stamps/tools mark
    mark="$cache $(sha256sum <.config/dotnet-tools.json)"
    [[ -d $cache/paket && -d $HOME/.dotnet && -f $stamp && $(<"$stamp") == "$mark" ]] && return
    say "restoring the dotnet tools"
    dotnet tool restore >&2 || die "the dotnet tools could not be restored"
    mkdir -p "$(dirname "$stamp")"
    echo "$mark" >"$stamp"
}

# The packages of the lock that a folder (laid out as name/version in small letters) does not hold, as NAME@VERSION.
missing_from() {
    local name version
    sed -nE 's/^    ([A-Za-z0-9._]+) \(([^)]+)\).*/\1 \2/p' paket.lock | sort -u | while read -r name version; do
        [[ -d $1/${name,,}/${version,,} ]] || echo "$name@$version"
    done
}

# Paket notes the hash of the lock that it restored last.
are_restored() {
    local hash
    hash=$(sha256sum <paket.lock)
    hash=${hash%% *}
    [[ -f .paket/Paket.Restore.targets ]] && grep -qsi "projectsRestoredHash.*$hash" paket-files/paket.restore.cached
}

# Paket's source is the folder `packages`, filled through whatever sources the machine has configured.
restore_packages() {
    restore_tools
    local missing
    mapfile -t missing < <(missing_from packages)
    if [[ ${#missing[@]} -gt 0 ]]; then
        say "downloading ${#missing[@]} packages"
        dotnet package download --prerelease --output packages "${missing[@]}" >"$tools/download.log" ||
            die "the packages could not be downloaded: $(grep -m1 -i error "$tools/download.log")"
    fi
    mapfile -t missing < <(missing_from "$cache")
    # What Paket remembers of a cache that is gone would let each project restore alone, and fail.
    [[ ${#missing[@]} -eq 0 ]] || rm -rf paket-files
    are_restored && return
    say "restoring the packages"
    dotnet paket restore >"$tools/restore.log" || die "the packages could not be restored: see $tools/restore.log"
    if grep -A5 'out of sync' "$tools/restore.log" >&2; then
        die "run ./chat lock after a change of paket.dependencies"
    fi
}
