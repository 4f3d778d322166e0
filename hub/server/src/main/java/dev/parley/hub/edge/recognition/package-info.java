/**
 * Recognition over HTTP: OpenAI's routes, the native ones and the one of Voicebox providers. Reads
 * forms and documents and writes answers; what is recognised, and how, is {@code
 * hub.recognition}'s.
 */
@NullMarked
package dev.parley.hub.edge.recognition;

import org.jspecify.annotations.NullMarked;
