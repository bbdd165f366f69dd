/** Digests and credentials of OMA DM: Basic, MD5, MAC, SHA-256. Given nonces and secrets, never fetching them. */
@NullMarked
package dev.grove.auth;

import org.jspecify.annotations.NullMarked;
