# The host, and the verbs that it answers itself. Sourced by ./chat.

# Whether a source is newer than what was built from it: a look at the clock of the files, not a build.
is_stale() {
    [[ ! -f $1 ]] || [[ -n $(find Domain Protocol Clients/DotNet Host Analyzers build paket.lock Directory.Build.* \
        \( -name bin -o -name obj \) -prune -o -type f -newer "$1" -print -quit) ]]
}

# One verb at a time: two that build at once spoil what the other writes. What outlives the build does not keep the
# lock.
build_host() {
    exec 9>"$tools/host.lock"
    flock 9
    if is_stale "$1"; then
        say "building the host"
        dotnet msbuild -restore Host -p:Configuration=Release "${quiet[@]}" >&2 9>&- || die "the host does not build"
        touch "$1"
    fi
    exec 9>&-
}

host() {
    local dll=Host/bin/Release/net10.0/Chat.Host.dll
    services
    ! is_stale "$dll" || build_host "$dll"
    if [[ $1 == up ]]; then
        page
        roomy
    fi
    exec dotnet "$root/$dll" "$@"
}
