/**
 * The gRPC face of the hub, and the JSON routes that are transcoded from it. Owns messages,
 * statuses and flow control of the wire; it must not know backends, routing or how a call is
 * carried out.
 */
@NullMarked
package dev.parley.hub.edge.grpc;

import org.jspecify.annotations.NullMarked;
