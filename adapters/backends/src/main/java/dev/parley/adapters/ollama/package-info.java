/**
 * Ollama's native API, which tells more than its OpenAI layer: documents become {@code /api/chat}
 * and {@code /api/embed} calls, lines of its answers become OpenAI's chunks. Members that neither
 * side knows stay.
 */
@NullMarked
package dev.parley.adapters.ollama;

import org.jspecify.annotations.NullMarked;
