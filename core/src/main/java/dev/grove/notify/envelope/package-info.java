/** What notifications travel in: pushes of WSP, short messages and their parts, packets of OBEX. */
@org.jspecify.annotations.NullMarked
package dev.grove.notify.envelope;
