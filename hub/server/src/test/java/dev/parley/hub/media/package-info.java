@NullMarked
package dev.parley.hub.media;

import org.jspecify.annotations.NullMarked;
