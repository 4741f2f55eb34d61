#!/usr/bin/env bash
# Builds the decoders with libFuzzer and runs each for so many seconds (30 unless said otherwise), beginning with the corpus
# beside this file. An input that ends one is left in the scratch folder, and its name is printed.
set -euo pipefail
cd "$(dirname "$0")/../.."
seconds=${1:-30}
scratch=${MUSTER_FUZZ_SCRATCH:-.build/fuzz}
export MUSTER_FUZZ=1

build=(swift build -c release --sanitize fuzzer --scratch-path "$scratch" -Xswiftc -enable-testing)
"${build[@]}" --product muster-fuzz
program=$("${build[@]}" --show-bin-path)/muster-fuzz

# A crash must not wait for a backtrace.
export SWIFT_BACKTRACE=enable=no
fuzz() {
  local entry=$1 found=$scratch/corpus/$1
  mkdir -p "$found"
  MUSTER_FUZZ_ENTRY=$entry timeout $((seconds + 60)) "$program" -max_total_time="$seconds" -timeout=5 -rss_limit_mb=1024 \
    -max_len=4096 -print_final_stats=1 -verbosity=0 -artifact_prefix="$scratch/$entry-" "$found" "Tests/Fuzz/corpus/$entry" \
    > "$scratch/$entry.log" 2>&1
}

# Two at once, as many as the CI's machine has cores.
entries=(query form beat ack rows)
failed=0
for ((first = 0; first < ${#entries[@]}; first += 2)); do
  declare -A running=()
  for entry in "${entries[@]:first:2}"; do
    fuzz "$entry" &
    running[$entry]=$!
  done
  for entry in "${!running[@]}"; do
    if wait "${running[$entry]}"; then
      echo "$entry: $(awk '/number_of_executed_units/ {print $2}' "$scratch/$entry.log") runs, nothing found"
    else
      failed=1
      echo "$entry: FAILED"
      tail -n 30 "$scratch/$entry.log"
    fi
  done
  unset running
done
exit $failed
