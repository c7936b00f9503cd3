// SHA-256 of libcrypto by the functions that fill a structure of the caller's. OpenSSL 3 advises
// against them; those that it advises allocate, look algorithms up by name and initialize the library.
#ifndef CCRYPTO_SHIM_H
#define CCRYPTO_SHIM_H

#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/sha.h>

#endif
