/**
 * What all HTTP routes share: request ids, bounded bodies, callers that leave, answers that are
 * sent while they are made, unknown routes.
 */
@NullMarked
package dev.parley.hub.edge.http;

import org.jspecify.annotations.NullMarked;
