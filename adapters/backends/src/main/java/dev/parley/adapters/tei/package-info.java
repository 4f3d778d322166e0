/**
 * Text Embeddings Inference: embeddings by its OpenAI route, its model by {@code /info}, and lists
 * longer than it takes at once cut into several calls.
 */
@NullMarked
package dev.parley.adapters.tei;

import org.jspecify.annotations.NullMarked;
