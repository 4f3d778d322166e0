/** The ledger of usage as operators see it: sums as messages, calls as messages and as CSV. */
@NullMarked
package dev.parley.hub.edge.usage;

import org.jspecify.annotations.NullMarked;
