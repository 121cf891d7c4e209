#!/usr/bin/env bash
# Checks a Plumbline evidence pack:  bash verify.sh <folder or .zip> <public key in PEM>
#
# Needs bash, coreutils (8.31 or newer), findutils, grep, sed, awk, unzip and openssl (3.0 or newer).
# Take the public key from the organisation that gave you the pack, or from the address of its
# Plumbline followed by /api/verification-keys; never from the pack itself.
#
# Ends with 0: genuine · 1: changed · 2: matches, but part of the record is not proven · 3: usage
set -u -o pipefail
export LC_ALL=C

problems=0
ok() { printf 'ok       %s\n' "$1"; }
bad() {
  printf 'PROBLEM  %s\n' "$1"
  problems=$((problems + 1))
}
bad_each() { # <what is wrong> <file with paths>
  while IFS= read -r path; do bad "$path: $1"; done < "$2"
}
usage() {
  printf '%s\n' "$1" 'Usage: bash verify.sh <folder or .zip> <public key in PEM>' >&2
  exit 3
}

[ $# -eq 2 ] || usage 'Give the pack and the key.'
[ -f "$2" ] || usage "There is no key file $2."
for tool in awk basename basenc cat comm cut dirname find grep head mkdir mktemp openssl paste rm \
  sed seq sha256sum sort split tail tr uniq wc xargs; do
  command -v "$tool" > /dev/null || usage "This needs the program $tool."
done
key=$(cd "$(dirname "$2")" && pwd)/$(basename "$2")
tmp=$(mktemp -d) || exit 3
trap 'rm -rf "$tmp"' EXIT

pack=$1
if [ -f "$pack" ]; then
  command -v unzip > /dev/null || usage 'This needs the program unzip.'
  unzip -qq "$pack" -d "$tmp/pack" || { bad "$pack: the archive is damaged."; exit 1; }
  pack=$tmp/pack
fi
cd "$pack" 2> "$tmp/out" || usage "There is no $1."

# --- The signature over the list of everything but the payload --------------------------------------
tags=tagmanifest-sha256.txt
signature=signatures/tagmanifest-sha256.txt.sig
if [ -f "$tags" ] && [ -f "$signature" ] && openssl pkeyutl -verify -pubin -inkey "$key" -rawin \
  -in "$tags" -sigfile "$signature" > "$tmp/out" 2>&1; then
  ok 'The list of files is signed with the key you gave.'
else
  bad "$signature: the list of files is not signed with the key you gave."
fi

# --- Every file against the lists, both ways ---------------------------------------------------------
before=$problems
find . -mindepth 1 ! -type f ! -type d -printf '%P\n' > "$tmp/odd"
find . -mindepth 1 -type d -empty -printf '%P/\n' >> "$tmp/odd"
bad_each 'a pack holds only files, in folders that are not empty.' "$tmp/odd"
find . -type f -print0 | tr '\n\0' '?\n' | sed 's/^\.\///' | sort > "$tmp/found"
same() { [ -f "$1" ] && [ -f "$2" ] && [ "$(sha256sum < "$1")" = "$(sha256sum < "$2")" ]; }
printf 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n' > "$tmp/bagit"
same bagit.txt "$tmp/bagit" || bad 'bagit.txt: this is not what a pack starts with.'

part='[A-Za-z0-9_][A-Za-z0-9._-]*'
check_list() { # <list> <file with the sorted paths that it must name>
  if [ ! -s "$1" ]; then
    bad "$1: the list is missing."
    return
  fi
  if grep -aEqv "^[0-9a-f]{64}  $part(/$part)*$" "$1" || [ -n "$(tail -c 1 "$1" | tr -d '\n')" ] ||
    [ "$(tr -d '\0' < "$1" | wc -c)" -ne "$(wc -c < "$1")" ]; then
    bad "$1: the list is malformed."
    return
  fi
  cut -c 67- "$1" | sort > "$tmp/listed"
  [ -z "$(uniq -d "$tmp/listed")" ] || bad "$1: a file is listed twice."
  comm -13 "$tmp/listed" "$2" > "$tmp/added"
  comm -23 "$tmp/listed" "$2" > "$tmp/gone"
  sha256sum --check --strict --quiet "$1" 2> "$tmp/out" | sed -n 's/: FAILED$//p' > "$tmp/changed"
  bad_each 'this file has been added.' "$tmp/added"
  bad_each "this file is missing, or does not belong in $1." "$tmp/gone"
  bad_each 'this file has been changed.' "$tmp/changed"
}
grep '^data/' "$tmp/found" > "$tmp/payload"
grep -v -e '^data/' -e "^$tags\$" -e "^$signature\$" "$tmp/found" > "$tmp/rest"
check_list manifest-sha256.txt "$tmp/payload"
check_list "$tags" "$tmp/rest"
[ "$problems" -eq "$before" ] && ok "$(wc -l < "$tmp/found") files are as they were signed."
verdict_changed() {
  printf '\nThis pack has been changed, or is not one of the key you gave. Problems: %s\n' "$problems"
  exit 1
}
# What the record says means nothing in files that are not those that were signed.
[ "$problems" -eq 0 ] || verdict_changed

# --- The signed head of the record -------------------------------------------------------------------
before=$problems
head=tlog/checkpoint
record_key=keys/record.pub.pem
size=0
root=
if [ -f "$head" ] && [ -f "$record_key" ]; then
  head -n 3 "$head" > "$tmp/note"
  origin=$(sed -n 1p "$head")
  size=$(sed -n 2p "$head")
  root=$(sed -n 3p "$head" | basenc -d --base64 2> "$tmp/out" | basenc --base16 -w 0 | tr A-F a-f)
  sed -n 's/^— [^ ]* //p' "$head" | basenc -d --base64 2> "$tmp/out" > "$tmp/line"
  tail -c +5 "$tmp/line" > "$tmp/sig"
  if [ "$(wc -l < "$head")" -ne 5 ] || [ -n "$(sed -n 4p "$head")" ] || [ ${#root} -ne 64 ] ||
    [[ ! $size =~ ^(0|[1-9][0-9]{0,14})$ ]] || [ "$(sed -n 5p "$head" | cut -d ' ' -f 2)" != "$origin" ]; then
    bad "$head: this is not a head of a record."
    size=0
  elif ! openssl pkeyutl -verify -pubin -inkey "$record_key" -rawin -in "$tmp/note" \
    -sigfile "$tmp/sig" > "$tmp/out" 2>&1; then
    bad "$head: the head of the record is not signed by its key."
  fi
else
  bad "$head: the signed head of the record, or its key, is missing."
fi
[ "$problems" -eq "$before" ] && ok "The head of the record, $size entries, is signed."

# --- Every entry against the head: all proofs at once, one level of the tree at a time -----------------
before=$problems
events=data/record/events.jsonl
unproven=data/record/unproven.jsonl
lines_of() { if [ -f "$1" ]; then wc -l < "$1"; else echo 0; fi; }
entries=$(lines_of "$events")
waiting=$(lines_of "$unproven")
proofs=$(grep -c '^tlog/proofs/' "$tmp/found")
[ "$proofs" -eq "$entries" ] || bad "tlog/proofs/: there are $proofs proofs for $entries entries."

hash_files() { # <folder>: one hash a line, in the order of the names
  find "$1" -type f -print0 | sort -z | xargs -0 -r sha256sum | cut -c 1-64
}
if [ "$entries" -gt 0 ]; then
  mkdir "$tmp/leaf"
  n=0
  while IFS= read -r entry; do
    n=$((n + 1))
    printf -v name %09d "$n"
    printf '\0%s' "$entry" > "$tmp/leaf/$name"
  done < "$events"
  hash_files "$tmp/leaf" | awk '{ print NR, $1 }' > "$tmp/hashes"

  # From each proof: the steps to the root, as "<level> <entry> <side> <hash>", or what is wrong.
  seq -f 'tlog/proofs/%.0f.tlog-proof' "$entries" | while IFS= read -r file; do
    if [ -f "$file" ]; then
      printf 'FILE\n'
      cat "$file"
    else
      printf 'FILE\nmissing\n'
    fi
  done > "$tmp/proofs"
  awk -v size="$size" -v headfile="$head" '
    BEGIN {
      letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
      for (i = 1; i <= 64; i++) value[substr(letters, i, 1)] = i - 1
      while ((getline text < headfile) > 0) note = note text "\n"
      previous = -1
    }
    function hex(b64,   i, bits, count, out) {
      if (length(b64) != 44 || b64 !~ /^[A-Za-z0-9+\/]*=$/) return ""
      bits = 0; count = 0; out = ""
      for (i = 1; i <= 43; i++) {
        bits = bits * 64 + value[substr(b64, i, 1)]; count += 6
        while (count >= 4) {
          count -= 4
          out = out sprintf("%x", int(bits / 2 ^ count))
          bits = bits % (2 ^ count)
        }
      }
      return substr(out, 1, 64)
    }
    function finish(   k) {
      if (entry == 0) return
      if (part != 2 || checkpoint != note || !ok || index_ <= previous || index_ >= size) {
        print "BAD", entry; return
      }
      previous = index_
      at = index_; last = size - 1
      for (k = 1; k <= steps; k++) {
        if (last == 0) { print "BAD", entry; return }
        if (at % 2 == 1 || at == last) {
          print k, entry, "L", sibling[k]
          while (at % 2 == 0 && at != 0) { at = at / 2; last = int(last / 2) }
        } else print k, entry, "R", sibling[k]
        at = int(at / 2); last = int(last / 2)
      }
      if (last != 0) print "BAD", entry
    }
    $0 == "FILE" { finish(); entry++; part = 0; steps = 0; checkpoint = ""; ok = 1; next }
    part == 0 { if ($0 != "c2sp.org/tlog-proof@v1") ok = 0; part = 1; index_ = -1; next }
    part == 1 && index_ < 0 {
      if ($0 !~ /^index (0|[1-9][0-9]*)$/) { ok = 0; index_ = 0 } else index_ = substr($0, 7) + 0
      next
    }
    part == 1 && $0 == "" { part = 2; next }
    part == 1 { steps++; sibling[steps] = hex($0); if (sibling[steps] == "") ok = 0; next }
    { checkpoint = checkpoint $0 "\n" }
    END { finish() }
  ' "$tmp/proofs" > "$tmp/steps"
  sed -n 's/^BAD \(.*\)$/tlog\/proofs\/\1.tlog-proof/p' "$tmp/steps" > "$tmp/wrong"
  bad_each 'the proof is missing, malformed, out of order or about another head.' "$tmp/wrong"

  levels=$(awk '$1 != "BAD" && $1 > most { most = $1 } END { print most + 0 }' "$tmp/steps")
  for ((level = 1; level <= levels; level++)); do
    rm -rf "$tmp/node"
    mkdir "$tmp/node"
    awk -v level="$level" 'FILENAME == ARGV[1] { hash[$1] = $2; next }
      $1 == level { print $2, ($3 == "L" ? $4 hash[$2] : hash[$2] $4) }' \
      "$tmp/hashes" "$tmp/steps" > "$tmp/pairs"
    awk '{ printf "01%s", toupper($2) }' "$tmp/pairs" | basenc -d --base16 |
      (cd "$tmp/node" && split -b 65 -d -a 9 -)
    hash_files "$tmp/node" | paste -d ' ' "$tmp/pairs" - | awk '{ print $1, $3 }' > "$tmp/new"
    awk 'FILENAME == ARGV[1] { new[$1] = $2; next } { print $1, ($1 in new ? new[$1] : $2) }' \
      "$tmp/new" "$tmp/hashes" > "$tmp/next"
    cat "$tmp/next" > "$tmp/hashes"
  done
  awk -v root="$root" '$2 != root { print "entry " $1 }' "$tmp/hashes" > "$tmp/wrong"
  bad_each 'it is not in the signed record.' "$tmp/wrong"
fi
[ "$problems" -eq "$before" ] && ok "$entries of $((entries + waiting)) entries are proven to be in the record."

# --- What happened, against what each entry was bound to ------------------------------------------------
before=$problems
payloads=data/record/payloads.jsonl
if [ -s "$payloads" ]; then
  mkdir "$tmp/payloads"
  hexes='\([0-9a-f][0-9a-f]\)'
  sed 's/^{"event":"[0-9a-f-]*","payload":.*,"salt":"\([0-9a-f]\{32\}\)"}$/\1/;t;s/.*/x/' "$payloads" |
    sed "s/$hexes/\\\\x\1/g" > "$tmp/salts"
  sed 's/^{"event":"[0-9a-f-]*","payload":\(.*\),"salt":"[0-9a-f]\{32\}"}$/\1/' "$payloads" > "$tmp/texts"
  n=0
  while IFS= read -r text && IFS= read -r salt <&3; do
    n=$((n + 1))
    printf -v name %09d "$n"
    printf "$salt%s" "$text" > "$tmp/payloads/$name"
  done < "$tmp/texts" 3< "$tmp/salts"
  sed -n 's/^{"event":"\([0-9a-f-]*\)".*$/\1/p' "$payloads" > "$tmp/ids"
  hash_files "$tmp/payloads" | paste -d ' ' "$tmp/ids" - > "$tmp/bound"
  if [ -f "$unproven" ]; then cat "$events" "$unproven"; else cat "$events"; fi |
    sed -n 's/^.*"commit":"\([0-9a-f]\{64\}\)".*,"id":"\([0-9a-f-]*\)","v":1}$/\2 \1/p' > "$tmp/commits"
  [ "$(wc -l < "$tmp/ids")" -eq "$(wc -l < "$payloads")" ] || bad "$payloads: a line is malformed."
  awk 'FILENAME == ARGV[1] { commit[$1] = $2; next } commit[$1] != $2 { print "line " FNR }' \
    "$tmp/commits" "$tmp/bound" > "$tmp/wrong"
  bad_each "$payloads is not what its entry was bound to." "$tmp/wrong"
fi
[ "$problems" -eq "$before" ] && ok 'What happened is what each entry was bound to.'

# --- The verdict ------------------------------------------------------------------------------------------
[ "$problems" -eq 0 ] || verdict_changed
if [ "$waiting" -gt 0 ]; then
  printf '\nThe files match. %s of %s entries of the record are proven.\n' "$entries" "$((entries + waiting))"
  exit 2
fi
printf '\nThis pack is genuine: nothing in it has been changed.\n'
