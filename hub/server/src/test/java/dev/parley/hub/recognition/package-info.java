@NullMarked
package dev.parley.hub.recognition;

import org.jspecify.annotations.NullMarked;
