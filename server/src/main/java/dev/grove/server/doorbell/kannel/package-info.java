/** Waking by text message through the HTTP interface of a Kannel, or of a gateway that behaves like one. */
@org.jspecify.annotations.NullMarked
package dev.grove.server.doorbell.kannel;
