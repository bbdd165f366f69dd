/**
 * Binary forms of what stores keep, each with its version in front: a store keeps the bytes, and need not know
 * what they mean. Codes are never given twice; what a version has written, the next ones read.
 */
@NullMarked
package dev.grove.server.store.form;

import org.jspecify.annotations.NullMarked;
