/**
 * A raw-socket server for the faults that a well-behaved HTTP server cannot commit. Knows bytes and
 * sockets, nothing of HTTP beyond finding the end of a request.
 */
@NullMarked
package dev.parley.testkit.fault;

import org.jspecify.annotations.NullMarked;
