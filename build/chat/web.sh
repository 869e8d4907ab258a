# The page. Sourced by ./chat.

web=Clients/Web

# What the distribution has, from its own archive: needs root where it is missing. After the program come packages, as
# dependencies are written, so that nothing is installed where the archive has only what is too old.
need_package() {
    local program=$1
    shift
    command -v "$program" >/dev/null && return
    [[ $EUID -eq 0 ]] && command -v apt-get >/dev/null || return 1
    say "installing $*"
    mkdir -p "$tools"
    # The lists of a fresh machine are empty, those of an old one name what is there no more; should one of several
    # archives be away, the others may have it.
    { apt-get -qq update || true; } >"$tools/apt.log" 2>&1
    DEBIAN_FRONTEND=noninteractive apt-get -qq satisfy -y --no-install-recommends "$@" >>"$tools/apt.log" 2>&1 ||
        say "apt-get failed: $(tail -n 3 "$tools/apt.log")"
    command -v "$program" >/dev/null
}

need_node() {
    need_package npm 'nodejs (>= 20)' npm && [[ $(node --version) =~ ^v([0-9]+) ]] && ((BASH_REMATCH[1] >= 20))
}

# For the tests: the browser, and a font for the emoji. The one that has no window, where the archive has it: it
# takes half the time for the same pages.
need_chromium() {
    local program
    [[ ! -x ${CHAT_CHROMIUM:-} ]] || return 0
    for program in chromium-headless-shell chromium; do
        need_package "$program" "$program" fonts-noto-color-emoji || continue
        CHAT_CHROMIUM=$(command -v "$program")
        export CHAT_CHROMIUM
        return
    done
    return 1
}

restore_web() {
    mkdir -p "$tools"
    [[ $web/node_modules/.package-lock.json -nt $web/package-lock.json ]] && return
    say "restoring the page's packages"
    (cd "$web" && npm ci --no-audit --no-fund) >"$tools/npm.log" 2>&1 ||
        { say "the page's packages could not be restored: $(grep -m3 -i err "$tools/npm.log")" && return 1; }
}

format_web() {
    need_node || die "install Node.js 20 and npm"
    restore_web || die "the page was not formatted"
    (cd "$web" && npm run --silent format)
}

build_web() {
    restore_web || return 1
    (cd "$web" && npm run --silent build) >"$tools/web.log" 2>&1 ||
        { say "the page does not build: $(tail -n 5 "$tools/web.log")" && return 1; }
}

is_page_stale() {
    [[ ! -f $web/dist/index.html ]] || [[ -n $(find "$web" \( -name node_modules -o -name dist -o -name test \) -prune \
        -o -type f -newer "$web/dist/index.html" -print -quit) ]]
}

# For `up`: without the page everything else still works, so nothing here is the end.
page() {
    if is_page_stale; then
        need_node || { say "no page: install Node.js 20 and npm" && return; }
        say "building the page"
        build_web || return 0
        touch "$web/dist/index.html"
    fi
    export CHAT_PAGE=$root/$web/dist
}

# Types and the page itself, then the tests without a browser, then those with one: each counted.
test_web() {
    say "testing $web"
    if ! need_node || ! build_web || ! (cd "$web" && npm run --silent check) >&2; then
        say "the page cannot be tested"
        failed=$((failed + 1))
        return
    fi
    local report
    report=$(mktemp)
    run_vitest "$report" vitest.config.ts
    if need_chromium; then
        run_vitest "$report" vitest.browser.config.ts
    else
        say "chromium is missing"
        failed=$((failed + 1))
    fi
    rm -f "$report"
}

# Adds the numbers of one run, as its report has them.
run_vitest() {
    local before=$failed code=0 numbers
    : >"$1"
    [[ -f $web/$2 ]] || return 0
    (cd "$web" && npx --no-install vitest run --config "$2" --reporter=default --reporter=json --outputFile.json="$1") \
        >&2 || code=$?
    numbers=$(node -e 'const r = JSON.parse(require("fs").readFileSync(process.argv[1]));
        for (const test of r.testResults.flatMap((file) => file.assertionResults).filter((t) => t.status === "failed"))
            console.error(`  Failed ${test.fullName}\n${test.failureMessages.join("\n").slice(0, 1000)}`);
        console.log(r.numPassedTests, r.numFailedTests, r.numPendingTests + r.numTodoTests)' "$1" 2>>"$failures") ||
        numbers="0 1 0"
    local counts
    read -ra counts <<<"$numbers"
    passed=$((passed + counts[0])) failed=$((failed + counts[1])) skipped=$((skipped + counts[2]))
    # A file that cannot be loaded fails without a failed test.
    [[ $code -eq 0 || $failed -gt $before ]] || failed=$((failed + 1))
}
