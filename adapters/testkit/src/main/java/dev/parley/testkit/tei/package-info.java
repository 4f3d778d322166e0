/** A fake of the Text Embeddings Inference server. */
@NullMarked
package dev.parley.testkit.tei;

import org.jspecify.annotations.NullMarked;
