/**
 * The benchmark {@code proxy}: which loads run against which servers in which order, and what the
 * figures say. Must not know how bytes are sent.
 */
@NullMarked
package dev.parley.hub.bench.proxy;

import org.jspecify.annotations.NullMarked;
