/**
 * What adapters that write down speech share: forms with a recording, the refusal of what a model
 * cannot do, and the reading of transcripts, whole or as server-sent events. Knows no backend by
 * name.
 */
@NullMarked
package dev.parley.adapters.recognition;

import org.jspecify.annotations.NullMarked;
