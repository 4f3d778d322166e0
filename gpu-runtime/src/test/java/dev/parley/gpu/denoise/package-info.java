@NullMarked
package dev.parley.gpu.denoise;

import org.jspecify.annotations.NullMarked;
