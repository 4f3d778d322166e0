@NullMarked
package dev.parley.hub.recognition.seam;

import org.jspecify.annotations.NullMarked;
