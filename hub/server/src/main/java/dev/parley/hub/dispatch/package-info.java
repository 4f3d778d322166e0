/**
 * The way of a call through the hub: plan it, attempt it, note what it used. The edges call in here
 * and know nothing of what lies behind.
 */
@NullMarked
package dev.parley.hub.dispatch;

import org.jspecify.annotations.NullMarked;
