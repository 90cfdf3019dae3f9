# Sourced: how a step of the shell scripts looks, the same as in steps.ts. Its name stands there while it works, then how long
# it took; a failed one shows the end of its log.

# step NAME LOG COMMAND...
step() {
  local name=$1 log=$2 began=$EPOCHREALTIME
  shift 2
  printf '  %-24s' "$name"
  if "$@" >"$log" 2>&1; then
    echo "$(took "$began")"
    return
  fi
  printf 'failed after %s. The end of its log:\n\n' "$(took "$began")"
  tail -n 15 "$log" | sed 's/^/    | /'
  printf '\n  All of it: %s\n' "$log"
  exit 1
}

# The time since an EPOCHREALTIME, whose decimal point is the locale's.
took() {
  local ms=$(((${EPOCHREALTIME/[.,]/} - ${1/[.,]/}) / 1000)) seconds
  seconds=$(((ms + 500) / 1000))
  if [ "$ms" -lt 950 ]; then
    printf '0.%d s' $(((ms + 50) / 100))
  elif [ "$seconds" -lt 60 ]; then
    printf '%d s' "$seconds"
  else
    printf '%d min %d s' $((seconds / 60)) $((seconds % 60))
  fi
}

# Ends the script with words.
give_up() {
  printf '\n%s\n' "$*" >&2
  exit 1
}
