@NullMarked
package dev.parley.hub.edge.transcript;

import org.jspecify.annotations.NullMarked;
