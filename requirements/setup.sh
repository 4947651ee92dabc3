#!/bin/sh
# Makes ready what `make run` and `make test` need: missing system packages, then .venv/ with the
# pinned packages of dev.txt. Does nothing, at once, when everything is there.
#
#   requirements/setup.sh run     what the application and `make run` need
#   requirements/setup.sh test    that, and what the tests need
#   requirements/setup.sh bench   that, and what the benchmarks compare with (bench.txt)
set -eu

here=$(cd "$(dirname "$0")" && pwd)
venv=$(dirname "$here")/.venv
oldest=3.11

say() { printf '%s\n' "$*" >&2; }
stop() { say "$@"; exit 1; }

# --- System packages --------------------------------------------------------------------------

case ${1:-} in
    run) groups='image|run' ;;
    test | bench) groups='image|run|test' ;;
    *) stop "Usage: requirements/setup.sh run|test|bench" ;;
esac

wanted() {
    awk -v groups="^($groups)\$" '!/^#/ && $2 ~ groups { print $1 }' "$here/system.txt"
}

is_installed() {
    case $(dpkg-query --show --showformat='${db:Status-Status}' "$1" 2>/dev/null) in
        installed) return 0 ;;
    esac
    # The same thing from elsewhere will do.
    case $1 in
        python3-venv) find_python >/dev/null ;;
        redis-server | chromium) command -v "$1" >/dev/null ;;
        postgresql-client) command -v pg_dump >/dev/null ;;
        *) return 1 ;;
    esac
}

# Ubuntu's chromium is a snap, which no container can run: Playwright brings one there.
is_snap() {
    [ "$1" = chromium ] && grep -qs '^ID=ubuntu$' /etc/os-release
}

missing() {
    for package in $(wanted); do
        is_installed "$package" || is_snap "$package" || printf '%s ' "$package"
    done
}

# A person may be asked for a password, a script may not.
may_sudo() {
    command -v sudo >/dev/null && { sudo -n true 2>/dev/null || [ -t 0 ]; }
}

install_system_packages() {
    packages=$(missing)
    [ -n "$packages" ] || return 0
    command -v apt-get >/dev/null || stop "\
Missing here: $packages
This script installs them on Debian and Ubuntu only. On another system install their counterparts
(requirements/system.txt says what each is for), or use docker-compose.yml."
    say "Installing system packages: $packages"
    # shellcheck disable=SC2086  # a list of words
    if [ "$(id -u)" = 0 ]; then
        sh "$here/apt-install.sh" $packages
    elif may_sudo; then
        sudo sh "$here/apt-install.sh" $packages
    else
        stop "You may not install them. Ask an administrator of this machine to run:

    sudo sh $here/apt-install.sh $packages"
    fi
}

# --- Python packages --------------------------------------------------------------------------

# New enough, and able to make a virtual environment.
is_usable() {
    "$1" -c "
import sys
import ensurepip, venv
sys.exit(sys.version_info < tuple(map(int, '$oldest'.split('.'))))" 2>/dev/null
}

find_python() {
    for name in python3 python3.14 python3.13 python3.12 python3.11; do
        if is_usable "$name"; then
            command -v "$name"
            return
        fi
    done
    return 1
}

make_venv() {
    if [ -x "$venv/bin/python" ] && is_usable "$venv/bin/python"; then return; fi
    python=$(find_python) || stop "\
Python $oldest or newer, with its venv module, is missing (python3 here is: \
$(python3 --version 2>/dev/null || echo none)).
On Ubuntu 22.04: sudo apt-get install python3.11-venv. Elsewhere: https://www.python.org/downloads/"
    say "Making .venv/ with $("$python" --version)"
    "$python" -m venv --clear "$venv"
}

# uv does not read pip's configuration: a mirror that pip is told about is handed over.
pip_index() {
    "$venv/bin/python" -m pip config list |
        sed -n "s/^\(global\|install\|:env:\)\.index-url='\(.*\)'\$/\2/p" | tail -n 1
}

pip() {
    "$venv/bin/python" -m pip --disable-pip-version-check --quiet "$@"
}

uv_install() {
    pip install --require-hashes -r "$here/uv.txt" || return
    index=$(pip_index)
    "$venv/bin/python" -m uv pip install --quiet --python "$venv/bin/python" \
        ${index:+--default-index "$index"} "$@"
}

install_python_packages() {
    set -- --require-hashes -r "$here/$1.txt"
    uv_install "$@" || { say "uv could not; trying pip."; pip install "$@"; }
}

# A stamp holds the checksum of the lock that .venv/ was last brought up to.
update_venv() {
    make_venv
    stamp=$venv/.$1-lock-checksum
    checksum=$(cat "$here/uv.txt" "$here/$1.txt" | cksum)
    if [ -e "$stamp" ] && [ "$(cat "$stamp")" = "$checksum" ]; then return; fi
    say "Installing the packages of requirements/$1.txt"
    install_python_packages "$1"
    printf '%s\n' "$checksum" >"$stamp"
}

# --- Browser ----------------------------------------------------------------------------------

has_browser() {
    command -v chromium >/dev/null || "$venv/bin/python" -c "
import os, sys
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    sys.exit(not os.path.exists(playwright.chromium.executable_path))"
}

install_browser() {
    has_browser || "$venv/bin/python" -m playwright install --with-deps chromium
}

install_system_packages
update_venv dev
case $1 in test | bench) install_browser ;; esac
case $1 in bench) update_venv bench ;; esac
