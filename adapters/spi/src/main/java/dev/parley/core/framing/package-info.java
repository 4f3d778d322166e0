/// Cuts byte streams of backends into messages: server-sent events and newline-delimited JSON. It
/// owns where a message begins and ends; it must not know what is in one, nor where the bytes come
/// from.
@NullMarked
package dev.parley.core.framing;

import org.jspecify.annotations.NullMarked;
