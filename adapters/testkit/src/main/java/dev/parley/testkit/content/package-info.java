/**
 * What the fakes say: replies, tool calls, vectors and tones computed from the request alone, so
 * that a client can check every answer. Knows no backend's wire format except how messages are
 * read.
 */
@NullMarked
package dev.parley.testkit.content;

import org.jspecify.annotations.NullMarked;
