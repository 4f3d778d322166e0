/**
 * What the executor costs: calls through the dispatcher beside the same calls without it, on one
 * event loop. Unlike the other benchmarks it runs parts of the hub in its own process.
 */
@NullMarked
package dev.parley.hub.bench.executor;

import org.jspecify.annotations.NullMarked;
