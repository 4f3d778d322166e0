/**
 * What every fake backend shares: a loopback HTTP server, the journal of what it received, and
 * scripted behaviour. Knows HTTP and JSON, not what any particular backend says.
 */
@NullMarked
package dev.parley.testkit.backend;

import org.jspecify.annotations.NullMarked;
