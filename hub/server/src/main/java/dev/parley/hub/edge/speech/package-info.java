/**
 * Speech over HTTP: OpenAI's route, the native ones and the one of Voicebox providers. Reads flat
 * documents and writes bodies; what is spoken, and how, is {@code hub.speech}'s.
 */
@NullMarked
package dev.parley.hub.edge.speech;

import org.jspecify.annotations.NullMarked;
