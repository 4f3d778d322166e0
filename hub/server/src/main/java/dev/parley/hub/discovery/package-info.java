/**
 * Finds backends that listen on this machine, and tells the kind of servers that the environment
 * names. It knows nothing of registries, routes or callers; apart, because a hub with a
 * configuration file never uses it.
 */
@NullMarked
package dev.parley.hub.discovery;

import org.jspecify.annotations.NullMarked;
