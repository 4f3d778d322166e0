/** What all HTTP routes share: request ids, bounded bodies, callers that leave, unknown routes. */
@NullMarked
package dev.parley.hub.edge.http;

import org.jspecify.annotations.NullMarked;
