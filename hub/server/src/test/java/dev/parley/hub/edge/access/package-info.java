@NullMarked
package dev.parley.hub.edge.access;

import org.jspecify.annotations.NullMarked;
