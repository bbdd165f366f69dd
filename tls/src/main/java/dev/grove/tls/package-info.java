/**
 * What the platform's TLS does not do, behind its interface: pre-shared keys, and old versions. Both sides of a
 * connection; for what becomes of it, see the packages of client and server that use it.
 */
@NullMarked
package dev.grove.tls;

import org.jspecify.annotations.NullMarked;
