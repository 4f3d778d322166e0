@NullMarked
package dev.parley.hub.edge.audio;

import org.jspecify.annotations.NullMarked;
