#!/usr/bin/env bash
# Makes the Debian package of a built program, with its data, the built page where there is one, man
# page, completions, systemd unit and the sample for nginx. Prints the path of the package.
#
# usage: tools/make_package.sh PROGRAM FOLDER
#
# The same tree and program give the same bytes: times are those of the last commit. Needs dpkg-dev
# (build-essential brings it).
set -euo pipefail

if [[ $# -ne 2 ]]; then
  sed -n '2,/^set /{/^# \{0,1\}/s///p}' "$0" >&2
  exit 2
fi
program=$(realpath "$1")
mkdir -p "$2"
out=$(realpath "$2")
cd "$(dirname "$0")/.."

SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2> /dev/null || date +%s)}
export SOURCE_DATE_EPOCH
# A later commit is a later version, so that one package replaces another.
version=$("$program" --version | grep -oE '[0-9]+(\.[0-9]+)+' | head -1)+$(date -u -d "@$SOURCE_DATE_EPOCH" +%Y%m%d%H%M%S)
architecture=$(dpkg --print-architecture)
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
root=$tree/debian/ovillo
share=$root/usr/share

put() { install -D -m "$1" "$2" "$3"; }

# compressed FILE: as Debian wants man pages and changelogs.
compressed() {
  mkdir -p "$(dirname "$1")"
  gzip -9n > "$1"
}

put_program() {
  put 0755 "$program" "$root/usr/bin/ovillo"
  strip --strip-unneeded --remove-section=.comment --remove-section=.note "$root/usr/bin/ovillo"
  mkdir -p "$share/ovillo"
  cp -r data "$share/ovillo/data"
  if [[ -f web/dist/index.html ]]; then
    cp -r web/dist "$share/ovillo/web"
  else
    echo "web/dist is not built: the package holds the API and the command line alone" >&2
  fi
  find "$share/ovillo" -type d -exec chmod 0755 {} +
  find "$share/ovillo" -type f -exec chmod 0644 {} +
}

put_words() {
  "$program" generate man | compressed "$share/man/man1/ovillo.1.gz"
  mkdir -p "$share/bash-completion/completions" "$share/zsh/vendor-completions" "$share/fish/vendor_completions.d"
  "$program" generate bash > "$share/bash-completion/completions/ovillo"
  "$program" generate zsh > "$share/zsh/vendor-completions/_ovillo"
  "$program" generate fish > "$share/fish/vendor_completions.d/ovillo.fish"
  put 0644 packaging/debian/copyright "$share/doc/ovillo/copyright"
  put 0644 docs/operation.md "$share/doc/ovillo/operation.md"
  compressed "$share/doc/ovillo/NEWS.gz" < CHANGELOG.md
  printf 'ovillo (%s) unstable; urgency=medium\n\n  * See NEWS.gz.\n\n -- Ovillo <security@example.org>  %s\n' \
    "$version" "$(date -u -R -d "@$SOURCE_DATE_EPOCH")" | compressed "$share/doc/ovillo/changelog.gz"
}

put_service() {
  put 0644 packaging/debian/ovillo.service "$root/lib/systemd/system/ovillo.service"
  put 0644 packaging/debian/ovillo.sysusers "$root/usr/lib/sysusers.d/ovillo.conf"
  put 0644 packaging/debian/ovillo.tmpfiles "$root/usr/lib/tmpfiles.d/ovillo.conf"
  put 0644 packaging/debian/nginx.conf "$share/doc/ovillo/examples/nginx.conf"
  put 0644 packaging/debian/nginx-proxy.conf "$share/ovillo/nginx-proxy.conf"
}

# What the program is linked with, as packages; what else it calls is said by hand.
put_control() {
  local depends
  printf 'Source: ovillo\n\nPackage: ovillo\nArchitecture: any\n' > "$tree/debian/control"
  depends=$(cd "$tree" && dpkg-shlibdeps -O debian/ovillo/usr/bin/ovillo 2> /dev/null | sed -n 's/^shlibs:Depends=//p')
  mkdir -p "$root/DEBIAN"
  cat > "$root/DEBIAN/control" << EOF
Package: ovillo
Version: $version
Architecture: $architecture
Maintainer: Ovillo <security@example.org>
Installed-Size: $(du -sk --apparent-size --exclude=DEBIAN "$root" | cut -f1)
Depends: $depends, adduser | systemd, tzdata
Recommends: poppler-utils, tesseract-ocr, tesseract-ocr-deu, tesseract-ocr-eng, tesseract-ocr-fra, tesseract-ocr-nld, tesseract-ocr-por, tesseract-ocr-spa
Suggests: nginx, postgresql
Section: misc
Priority: optional
Homepage: https://ovillo.example.org
Description: network behind adverts, reports, calls and transfers
 Ovillo takes the adverts, reports, calls, trips and money transfers that an
 anti-trafficking team lawfully holds and pulls out the network behind them,
 with the evidence for every link. It works offline on one machine; a person
 decides, Ovillo explains.
EOF
  install -m 0755 packaging/debian/{postinst,postrm,prerm} "$root/DEBIAN/"
  (cd "$root" && find . -path ./DEBIAN -prune -o -type f -printf '%P\0' | LC_ALL=C sort -z | xargs -0 md5sum) > "$root/DEBIAN/md5sums"
}

put_program
put_words
put_service
put_control
find "$root" -type d -exec chmod 0755 {} +
find "$root" -newermt "@$SOURCE_DATE_EPOCH" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
package=$out/ovillo_${version}_$architecture.deb
dpkg-deb --root-owner-group -Zxz --build "$root" "$package" > /dev/null
echo "$package"
