/**
 * Tests of what the comparison with other ways to a backend writes down, not of what it measures.
 */
@NullMarked
package dev.parley.hub.bench.proxy;

import org.jspecify.annotations.NullMarked;
