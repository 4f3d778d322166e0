/** Tests of what all HTTP routes share. */
@NullMarked
package dev.parley.hub.edge.http;

import org.jspecify.annotations.NullMarked;
