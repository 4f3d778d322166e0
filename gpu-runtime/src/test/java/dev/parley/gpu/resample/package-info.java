@NullMarked
package dev.parley.gpu.resample;

import org.jspecify.annotations.NullMarked;
