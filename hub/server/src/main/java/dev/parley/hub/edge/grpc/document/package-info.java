/**
 * Translates chat, completion and embedding messages into documents of OpenAI's dialect and back,
 * without losing a member. Pure; it must not know gRPC calls, HTTP or backends.
 */
@NullMarked
package dev.parley.hub.edge.grpc.document;

import org.jspecify.annotations.NullMarked;
