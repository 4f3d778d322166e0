/**
 * The one place where a failure becomes what a caller reads: one exhaustive mapping, rendered as
 * OpenAI's error object or as a gRPC status with details.
 */
@NullMarked
package dev.parley.hub.edge.error;

import org.jspecify.annotations.NullMarked;
