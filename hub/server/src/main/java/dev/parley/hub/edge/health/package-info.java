/** Whether the hub lives, can serve, and how its backends are, for people and for balancers. */
@NullMarked
package dev.parley.hub.edge.health;

import org.jspecify.annotations.NullMarked;
