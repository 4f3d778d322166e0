/**
 * The JSON and multipart face of work on sound and of uploads: bytes in, bytes out, streamed both
 * ways. The same calls as the audio service of the schema.
 */
@NullMarked
package dev.parley.hub.edge.audio;

import org.jspecify.annotations.NullMarked;
