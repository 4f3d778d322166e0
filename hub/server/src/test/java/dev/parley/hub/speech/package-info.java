@NullMarked
package dev.parley.hub.speech;

import org.jspecify.annotations.NullMarked;
