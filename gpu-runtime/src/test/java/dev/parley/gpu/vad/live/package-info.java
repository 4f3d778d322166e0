@NullMarked
package dev.parley.gpu.vad.live;

import org.jspecify.annotations.NullMarked;
