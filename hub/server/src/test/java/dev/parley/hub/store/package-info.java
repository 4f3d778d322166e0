@NullMarked
package dev.parley.hub.store;

import org.jspecify.annotations.NullMarked;
