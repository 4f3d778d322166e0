/** A fake of Ollama's native API. Must not know the OpenAI routes. */
@NullMarked
package dev.parley.testkit.ollama;

import org.jspecify.annotations.NullMarked;
