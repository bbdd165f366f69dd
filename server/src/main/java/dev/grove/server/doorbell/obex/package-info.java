/** Waking a device that is near: package 0 is put into its OBEX server. */
@org.jspecify.annotations.NullMarked
package dev.grove.server.doorbell.obex;
