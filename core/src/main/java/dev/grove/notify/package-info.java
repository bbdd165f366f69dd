/** Package 0: the notification by which a server has a device call, in every version, and how a device judges it. */
@org.jspecify.annotations.NullMarked
package dev.grove.notify;
