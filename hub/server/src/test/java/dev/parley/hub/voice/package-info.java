@NullMarked
package dev.parley.hub.voice;

import org.jspecify.annotations.NullMarked;
