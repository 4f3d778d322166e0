/**
 * The ledger of what was used: one row for each call, written behind the callers' backs, and the
 * sums over it. It does not know how calls are made nor who may see the sums.
 */
@NullMarked
package dev.parley.hub.usage;

import org.jspecify.annotations.NullMarked;
