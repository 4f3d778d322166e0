@NullMarked
package dev.parley.hub.cache;

import org.jspecify.annotations.NullMarked;
