/// JSON as bytes: strict checking, one-level views and splicing, so that a relayed document keeps
/// every byte that nobody asked to change. It owns the syntax of RFC 8259 and its limits; it must
/// not know what any document means.
@NullMarked
package dev.parley.core.json;

import org.jspecify.annotations.NullMarked;
