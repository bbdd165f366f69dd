/** What the server engines of every generation are given and tell: accounts, tasks, facts. */
@NullMarked
package dev.grove.engine;

import org.jspecify.annotations.NullMarked;
