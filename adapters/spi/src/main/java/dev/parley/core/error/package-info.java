/**
 * What can go wrong, as one sealed type. It owns the facts of a failure; how they are spelled for a
 * caller (gRPC status, OpenAI error object, SSE event) belongs to the edge alone. And how text from
 * outside is shown in words of ours.
 */
@NullMarked
package dev.parley.core.error;

import org.jspecify.annotations.NullMarked;
