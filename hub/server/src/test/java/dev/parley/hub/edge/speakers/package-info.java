@NullMarked
package dev.parley.hub.edge.speakers;

import org.jspecify.annotations.NullMarked;
