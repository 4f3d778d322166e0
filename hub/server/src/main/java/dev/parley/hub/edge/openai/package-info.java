/**
 * OpenAI's HTTP API: documents in, documents or server-sent events out, with as few changes to
 * their bytes as possible.
 */
@NullMarked
package dev.parley.hub.edge.openai;

import org.jspecify.annotations.NullMarked;
