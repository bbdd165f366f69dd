/** Apache Cassandra, started for the tests as processes of its own; and a server of Grove over it. */
@NullMarked
package dev.grove.verify.cassandra;

import org.jspecify.annotations.NullMarked;
