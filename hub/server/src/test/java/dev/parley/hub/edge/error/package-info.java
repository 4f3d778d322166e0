/** Tests of what failures look like from outside. */
@NullMarked
package dev.parley.hub.edge.error;

import org.jspecify.annotations.NullMarked;
