/** Waking by text message: notifications as 8-bit user data, handed to a message centre by SMPP 3.4. */
@org.jspecify.annotations.NullMarked
package dev.grove.server.doorbell.sms;
