#!/bin/sh
# Installs the named packages with apt. As root; asks nothing; starts no service, now or at boot:
# the packages are wanted for their programs.
set -eu

export DEBIAN_FRONTEND=noninteractive NEEDRESTART_SUSPEND=1

install() {
    apt-get install --yes --quiet --quiet --no-install-recommends -o DPkg::Lock::Timeout=300 "$@"
}

# Packages ask this file whether they may start their services.
# https://www.debian.org/doc/debian-policy/ch-opersys.html#interfacing-with-init-systems
policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
    trap 'rm -f "$policy"' EXIT
    trap 'exit 130' INT TERM
    printf '#!/bin/sh\nexit 101\n' >"$policy"
    chmod +x "$policy"
fi

# A fresh machine has no package lists, an old one has stale ones: then they are fetched.
log=$(mktemp)
install "$@" >"$log" 2>&1 ||
    { apt-get update --quiet --quiet && install "$@"; } >"$log" 2>&1 ||
    { cat "$log" >&2; exit 1; }
rm -f "$log"

for package in "$@"; do
    if [ -e "/lib/systemd/system/$package.service" ]; then
        systemctl disable --quiet "$package.service"
    fi
done
