/**
 * Where a call goes, and why: a pure function of the call's traits and a snapshot of the registry.
 * It does no I/O and keeps no state.
 */
@NullMarked
package dev.parley.hub.routing;

import org.jspecify.annotations.NullMarked;
