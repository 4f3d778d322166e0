/**
 * Kernels that run on this machine: codecs, resampling, transforms, voice activity, noise. Knows
 * arrays, rates and devices, never requests, configuration or where files lie.
 */
@NullMarked
package dev.parley.gpu;

import org.jspecify.annotations.NullMarked;
