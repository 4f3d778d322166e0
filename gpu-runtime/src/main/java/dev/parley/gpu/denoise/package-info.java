/** Noise taken out of speech: networks of several kinds, and one method that needs no model. */
@NullMarked
package dev.parley.gpu.denoise;

import org.jspecify.annotations.NullMarked;
