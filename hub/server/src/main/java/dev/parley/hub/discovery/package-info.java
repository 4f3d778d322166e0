/**
 * Finds backends that listen on this machine. It tells what answers at which port and knows nothing
 * of registries, routes or callers; apart, because a configured hub never uses it.
 */
@NullMarked
package dev.parley.hub.discovery;

import org.jspecify.annotations.NullMarked;
