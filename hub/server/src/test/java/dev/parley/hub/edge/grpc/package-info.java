/** Tests of the package of the same name. */
@NullMarked
package dev.parley.hub.edge.grpc;

import org.jspecify.annotations.NullMarked;
