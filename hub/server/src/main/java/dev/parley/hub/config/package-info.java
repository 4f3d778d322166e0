/**
 * The configuration file as validated records, and the watch on it. Owns the file's syntax, its
 * defaults and its error messages; everyone may read it, it knows nobody but {@code core}: the
 * names of backend types are handed in, reports go to a listener.
 */
@NullMarked
package dev.parley.hub.config;

import org.jspecify.annotations.NullMarked;
