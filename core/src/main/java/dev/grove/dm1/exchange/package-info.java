/** What both roles of DM 1.x need to exchange messages: profiles, credentials, numbering, sizes, large objects. */
@NullMarked
package dev.grove.dm1.exchange;

import org.jspecify.annotations.NullMarked;
