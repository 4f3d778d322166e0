/** Publishers and subscriptions that any part of the hub may need; they know nothing of calls. */
@NullMarked
package dev.parley.hub.flow;

import org.jspecify.annotations.NullMarked;
