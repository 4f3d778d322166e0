@NullMarked
package dev.parley.gpu.fft;

import org.jspecify.annotations.NullMarked;
