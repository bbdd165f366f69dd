/** SyncML representation 1.1 and 1.2 with MetInf: messages as values, and their codec in XML and WBXML. */
@NullMarked
package dev.grove.syncml;

import org.jspecify.annotations.NullMarked;
