/** Notifications by HTTP: Firebase, the Windows services, and devices that listen themselves. */
@org.jspecify.annotations.NullMarked
package dev.grove.server.doorbell.web;
