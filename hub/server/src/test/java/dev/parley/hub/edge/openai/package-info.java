/** Tests of the OpenAI routes: documents in tables, streams over real sockets. */
@NullMarked
package dev.parley.hub.edge.openai;

import org.jspecify.annotations.NullMarked;
