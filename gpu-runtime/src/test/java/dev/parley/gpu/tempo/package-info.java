@NullMarked
package dev.parley.gpu.tempo;

import org.jspecify.annotations.NullMarked;
