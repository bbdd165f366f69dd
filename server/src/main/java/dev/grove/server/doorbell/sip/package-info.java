/** Notifications as SIP MESSAGE: what of SIP ([RFC 3261], [RFC 3428]) a sender of such needs. */
@org.jspecify.annotations.NullMarked
package dev.grove.server.doorbell.sip;
