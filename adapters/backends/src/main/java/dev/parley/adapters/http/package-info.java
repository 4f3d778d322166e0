/**
 * The one HTTP client of all adapters: connections, credentials, the exchange of a document for a
 * stream of events, and the reading of error answers in every form that backends use. It knows no
 * backend by name and never repeats a call.
 */
@NullMarked
package dev.parley.adapters.http;

import org.jspecify.annotations.NullMarked;
