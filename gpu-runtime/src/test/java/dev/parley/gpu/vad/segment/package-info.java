@NullMarked
package dev.parley.gpu.vad.segment;

import org.jspecify.annotations.NullMarked;
