/** Waking through a push proxy gateway, by the Push Access Protocol [WAP-247-PAP]. */
@org.jspecify.annotations.NullMarked
package dev.grove.server.doorbell.pap;
