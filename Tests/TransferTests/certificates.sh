#!/bin/sh
# Makes the certificates of the tests' server: run in an empty folder, needs openssl.
# An authority that only the tests trust, and three certificates of its own making: a good one, one that
# has expired and one for another host. The fourth is signed by itself.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

key() { openssl ecparam -name prime256v1 -genkey -noout -out "$1"; }

cat > "$work/ca.conf" <<CONF
[ca]
default_ca = own
[own]
new_certs_dir = $work
database = $work/index
rand_serial = yes
default_md = sha256
policy = any
copy_extensions = copy
[any]
commonName = supplied
CONF

key "$work/authority.key"
openssl req -x509 -new -key "$work/authority.key" -days 36500 -out authority.pem \
  -subj "/CN=Authority of the tests" -addext "basicConstraints=critical,CA:TRUE" \
  -addext "keyUsage=critical,keyCertSign"

# name, host, first day, last day
leaf() {
  key "$work/$1.key"
  openssl req -new -key "$work/$1.key" -subj "/CN=$2" -addext "subjectAltName=DNS:$2" \
    -out "$work/$1.csr"
  : > "$work/index"
  openssl ca -batch -notext -config "$work/ca.conf" -cert authority.pem \
    -keyfile "$work/authority.key" -startdate "$3" -enddate "$4" -in "$work/$1.csr" \
    -out "$work/$1.crt"
  cat "$work/$1.key" "$work/$1.crt" > "$1.pem"
}

leaf good localhost 20200101000000Z 21200101000000Z
leaf expired localhost 20200101000000Z 20210101000000Z
leaf otherhost elsewhere.example 20200101000000Z 21200101000000Z

key "$work/self.key"
openssl req -x509 -new -key "$work/self.key" -days 36500 -out "$work/self.crt" \
  -subj "/CN=localhost" -addext "subjectAltName=DNS:localhost"
cat "$work/self.key" "$work/self.crt" > selfsigned.pem
