/** The HTTP API: how people and programs administer the fleet. JSON in and out, problem documents for errors. */
@NullMarked
package dev.grove.server.api;

import org.jspecify.annotations.NullMarked;
