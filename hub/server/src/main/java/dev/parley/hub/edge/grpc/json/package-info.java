/**
 * The JSON spelling of protobuf messages on the native routes, driven by descriptors. Knows no
 * message of the schema by name, and nothing of gRPC calls but the marshaller's shape.
 */
@NullMarked
package dev.parley.hub.edge.grpc.json;

import org.jspecify.annotations.NullMarked;
