/** Tests of the package of the same name. */
@NullMarked
package dev.parley.hub.edge.grpc.json;

import org.jspecify.annotations.NullMarked;
