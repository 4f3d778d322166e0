/**
 * The way in: who calls, whether he may, and how often, before any service sees his request. It
 * does not know what is asked for.
 */
@NullMarked
package dev.parley.hub.edge.access;

import org.jspecify.annotations.NullMarked;
