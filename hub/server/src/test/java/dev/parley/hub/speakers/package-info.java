@NullMarked
package dev.parley.hub.speakers;

import org.jspecify.annotations.NullMarked;
