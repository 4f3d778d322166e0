@NullMarked
package dev.parley.hub.edge.speech;

import org.jspecify.annotations.NullMarked;
