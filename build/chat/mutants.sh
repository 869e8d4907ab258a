# Mutation testing of what is pure: see docs/mutants.md. Sourced by ./chat.

mutants_usage() {
    cat <<'USAGE'
Usage: ./chat mutants [OPTION…] [PATH…]

Changes one thing after another in Domain and Protocol, and looks whether a law or an example notices.

  PATH          files or folders below Domain or Protocol (default: all of both)
  --cases N     how many cases of each law (default: 40)
  --left        only those that survived the last time: with more cases, say
  --anew        forget what was judged before
  --minutes N   end after so long; started again it goes on where it was

What survives is printed as FILE:LINE:COLUMN, with the change. All of it is kept in artifacts/mutants.
USAGE
}

mutants() {
    local project paths=() options=() code=0
    while [[ $# -gt 0 ]]; do
        case $1 in
        -h | --help)
            mutants_usage
            return
            ;;
        --anew) rm -f artifacts/mutants/*/results ;;
        --left) options+=("$1") ;;
        --cases | --minutes)
            [[ ${2:-} =~ ^[1-9][0-9]*$ ]] || die "$1 takes a number"
            options+=("$1" "$2")
            shift
            ;;
        Domain | Domain/* | Protocol | Protocol/*)
            [[ -e $1 ]] || die "there is no $1"
            paths+=("$1")
            ;;
        *) die "see ./chat mutants --help: $1" ;;
        esac
        shift
    done
    [[ ${#paths[@]} -gt 0 ]] || paths=(Domain Protocol)
    for project in Domain Protocol; do
        printf '%s\n' "${paths[@]}" | grep -qE "^$project(/|$)" || continue
        make_mutants "$project"
        judge_mutants "$project" ${options[@]+"${options[@]}"} "${paths[@]}" || code=$?
    done
    return "$code"
}

# Stryker writes all mutants into one assembly, each behind a switch, and a report of where they are. It judges those
# that the one test comes to which it is given: few, since a process for each of all would take hours, but not none,
# since it holds that for a mistake and puts all of them to the test. The assembly is there while it runs; afterwards
# the old one is put back.
make_mutants() {
    local project=$1 folder=$root/artifacts/mutants/$1 tests=Domain.Tests/bin/Release/net10.0 assembly running
    mkdir -p "$folder"
    files Domain Protocol -name '*.cs' -print0 | sort -z | xargs -0 sha256sum >"$folder/now"
    if [[ -f $folder/report.json ]] && cmp -s "$folder/now" "$folder/sources"; then
        bring_tests "$folder"
        return
    fi
    build_spec
    # Of other code the mutants have other numbers.
    rm -rf "$folder/bin" "$folder/report.json" "$folder/results"
    stryker_config "$project" >"$folder/config.json"
    assembly=$tests/Chat.$project.dll
    rm -f "$assembly" "$assembly.stryker-unchanged"
    # Else the runner makes the cases of all tests when it looks for the one, and comes to what is mutated.
    mkdir -p "$tests"
    echo '{ "preEnumerateTheories": false }' >"$tests/xunit.runner.json"
    say "making the mutants of $project"
    (
        cd "$project"
        CHAT_MUTANTS=1 exec dotnet stryker -f "$folder/config.json" --output "$folder"
    ) >"$folder/log" 2>&1 &
    running=$!
    until grep -qs MutantControl "$assembly"; do
        kill -0 "$running" 2>/dev/null || die "Stryker failed: see $folder/log"
        sleep 0.1
    done
    sleep 1
    mkdir "$folder/bin"
    cp Properties/bin/Release/net10.0/* "$folder/bin"
    cp "$tests"/* "$folder/bin"
    wait "$running" || die "Stryker failed: see $folder/log"
    mv "$folder/now" "$folder/sources"
    mv "$folder/reports/mutation-report.json" "$folder/report.json"
}

# What tests the mutants changes more often than they do.
bring_tests() {
    [[ -n $(files Domain.Tests Properties -newer "$1/bin/Chat.Spec.dll" -print -quit) ]] || return 0
    build_spec
    dotnet msbuild -restore Domain.Tests -p:Configuration=Release "${quiet[@]}" >&2 || die "the tests do not build"
    cp Domain.Tests/bin/Release/net10.0/Chat.Domain.Tests.dll Properties/bin/Release/net10.0/Chat.Spec.dll "$1/bin"
}

# Those of some folders that are no builder's.
files() {
    local folders=()
    while [[ $1 != -* ]]; do
        folders+=("$1")
        shift
    done
    find "${folders[@]}" \( -name bin -o -name obj \) -prune -o -type f "$@"
}

stryker_config() {
    local test=APatternShowsWhereLettersAre
    [[ $1 == Domain ]] || test=How_far_one_is_where_one_holds_nothing_yet
    cat <<JSON
{ "stryker-config": {
    "project": "$1.csproj",
    "test-projects": ["../Domain.Tests/Domain.Tests.csproj"],
    "configuration": "Release",
    "test-case-filter": "FullyQualifiedName~$test",
    "mutation-level": "Advanced",
    "reporters": ["json"]
} }
JSON
}

# A mutant that never ends, or ends the process, ends it for those after it too: it is started again, and goes on.
judge_mutants() {
    roomy
    local folder=$root/artifacts/mutants/$1 code mutant crashed=()
    shift
    while :; do
        code=0
        put_mutants "$folder" ${crashed[@]+"${crashed[@]}"} "$@" || code=$?
        [[ $code -gt 2 ]] || break
        crashed=()
        [[ $code -eq 3 ]] || crashed=(--crashed)
    done
    [[ $code -ne 1 ]] || die "the mutants could not be judged"
    while [[ $code -eq 0 ]] && read -r mutant; do
        put_mutants "$folder" --alone "$mutant" "$@" || say "mutant $mutant ended its process"
    done <"$folder/alone"
    dotnet fsi build/mutants/told.fsx "$folder" "$@"
}

put_mutants() {
    local folder=$1 part parts=()
    local all=(Chat.Domain Chat.Protocol Chat.Spec FsCheck FsCheck.Xunit LanguageExt.Core xunit.core xunit.abstractions)
    for part in "${all[@]}"; do
        parts+=("-r:$folder/bin/$part.dll")
    done
    CHAT_BRIEF=1 dotnet fsi --optimize+ "${parts[@]}" build/mutants.fsx "$@" </dev/null
}
