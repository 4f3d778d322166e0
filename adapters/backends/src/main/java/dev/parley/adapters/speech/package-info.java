/**
 * What adapters that speak share: the reading of sound, raw or as server-sent events, by what the
 * answer says that it is; the refusal of what a model cannot do; the reading of voice lists; and
 * how a server says that it does not know a voice. Knows no backend by name.
 */
@NullMarked
package dev.parley.adapters.speech;

import org.jspecify.annotations.NullMarked;
