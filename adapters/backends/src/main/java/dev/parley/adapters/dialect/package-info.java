/**
 * OpenAI's JSON dialect as backends speak it: which members of a document are changed on the way
 * out, and how answers, whole and streamed, are read. What a single kind of server does differently
 * is data in {@link dev.parley.adapters.dialect.Quirks}, set by that server's own package.
 */
@NullMarked
package dev.parley.adapters.dialect;

import org.jspecify.annotations.NullMarked;
