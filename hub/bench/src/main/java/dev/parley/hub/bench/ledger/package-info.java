/** What the ledger of usage sustains, and what it costs those who add to it. */
@NullMarked
package dev.parley.hub.bench.ledger;

import org.jspecify.annotations.NullMarked;
