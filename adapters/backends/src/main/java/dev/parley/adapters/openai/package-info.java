/**
 * Servers that speak OpenAI's dialect with little of their own: OpenAI, vLLM, llama.cpp's server
 * and OpenRouter.
 */
@NullMarked
package dev.parley.adapters.openai;

import org.jspecify.annotations.NullMarked;
