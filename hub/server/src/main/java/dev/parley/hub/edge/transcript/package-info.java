/**
 * What was said, written down for callers: subtitles, OpenAI's documents and events, and the
 * messages of the schema. Pure: knows neither requests nor backends.
 */
@NullMarked
package dev.parley.hub.edge.transcript;

import org.jspecify.annotations.NullMarked;
