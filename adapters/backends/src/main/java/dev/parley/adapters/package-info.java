/**
 * The kinds of server that the hub can talk to, in one list: all that the hub's assembly needs to
 * know of this module.
 */
@NullMarked
package dev.parley.adapters;

import org.jspecify.annotations.NullMarked;
