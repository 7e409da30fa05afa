#!/usr/bin/env bash
# Builds everything and runs the tests; needs the .NET SDK and installs the rest.
#   bash tests/run.sh                every project tests/*Tests
#   bash tests/run.sh Integration    only the projects with "Integration" in their name
#   bash tests/run.sh Fault --long   also the tests that are only run when asked for: hours, 100 rounds where none are set
#
# The last line is "N passed, N failed", with ", N skipped" when there are any. Settings, all optional:
#   INQUIRYROUTER_TEST_BROKER=container|node    which RabbitMQ; without it a container where that works, else a private node
#   INQUIRYROUTER_TEST_BROKER_IMAGE=<image>     the container's image; rabbitmq:3.13
#   INQUIRYROUTER_TEST_SQLSERVER=<connection>   an empty SQL Server; without it a container where Docker has the image, else its suites are skipped
#   INQUIRYROUTER_TEST_SQLSERVER_IMAGE=<image>  the container's image, which is not fetched; mcr.microsoft.com/mssql/server:2022-latest
#   INQUIRYROUTER_TEST_CHROMIUM=<program>       which browser; without it "chromium-headless-shell" on PATH, installed when missing, else "chromium"
#   INQUIRYROUTER_TEST_PROJECT_LIMIT=<seconds>  for one project; 600
#   INQUIRYROUTER_TEST_LIMIT=<seconds>          for the whole run, build included; 1800
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 1

project_limit="${INQUIRYROUTER_TEST_PROJECT_LIMIT:-600}"
total_limit="${INQUIRYROUTER_TEST_LIMIT:-1800}"
logs=artifacts/test-logs
passed=0 failed=0 skipped=0

# Hours, not minutes: each test of the long run goes through INQUIRYROUTER_FAULT_ROUNDS rounds.
explicit=off
wanted=()
for argument in "$@"; do
  if [ "$argument" = --long ]; then
    explicit=on
    export INQUIRYROUTER_FAULT_ROUNDS="${INQUIRYROUTER_FAULT_ROUNDS:-100}"
    project_limit="${INQUIRYROUTER_TEST_PROJECT_LIMIT:-43200}"
    total_limit="${INQUIRYROUTER_TEST_LIMIT:-86400}"
  else
    wanted+=("$argument")
  fi
done
set -- "${wanted[@]}"

say() { printf '%s\n' "$*"; }

finish() {
  say "Logs: $logs"
  # Once more at the end, where whoever reads only that finds them.
  if [ -s "$logs/failed.txt" ]; then
    say "What failed:"
    cat "$logs/failed.txt"
  fi
  local line="$passed passed, $failed failed"
  if [ "$skipped" -gt 0 ]; then line="$line, $skipped skipped"; fi
  say "$line"
  if [ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]; then exit 0; else exit 1; fi
}

# One failure that no test stands for: the build, a crash, a run without tests.
fail() {
  say "FAILED: $*" | tee -a "$logs/failed.txt"
  failed=$((failed + 1))
}

needs_broker() { grep -qrw --include='*.cs' BrokerFixture "$(dirname "$1")"; }

needs_browser() { grep -q 'Include="Microsoft.Playwright"' "$1"; }

