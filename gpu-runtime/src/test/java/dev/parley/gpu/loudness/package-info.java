@NullMarked
package dev.parley.gpu.loudness;

import org.jspecify.annotations.NullMarked;
