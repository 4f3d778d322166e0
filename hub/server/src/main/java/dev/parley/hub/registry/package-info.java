/**
 * Which backends there are, how they are, and what they serve. Its snapshot is what routing reads;
 * it decides nothing about calls.
 */
@NullMarked
package dev.parley.hub.registry;

import org.jspecify.annotations.NullMarked;
