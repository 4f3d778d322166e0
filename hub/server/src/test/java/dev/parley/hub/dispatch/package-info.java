/** Tests of the way of a call. */
@NullMarked
package dev.parley.hub.dispatch;

import org.jspecify.annotations.NullMarked;
