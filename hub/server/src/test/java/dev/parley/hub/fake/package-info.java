/**
 * Hand-made stand-ins that tests of several packages share: a loop in virtual time, scripted
 * backends.
 */
@NullMarked
package dev.parley.hub.fake;

import org.jspecify.annotations.NullMarked;
