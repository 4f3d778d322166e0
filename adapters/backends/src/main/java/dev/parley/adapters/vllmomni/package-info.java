/**
 * vllm-omni: omni chat whose streams carry audio as base64 in {@code delta.content}, with WAV
 * headers in every chunk or none, and whose whole answers come in two layouts. Everything is turned
 * into OpenAI's own shapes here.
 */
@NullMarked
package dev.parley.adapters.vllmomni;

import org.jspecify.annotations.NullMarked;
