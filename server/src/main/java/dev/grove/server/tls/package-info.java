/**
 * What the platform's TLS does not do: pre-shared keys, and the versions and suites of old devices. The only package
 * that knows Bouncy Castle's TLS.
 */
@NullMarked
package dev.grove.server.tls;

import org.jspecify.annotations.NullMarked;
