@NullMarked
package dev.parley.hub.edge.recognition;

import org.jspecify.annotations.NullMarked;
