/**
 * The values that travel between the edge and the adapters. They know JSON text and nothing of
 * HTTP, gRPC or any backend.
 */
@NullMarked
package dev.parley.core.model;

import org.jspecify.annotations.NullMarked;
