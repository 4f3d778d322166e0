/**
 * The way of a call through the hub: reserve what it may take, plan it, attempt it, settle and
 * price what it took. The edges call in here and know nothing of what lies behind.
 */
@NullMarked
package dev.parley.hub.dispatch;

import org.jspecify.annotations.NullMarked;
