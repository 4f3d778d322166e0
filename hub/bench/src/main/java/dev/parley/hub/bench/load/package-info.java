/**
 * The load generator: closed loops of calls and of streams over keep-alive connections, all on one
 * event loop. Knows a port and the bytes to send; must not know which server answers.
 */
@NullMarked
package dev.parley.hub.bench.load;

import org.jspecify.annotations.NullMarked;
