@NullMarked
package dev.parley.hub.recognition.live;

import org.jspecify.annotations.NullMarked;
