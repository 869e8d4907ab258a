# What CI runs. Sourced by ./chat.

# Its last line is exactly the sum over all projects; a step that fails otherwise counts as one failure.
run_tests() {
    local passed=0 failed=0 skipped=0 beside running failures
    long_tests "$@"
    # Hosts live for seconds here: to gather profiles for what is compiled again, and to spin where something is waited
    # for, costs an eighth of all that is computed.
    export DOTNET_TieredPGO=0 DOTNET_ThreadPool_UnfairSemaphoreSpinLimit=0
    failures=$(mktemp)
    if prepare; then
        run_project Domain.Tests
        # What only computes runs beside what mostly waits for servers, and gives way to it.
        beside=$(mktemp -d)
        run_beside "$beside" &
        running=$!
        run_project Host.Tests
        test_web
        wait "$running"
        hear "$beside/laws"
        hear "$beside/outside"
        rm -rf "$beside"
    else
        failed=1
    fi
    # Where what a run prints is cut, the end is kept: what failed stands there once more.
    cat "$failures" >&2
    rm -f "$failures"
    [[ -z ${CI:-} ]] || dotnet build-server shutdown --vbcscompiler >/dev/null 2>&1 || true
    local sum="$passed passed, $failed failed"
    [[ $skipped -eq 0 ]] || sum+=", $skipped skipped"
    echo "$sum"
    [[ $failed -eq 0 ]]
}

long_tests() {
    local argument
    for argument in "$@"; do
        [[ $argument == --long ]] || die "test takes --long and nothing else: $argument"
        export CHAT_LONG=1
    done
}

# In a subshell, so that what dies in it still leads to a sum; what it finds out is handed on in a file.
prepare() {
    local found
    mkdir -p "$tools"
    found=$(mktemp)
    (
        set -e
        services
        need_package turnserver coturn || die "coturn is missing"
        check_format
        say "building"
        dotnet msbuild -restore Chat.sln "${quiet[@]}" -p:ApiCheck=true || die "the build failed"
        declare -px CHAT_NATS_SERVER CHAT_POSTGRES_BIN >"$found"
        [[ -z ${LD_LIBRARY_PATH:-} ]] || declare -px LD_LIBRARY_PATH >>"$found"
    ) || return 1
    # shellcheck source=/dev/null
    source <(sed 's/^declare -x/export/' "$found")
    rm -f "$found"
}

check_format() {
    say "checking the format"
    if dotnet csharpier check . && dotnet fantomas --check build Properties; then
        return
    fi >"$tools/format.log" 2>&1
    grep -v '^$' "$tools/format.log" | head -n 40 >&2
    die "the format is wrong: run ./chat format"
}

run_project() {
    local log code=0
    log=$(mktemp)
    say "testing $1"
    project "$1" 2>&1 | tee "$log" >&2 || code=$?
    count "$log" "$code"
    rm -f "$log"
}

project() {
    local dll
    dll=$(find "$1/bin/Debug/net10.0" -maxdepth 1 -name 'Chat.*.runtimeconfig.json' | head -n 1)
    dotnet test "${dll%.runtimeconfig.json}.dll" --nologo
}

run_beside() {
    local code
    renice -n 19 "$BASHPID" >/dev/null
    roomy
    say "testing Properties and the packages from outside, beside the rest"
    code=0
    project Properties >"$1/laws" 2>&1 || code=$?
    echo "$code" >"$1/laws.code"
    code=0
    outside >"$1/outside" 2>&1 || code=$?
    echo "$code" >"$1/outside.code"
}

# What ran beside is told and counted when it is over.
hear() {
    cat "$1" >&2
    count "$1" "$(<"$1.code")"
}

# Adds the numbers of one project. A run that fails without a failed test (a crash, say) is one failure.
count() {
    local summary before=$failed
    while read -r summary; do
        [[ $summary =~ Failed:\ +([0-9]+),\ +Passed:\ +([0-9]+),\ +Skipped:\ +([0-9]+) ]] || continue
        failed=$((failed + BASH_REMATCH[1]))
        passed=$((passed + BASH_REMATCH[2]))
        skipped=$((skipped + BASH_REMATCH[3]))
    done < <(grep -E '^(Passed|Failed|Skipped)! +- ' "$1")
    grep -E -A 12 "^  Failed " "$1" >>"$failures" || true
    [[ $2 -eq 0 || $failed -gt $before ]] || failed=$((failed + 1))
}
