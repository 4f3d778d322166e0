/**
 * Where networks run: the seam between kernels that need a model and whatever computes it. Knows
 * devices and buffers, not what they mean; a model's file is somebody else's to find.
 */
@NullMarked
package dev.parley.gpu.device;

import org.jspecify.annotations.NullMarked;