# The projects that need nothing from outside come first: they are the quickest to tell what is wrong.
select_projects() {
  local project name wanted plain=() brokered=()
  for project in tests/*Tests/*Tests.csproj; do
    [ -e "$project" ] || continue
    name="$(basename "$project" .csproj)"
    for wanted in "${@:-}"; do
      if [[ "$name" == *"$wanted"* ]]; then
        if needs_broker "$project"; then brokered+=("$project"); else plain+=("$project"); fi
        break
      fi
    done
  done
  projects=("${plain[@]}" "${brokered[@]}")
}

# True where a Docker engine answers; sets the protocol version for one that is older than Testcontainers asks for.
docker_answers() {
  local version
  command -v docker > /dev/null || return 1
  version="$(timeout 20 docker version --format '{{.Server.APIVersion}}' 2> /dev/null)" && [ -n "$version" ] || return 1
  if [ "$(printf '%s\n' "$version" 1.44 | sort -V | head -n 1)" != 1.44 ]; then
    export DOCKER_API_VERSION="${DOCKER_API_VERSION:-$version}"
  fi
}

docker_has_image() {
  local image="${INQUIRYROUTER_TEST_BROKER_IMAGE:-rabbitmq:3.13}"
  docker image inspect "$image" > /dev/null 2>&1 || timeout 180 docker pull --quiet "$image" > /dev/null 2>&1
}

rabbitmq_installed() { [ -x /usr/lib/rabbitmq/bin/rabbitmq-server ] || command -v rabbitmq-server > /dev/null; }

prepare_broker() {
  # What a killed test process leaves is removed below, by label, so the reaper and its image are not needed.
  export TESTCONTAINERS_RYUK_DISABLED="${TESTCONTAINERS_RYUK_DISABLED:-true}"
  export INQUIRYROUTER_TEST_RUN="$$-$EPOCHSECONDS"
  export INQUIRYROUTER_TEST_BROKER_REPORT="${INQUIRYROUTER_TEST_BROKER_REPORT:-$PWD/$logs/broker.txt}"
  trap remove_containers EXIT
  if docker_answers && [ "${INQUIRYROUTER_TEST_BROKER:-}" != node ] && docker_has_image; then return; fi
  if [ "${INQUIRYROUTER_TEST_BROKER:-}" = container ] || rabbitmq_installed; then return; fi
  say "Installing rabbitmq-server for a private RabbitMQ node (its service is not started)."
  if ! bash tests/apt-install.sh rabbitmq-server > "$logs/apt.log" 2>&1; then
    tail -n 15 "$logs/apt.log"
    say "rabbitmq-server could not be installed: the tests that need a broker will fail."
  fi
}

needs_mail_server() { [ -e "$(dirname "$1")/Smtp/Postfix.cs" ]; }

prepare_mail_server() {
  if [ -x /usr/sbin/postfix ]; then return; fi
  say "Installing postfix for a private mail server (its service is not started)."
  if ! bash tests/apt-install.sh postfix > "$logs/apt-postfix.log" 2>&1; then
    tail -n 15 "$logs/apt-postfix.log"
    say "postfix could not be installed: the tests that need a mail server are skipped, or fail in a CI run."
  fi
}

# shellcheck disable=SC2317 # a trap calls it
remove_containers() {
  command -v docker > /dev/null || return 0
  local left
  left="$(timeout 20 docker ps --all --quiet --filter "label=inquiryrouter.test-run=$INQUIRYROUTER_TEST_RUN" 2> /dev/null)"
  # shellcheck disable=SC2086 # one word for each container
  if [ -n "$left" ]; then docker rm --force --volumes $left > /dev/null 2>&1; fi
}

# Which broker the tests used is theirs to tell.
report_broker() {
  local report="$INQUIRYROUTER_TEST_BROKER_REPORT"
  if [ -s "$report" ]; then sort -u "$report"; else say "Broker: none was started"; fi
  if [ -n "${CI:-}" ] && ! grep -qs '^Broker: [cp]' "$report"; then fail "no RabbitMQ in a CI run"; fi
}

install_for_browser() {
  say "Installing $* for the tests in a browser."
  bash tests/apt-install.sh "$@" > "$logs/apt-browser.log" 2>&1 && return
  tail -n 15 "$logs/apt-browser.log"
  say "$* could not be installed."
  return 1
}

# Without a browser the tests that need one fail. The shell is the browser without its windows, which take half of the time where there
# are many. Without an Arabic font its pages would be rows of empty boxes.
prepare_browser() {
  if ! command -v fc-list > /dev/null || [ -z "$(fc-list :lang=ar)" ]; then install_for_browser fontconfig fonts-dejavu-core; fi
  if [ -n "${INQUIRYROUTER_TEST_CHROMIUM:-}" ] || command -v chromium-headless-shell > /dev/null; then return; fi
  install_for_browser chromium-headless-shell || command -v chromium > /dev/null || install_for_browser chromium
}

count() { sed -n "s/.* $1=\"\\([0-9][0-9]*\\)\".*/\\1/p" <<< "$2"; }

# The names of the skipped tests with their reasons, out of the runner's XML report.
# The report writes a quotation mark as \&quot; and a backslash as two.
list_skipped() {
  awk 'BEGIN { RS = "<" }
    /^test / { name = ""; if (/ result="Skip"/ && match($0, / name="[^"]*"/)) name = substr($0, RSTART + 7, RLENGTH - 8) }
    /^reason>/ { if (name != "") { reason = $0; sub(/^reason>/, "", reason) } }
    /^!\[CDATA\[/ { if (name != "") { reason = $0; sub(/^!\[CDATA\[/, "", reason); sub(/\]\]>.*/, "", reason) } }
    /^\/reason>/ { if (name != "") { print "Skipped: " name " (" reason ")"; name = "" } }' "$1" |
    sed -e 's/&lt;/</g' -e 's/&gt;/>/g' -e 's/&quot;/"/g' -e "s/&apos;/'/g" -e 's/&amp;/\&/g' -e 's/\\\(["\\]\)/\1/g'
}

# The names of the failed tests with the beginning of what they said: as plain text or as CDATA, as the runner saw fit.
list_failed() {
  awk 'function tell(text) { gsub(/\n/, "\n    ", text); print "FAILED: " name "\n    " substr(text, 1, 1200); name = "" }
    BEGIN { RS = "<" }
    /^test / { name = ""; said = 0; if (/ result="Fail"/ && match($0, / name="[^"]*"/)) name = substr($0, RSTART + 7, RLENGTH - 8) }
    /^message>/ { said = name != ""; text = substr($0, 9); if (said && text ~ /[^ \r\n]/) { tell(text); said = 0 } }
    /^!\[CDATA\[/ { if (said) { text = substr($0, 9); sub(/\]\]>.*/, "", text); tell(text) } said = 0 }' "$1" |
    sed -e 's/&lt;/</g' -e 's/&gt;/>/g' -e 's/&quot;/"/g' -e "s/&apos;/'/g" -e 's/&amp;/\&/g'
}

run_project() {
  local project="$1" name dll limit started code stopped=false summary errors p f s
  name="$(basename "$project" .csproj)"
  limit=$((total_limit - SECONDS))
  if [ "$limit" -gt "$project_limit" ]; then limit=$project_limit; fi
  if [ "$limit" -lt 5 ]; then fail "$name: no time left of the $total_limit s for the whole run"; return; fi
  dll="$(dotnet msbuild "$project" -getProperty:TargetPath -property:Configuration=Release)"

  say "== $name (at most $limit s)"
  started=$SECONDS
  timeout --foreground --kill-after=20 "$limit" \
    dotnet exec "$dll" -noLogo -noColor -explicit "$explicit" -longRunning 60 -result-xml "$logs/$name.xml" < /dev/null 2>&1 | tee "$logs/$name.log"
  code=${PIPESTATUS[0]}

  if [ "$code" -ne 0 ] && [ $((SECONDS - started)) -ge "$limit" ]; then
    stopped=true
    fail "$name: stopped after $limit s"
  fi

  summary="$(grep -o '<assembly [^>]*>' "$logs/$name.xml" 2> /dev/null | head -n 1)"
  if [ -z "$summary" ]; then
    if [ "$stopped" = false ]; then fail "$name: ended with exit code $code before it wrote its report"; fi
    return
  fi

  p="$(count passed "$summary")" f="$(count failed "$summary")" s="$(count skipped "$summary")" errors="$(count errors "$summary")"
  passed=$((passed + ${p:-0})) failed=$((failed + ${f:-0})) skipped=$((skipped + ${s:-0}))
  if [ "${s:-0}" -gt 0 ]; then list_skipped "$logs/$name.xml"; fi
  if [ "${f:-0}" -gt 0 ]; then list_failed "$logs/$name.xml" >> "$logs/failed.txt"; fi
  say "$name: ${p:-0} passed, ${f:-0} failed, ${s:-0} skipped"
  if [ "$((${p:-0} + ${f:-0}))" -eq 0 ]; then fail "$name: ran no test"; fi
  if [ "${errors:-0}" -gt 0 ]; then
    fail "$name: $errors error(s) outside a test"
  elif [ "$code" -ne 0 ] && [ "$stopped" = false ] && [ "${f:-0}" -eq 0 ]; then
    fail "$name: no test failed, but the exit code is $code"
  fi
}

rm -rf "$logs"
mkdir -p "$logs"
command -v dotnet > /dev/null || { fail "the .NET SDK is not on PATH"; finish; }

select_projects "$@"
if [ ${#projects[@]} -eq 0 ]; then fail "no test project matches: ${*:-tests/*Tests}"; finish; fi

say "== build"
# No build server or compiler server stays behind after the run.
export MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_USE_MSBUILD_SERVER=0 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
timeout --foreground --kill-after=20 "$total_limit" dotnet build InquiryRouter.sln --configuration Release -nologo -verbosity:minimal -property:UseSharedCompilation=false < /dev/null 2>&1 |
  tee "$logs/build.log"
if [ "${PIPESTATUS[0]}" -ne 0 ]; then fail "the build"; finish; fi

broker_prepared=false
for project in "${projects[@]}"; do
  if needs_broker "$project" && [ "$broker_prepared" = false ]; then
    broker_prepared=true
    prepare_broker
  fi
  if needs_browser "$project"; then prepare_browser; fi
  if needs_mail_server "$project"; then prepare_mail_server; fi
  run_project "$project"
done
if [ "$broker_prepared" = true ]; then report_broker; fi
finish
