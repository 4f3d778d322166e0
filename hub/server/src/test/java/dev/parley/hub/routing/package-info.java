/** Tests of plans over fake backends. */
@NullMarked
package dev.parley.hub.routing;

import org.jspecify.annotations.NullMarked;
