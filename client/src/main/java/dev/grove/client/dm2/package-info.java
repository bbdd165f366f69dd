/** What a device needs for DM 2.0 beside its engine: the web, a browser, accounts and bootstraps. */
@NullMarked
package dev.grove.client.dm2;

import org.jspecify.annotations.NullMarked;
