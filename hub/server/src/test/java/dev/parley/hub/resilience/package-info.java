/** Tests of attempts and bulkheads, in virtual time. */
@NullMarked
package dev.parley.hub.resilience;

import org.jspecify.annotations.NullMarked;
