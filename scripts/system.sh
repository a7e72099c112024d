#!/bin/sh
# Install the Debian/Ubuntu packages named as arguments, those that are missing; does nothing when all are there.
set -eu
missing=
for package in "$@"; do
  dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing="$missing $package"
done
[ -n "$missing" ] || exit 0
if ! command -v apt-get >/dev/null 2>&1; then
  echo "Máy này không có apt-get; hãy tự cài các gói tương ứng với:$missing" >&2
  exit 3
fi
root=
[ "$(id -u)" = 0 ] || root=sudo
export DEBIAN_FRONTEND=noninteractive
echo "Cài gói hệ thống:$missing"
$root apt-get update -qq
# shellcheck disable=SC2086 # a list of names
$root apt-get install -y -qq --no-install-recommends $missing >/dev/null
