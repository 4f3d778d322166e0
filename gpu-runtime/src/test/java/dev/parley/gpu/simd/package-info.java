@NullMarked
package dev.parley.gpu.simd;

import org.jspecify.annotations.NullMarked;
