/**
 * Tests of the load generator and the fake backend: that they count right, not how fast they are.
 */
@NullMarked
package dev.parley.hub.bench.executor;

import org.jspecify.annotations.NullMarked;
