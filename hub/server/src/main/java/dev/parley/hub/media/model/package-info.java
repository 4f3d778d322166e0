/**
 * The files of the models that the hub computes itself: which there are, where they come from,
 * whether what lies here is what was published, and how it is fetched when somebody asks. It knows
 * files and hashes, not what the models do; nothing here downloads unasked.
 */
@NullMarked
package dev.parley.hub.media.model;

import org.jspecify.annotations.NullMarked;
