@NullMarked
package dev.parley.gpu.codec;

import org.jspecify.annotations.NullMarked;
