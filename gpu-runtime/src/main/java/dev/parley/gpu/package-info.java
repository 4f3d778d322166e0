/**
 * Kernels that run on this machine. Knows arrays and devices, never requests, and depends on the
 * JDK alone. Its first kernels arrive with the audio service; see RATIONALE.md.
 */
@NullMarked
package dev.parley.gpu;

import org.jspecify.annotations.NullMarked;
