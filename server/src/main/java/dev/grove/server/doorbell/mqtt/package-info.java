/** Notifications over an MQTT broker: a topic for each device. */
@org.jspecify.annotations.NullMarked
package dev.grove.server.doorbell.mqtt;
