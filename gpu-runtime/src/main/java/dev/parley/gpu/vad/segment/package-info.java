/** What probabilities of speech mean: where speech starts and stops, to the sample. */
@NullMarked
package dev.parley.gpu.vad.segment;

import org.jspecify.annotations.NullMarked;
