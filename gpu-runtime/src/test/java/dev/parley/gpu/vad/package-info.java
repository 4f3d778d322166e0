@NullMarked
package dev.parley.gpu.vad;

import org.jspecify.annotations.NullMarked;
