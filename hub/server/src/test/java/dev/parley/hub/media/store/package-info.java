@NullMarked
package dev.parley.hub.media.store;

import org.jspecify.annotations.NullMarked;
