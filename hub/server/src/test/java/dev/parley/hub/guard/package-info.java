/**
 * Watches a test run for what no single test looks at: blocking calls on event loops and buffers
 * that nobody released. Attaches itself to every run that has it on its class path.
 */
@NullMarked
package dev.parley.hub.guard;

import org.jspecify.annotations.NullMarked;
